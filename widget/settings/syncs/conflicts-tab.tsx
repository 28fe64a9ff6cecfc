import { useState } from 'react';
import type { SyncDetail, SyncRecord } from '../../../server/api/contract.ts';
import type { Side } from '../../../server/core/sync/mapping.ts';
import { call } from '../../api/client.ts';
import { useSpeech } from '../../language/language.tsx';
import { ConfirmDialog } from '../../pieces/confirm-dialog.tsx';
import { ProblemNotice } from '../../pieces/problem-notice.tsx';
import { useIsAdmin } from '../me.tsx';
import { useFieldName, useSideName } from './field-names.ts';
import { Nothing } from './nothing.tsx';
import { nameOf, RecordPages } from './record-pages.tsx';
import { useSyncAction } from './use-sync-action.ts';
import { ValueText } from './value-text.tsx';

const SIDES = ['left', 'right'] as const;

interface Decision {
  readonly link: string;
  readonly choices: Record<string, Side>;
}

/** Fields that a person must decide: one by one, or all for one side. */
export function ConflictsTab({ sync }: { sync: SyncDetail }) {
  const { texts } = useSpeech();
  const admin = useIsAdmin();
  const words = texts.syncs.conflicts;
  // A pair leaves the list as soon as it is decided: what became of it is said here.
  const decide = useSyncAction(({ link, choices }: Decision) =>
    call('decideSyncConflict', { params: { id: sync.id, link }, body: { choices } }),
  );
  return (
    <section className="tab" aria-label={texts.syncs.tabs.conflicts}>
      {decide.error && <ProblemNotice error={decide.error} />}
      <p className="quiet" role="status">
        {decide.isSuccess && words.decided}
      </p>
      {sync.counts.conflicts > 0 && <p className="quiet">{words.intro}</p>}
      {admin && sync.counts.conflicts > 1 && <DecideAll sync={sync} />}
      <RecordPages
        syncId={sync.id}
        filter={{ state: 'conflict' }}
        label={texts.syncs.tabs.conflicts}
        empty={<Nothing title={words.none} hint={words.noneHint} />}
        row={(record) => (
          <Conflict sync={sync} record={record} busy={decide.isPending} decide={decide.mutate} />
        )}
      />
    </section>
  );
}

function DecideAll({ sync }: { sync: SyncDetail }) {
  const { texts, formats } = useSpeech();
  const words = texts.syncs.conflicts;
  const sideName = useSideName(sync);
  const [asking, setAsking] = useState<Side | null>(null);
  const decide = useSyncAction((winner: Side) =>
    call('decideAllSyncConflicts', { params: { id: sync.id }, body: { winner } }),
  );
  const count = sync.counts.conflicts;
  return (
    <div className="actions">
      <span className="quiet">{words.all}</span>
      {SIDES.map((side) => (
        <button key={side} type="button" onClick={() => setAsking(side)}>
          {words.allFor(sideName(side))}
        </button>
      ))}
      {decide.error && <ProblemNotice error={decide.error} />}
      {asking !== null && (
        <ConfirmDialog
          title={words.allTitle(sideName(asking))}
          yes={words.allYes}
          busy={decide.isPending}
          onCancel={() => setAsking(null)}
          onYes={() => decide.mutate(asking, { onSettled: () => setAsking(null) })}
        >
          <p>{words.allBody(count, formats.number(count))}</p>
        </ConfirmDialog>
      )}
    </div>
  );
}

interface ConflictProps {
  readonly sync: SyncDetail;
  readonly record: SyncRecord;
  readonly busy: boolean;
  readonly decide: (decision: Decision) => void;
}

function Conflict({ sync, record, busy, decide }: ConflictProps) {
  const { texts, say } = useSpeech();
  const admin = useIsAdmin();
  const words = texts.syncs.conflicts;
  const sideName = useSideName(sync);
  const fieldName = useFieldName(sync.id);
  const { link } = record;
  return (
    <div className="record">
      <h2 className="record-name">{nameOf(record, say)}</h2>
      {record.conflicts.map(({ field, left, right, choice }) => (
        <div key={field} className="conflict">
          <h3>{fieldName('left', field)}</h3>
          <dl className="both">
            {SIDES.map((side) => (
              <div key={side} className={choice === side ? 'chosen' : undefined}>
                <dt>{sideName(side)}</dt>
                <dd>
                  <ValueText value={side === 'left' ? left : right} />
                </dd>
                {admin && link !== null && (
                  <dd>
                    <button
                      type="button"
                      className="small"
                      disabled={busy || choice !== null}
                      aria-label={words.keepValue(sideName(side), fieldName('left', field))}
                      onClick={() => decide({ link, choices: { [field]: side } })}
                    >
                      {words.keep(sideName(side))}
                    </button>
                  </dd>
                )}
              </div>
            ))}
          </dl>
        </div>
      ))}
    </div>
  );
}
