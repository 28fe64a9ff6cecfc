import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { SyncDetail, SyncPass } from '../../../server/api/contract.ts';
import { useSpeech } from '../../language/language.tsx';
import { Loading } from '../../pieces/loading.tsx';
import { Moment } from '../../pieces/moment.tsx';
import { ProblemNotice } from '../../pieces/problem-notice.tsx';
import { useIsAdmin } from '../me.tsx';
import { CompanionsOfPass } from './companions.tsx';
import { useSideName } from './field-names.ts';
import { Nothing } from './nothing.tsx';
import { isBusy, syncPasses } from './sync-queries.ts';
import { UndoDialog } from './undo-dialog.tsx';

/** What the sync did, newest first; what it wrote can be taken back. */
export function HistoryTab({ sync }: { sync: SyncDetail }) {
  const { texts } = useSpeech();
  const words = texts.syncs.history;
  const { data, error, refetch } = useQuery(syncPasses(sync.id));
  const [undoing, setUndoing] = useState<SyncPass | null>(null);
  if (error && !data) return <ProblemNotice error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  const shown = data.passes.filter(isWorthTelling);
  return (
    <section className="tab" aria-label={texts.syncs.tabs.history}>
      {shown.length === 0 ? (
        <Nothing title={words.none} hint={words.noneHint} />
      ) : (
        <ol className="records" aria-label={texts.syncs.tabs.history}>
          {shown.map((pass) => (
            <li key={pass.id}>
              <PassRow sync={sync} pass={pass} undo={() => setUndoing(pass)} />
            </li>
          ))}
        </ol>
      )}
      {undoing && <UndoDialog sync={sync} pass={undoing} close={() => setUndoing(null)} />}
    </section>
  );
}

/** Live changes that came to nothing (a question for a person, a race that was lost) are in the records. */
function isWorthTelling({ kind, state, written, companions, failed, undone }: SyncPass): boolean {
  if (kind !== 'live' || state === 'running' || failed + undone + companions.length > 0) return true;
  return [written.left, written.right].some(({ create, update, remove }) => create + update + remove > 0);
}

interface PassRowProps {
  readonly sync: SyncDetail;
  readonly pass: SyncPass;
  readonly undo: () => void;
}

function PassRow({ sync, pass, undo }: PassRowProps) {
  const { texts, say, formats } = useSpeech();
  const admin = useIsAdmin();
  const words = texts.syncs.history;
  const took = pass.finishedAt === null ? null : Date.parse(pass.finishedAt) - Date.parse(pass.startedAt);
  return (
    <div className="record pass">
      <span className={`state pass-${pass.state}`}>{words.runStates[pass.state]}</span>
      <span className="record-name">
        {words.kinds[pass.kind]}{' '}
        <span className="quiet">
          <Moment instant={pass.startedAt} />
          {took !== null && pass.kind !== 'live' && ` · ${formats.duration(took)}`}
        </span>
      </span>
      {pass.kind !== 'preview' && <Written sync={sync} pass={pass} />}
      <CompanionsOfPass pass={pass} />
      {pass.error && <p className="wrong">{say(pass.error.sentence)}</p>}
      {admin && pass.undoable && (
        <button
          type="button"
          className="small"
          disabled={isBusy(sync)}
          aria-label={words.undoNamed(formats.moment(pass.startedAt))}
          onClick={undo}
        >
          {words.undo}
        </button>
      )}
    </div>
  );
}

/** "Google contacts 12 created, 3 changed · 1 refused". */
function Written({ sync, pass }: { sync: SyncDetail; pass: SyncPass }) {
  const { texts, formats } = useSpeech();
  const words = texts.syncs.history;
  const sideName = useSideName(sync);
  const parts = (['left', 'right'] as const).flatMap((side) => {
    const { create, update, remove } = pass.written[side];
    const counts = [
      create > 0 && words.created(create, formats.number(create)),
      update > 0 && words.changed(update, formats.number(update)),
      remove > 0 && words.deleted(remove, formats.number(remove)),
    ].filter((one) => one !== false);
    return counts.length === 0 ? [] : [`${sideName(side)} ${counts.join(', ')}`];
  });
  if (pass.failed > 0) parts.push(words.failed(pass.failed, formats.number(pass.failed)));
  if (pass.undone > 0) parts.push(words.undone(pass.undone, formats.number(pass.undone)));
  return <p className={parts.length === 0 ? 'quiet' : undefined}>{parts.join(' · ') || words.nothing}</p>;
}
