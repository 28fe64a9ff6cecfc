import type { SyncDetail } from '../../../server/api/contract.ts';
import { useSpeech } from '../../language/language.tsx';
import { Icon } from '../../pieces/icon.tsx';
import { NextStep } from './next-step.tsx';

/** Said of a sync that ran and was stopped: what holds until it is previewed again, and the way there. */
export function Stopped({ sync }: { sync: SyncDetail }) {
  const { texts } = useSpeech();
  return (
    <section className="notice pending" aria-label={texts.syncs.status.again}>
      <Icon name="waiting" />
      <div>
        <strong>{texts.syncs.status.again}</strong>
        <p>{texts.syncs.overview.againHint}</p>
        <NextStep sync={sync} onPreview />
      </div>
    </section>
  );
}
