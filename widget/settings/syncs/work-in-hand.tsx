import type { SyncDetail } from '../../../server/api/contract.ts';
import { call } from '../../api/client.ts';
import { useSpeech } from '../../language/language.tsx';
import { ProblemNotice } from '../../pieces/problem-notice.tsx';
import { useIsAdmin } from '../me.tsx';
import { PassProgress } from './pass-progress.tsx';
import { isBusy } from './sync-queries.ts';
import { useSyncAction } from './use-sync-action.ts';

/** What the sync is doing now, how far it is, and the way to stop it: above every tab, while it lasts. */
export function WorkInHand({ sync }: { sync: SyncDetail }) {
  const { texts } = useSpeech();
  const admin = useIsAdmin();
  const words = texts.syncs.overview;
  const stop = useSyncAction(() => call('stopSync', { params: { id: sync.id } }));
  if (!isBusy(sync)) return null;
  return (
    <section className="work-in-hand" aria-label={words.inHand}>
      <PassProgress sync={sync} />
      {admin && (
        <button type="button" disabled={stop.isPending} onClick={() => stop.mutate()}>
          {sync.phase === 'previewing' ? words.cancelPreview : words.stop}
        </button>
      )}
      <p className="quiet">
        {sync.phase !== 'previewing' && `${words.pauseHint} `}
        {words.slow}
      </p>
      {stop.error && <ProblemNotice error={stop.error} />}
    </section>
  );
}
