import { useQuery } from '@tanstack/react-query';
import type { SyncDetail, SyncPass } from '../../../server/api/contract.ts';
import { saidTitle } from '../../../server/core/calendar/untitled.ts';
import { call } from '../../api/client.ts';
import { useSpeech } from '../../language/language.tsx';
import { ConfirmDialog } from '../../pieces/confirm-dialog.tsx';
import { ProblemNotice } from '../../pieces/problem-notice.tsx';
import { CompanionsOfUndo } from './companions.tsx';
import { useSideName } from './field-names.ts';
import { useSyncAction } from './use-sync-action.ts';

const COUNTED = ['create', 'update', 'remove'] as const;
const SIDES = ['left', 'right'] as const;

/** What taking a pass back would write, and what it would leave; then it is done. */
export function UndoDialog({ sync, pass, close }: { sync: SyncDetail; pass: SyncPass; close: () => void }) {
  const { texts, say, formats } = useSpeech();
  const words = texts.syncs.history;
  const sideName = useSideName(sync);
  const params = { id: sync.id, pass: pass.id };
  const preview = useQuery({
    queryKey: ['undo-preview', pass.id],
    queryFn: () => call('previewSyncUndo', { params }),
    staleTime: 0,
    gcTime: 0,
  });
  const undo = useSyncAction(() => call('undoSyncPass', { params }));
  const found = preview.data;
  const total = found
    ? SIDES.reduce(
        (sum, side) => sum + COUNTED.reduce((all, one) => all + found.operations[side][one], 0),
        found.companions.reduce((sum, { count }) => sum + count, 0),
      )
    : 0;
  return (
    <ConfirmDialog
      danger
      title={words.undoTitle}
      yes={words.undoYes}
      no={words.undoNo}
      busy={undo.isPending || total === 0}
      onCancel={close}
      onYes={() => undo.mutate(undefined, { onSuccess: close })}
    >
      <p>{words.undoBody}</p>
      {preview.error && <ProblemNotice error={preview.error} />}
      {!found && !preview.error && (
        <p className="quiet" role="status">
          {words.undoLoading}
        </p>
      )}
      {found && total === 0 && <p>{words.undoNothing}</p>}
      {found && total > 0 && (
        <table className="grid numbers">
          <thead>
            <tr>
              <th scope="col">{texts.syncs.preview.column}</th>
              {SIDES.map((side) => (
                <th key={side} scope="col">
                  {sideName(side)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {COUNTED.map((one) => (
              <tr key={one}>
                <th scope="row">{texts.syncs.preview[one]}</th>
                {SIDES.map((side) => (
                  <td key={side}>{formats.number(found.operations[side][one])}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {found && <CompanionsOfUndo companions={found.companions} />}
      {found && found.skippedTotal > 0 && (
        <>
          <p>{words.undoSkipped(found.skippedTotal, formats.number(found.skippedTotal))}</p>
          <ul className="skipped">
            {found.skipped.map((one) => (
              <li key={`${one.side} ${one.recordId} ${one.field}`}>
                <strong>{say(saidTitle(one.label)) || one.recordId}</strong> {say(one.reason)}
              </li>
            ))}
          </ul>
        </>
      )}
      <p className="quiet">{words.undoPauses}</p>
      {undo.error && <ProblemNotice error={undo.error} />}
    </ConfirmDialog>
  );
}
