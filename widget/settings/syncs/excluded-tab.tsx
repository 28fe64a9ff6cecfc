import type { SyncDetail } from '../../../server/api/contract.ts';
import { useSpeech } from '../../language/language.tsx';
import { IncludeAll } from './include-all.tsx';
import { Nothing } from './nothing.tsx';
import { RecordPages } from './record-pages.tsx';
import { RecordRow } from './record-row.tsx';

/** Records that take no part, each with the reason and the way back in. */
export function ExcludedTab({ sync }: { sync: SyncDetail }) {
  const { texts } = useSpeech();
  const words = texts.syncs.excluded;
  return (
    <section className="tab" aria-label={texts.syncs.tabs.excluded}>
      {sync.counts.excluded > 0 && <p className="quiet">{words.intro}</p>}
      <IncludeAll sync={sync} />
      <RecordPages
        syncId={sync.id}
        filter={{ state: 'excluded' }}
        label={texts.syncs.tabs.excluded}
        empty={<Nothing title={words.none} hint={words.noneHint} />}
        row={(record) => <RecordRow sync={sync} record={record} />}
      />
    </section>
  );
}
