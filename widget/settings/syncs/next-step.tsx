import type { SyncDetail } from '../../../server/api/contract.ts';
import { call } from '../../api/client.ts';
import { useSpeech } from '../../language/language.tsx';
import { ProblemNotice } from '../../pieces/problem-notice.tsx';
import { hrefOf } from '../address.ts';
import { useIsAdmin } from '../me.tsx';
import { ApplyButton } from './apply-button.tsx';
import { useSyncAction } from './use-sync-action.ts';

/**
 * What an admin can do next with a sync: preview, apply, stop.
 *
 * @param onPreview the preview itself stands beside it.
 */
export function NextStep({ sync, onPreview = false }: { sync: SyncDetail; onPreview?: boolean }) {
  const { texts } = useSpeech();
  const admin = useIsAdmin();
  const words = texts.syncs.overview;
  const params = { id: sync.id };
  const preview = useSyncAction(() => call('previewSync', { params }));
  const stop = useSyncAction(() => call('stopSync', { params }));
  const error = preview.error ?? stop.error;
  const { phase } = sync;
  const missing = [sync.left, sync.right].some(({ connector }) => !connector?.connected);
  if (!admin) return <p className="quiet">{texts.syncs.adminChanges}</p>;
  return (
    <div className="next-step">
      {(phase === 'new' || phase === 'previewed') && !onPreview && !sync.begun && (
        <Steps at={phase === 'new' ? 0 : 1} />
      )}
      {error && <ProblemNotice error={error} />}
      <div className="actions">
        {phase === 'new' && (
          <button
            type="button"
            className="primary"
            disabled={missing || preview.isPending}
            onClick={() => preview.mutate()}
          >
            {words.preview}
          </button>
        )}
        {phase === 'previewed' && (
          <>
            <ApplyButton sync={sync} />
            {!onPreview && (
              <a className="button" href={hrefOf('syncs', { sync: sync.id, tab: 'preview' })}>
                {words.see}
              </a>
            )}
          </>
        )}
        {(phase === 'previewed' || phase === 'paused') && (
          <button type="button" disabled={missing || preview.isPending} onClick={() => preview.mutate()}>
            {words.previewAgain}
          </button>
        )}
        {phase === 'live' && (
          <button type="button" disabled={stop.isPending} onClick={() => stop.mutate()}>
            {words.pause}
          </button>
        )}
      </div>
      {phase === 'live' && <p className="quiet">{words.pauseHint}</p>}
    </div>
  );
}

/** How a sync starts: the step that is to be done now is marked. */
function Steps({ at }: { at: number }) {
  const { texts } = useSpeech();
  const words = texts.syncs.overview;
  return (
    <>
      <h2>{words.startTitle}</h2>
      <ol className="plain-steps">
        {[words.step1, words.step2, words.step3].map((step, index) => (
          <li key={step} aria-current={index === at ? 'step' : undefined}>
            {step}
          </li>
        ))}
      </ol>
    </>
  );
}
