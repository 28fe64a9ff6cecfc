import { useState } from 'react';
import type { SyncDetail } from '../../../server/api/contract.ts';
import { call } from '../../api/client.ts';
import { useSpeech } from '../../language/language.tsx';
import { ConfirmDialog } from '../../pieces/confirm-dialog.tsx';
import { ProblemNotice } from '../../pieces/problem-notice.tsx';
import { useIsAdmin } from '../me.tsx';
import { useSyncAction } from './use-sync-action.ts';

/** Only the record, its vendor or the filter brings them back. */
const NOT_ASKED: ReadonlySet<string> = new Set(['vendor', 'filter', 'parted', 'unfit']);

/** Takes everything back in that is left out, but for what its vendor or a filter keeps out; asked before. */
export function IncludeAll({ sync }: { sync: SyncDetail }) {
  const { texts, formats } = useSpeech();
  const admin = useIsAdmin();
  const words = texts.syncs.excluded;
  const [asking, setAsking] = useState(false);
  const include = useSyncAction(() => call('includeSyncRecords', { params: { id: sync.id }, body: {} }));
  const able = sync.leftOut.reduce((sum, { code, records }) => sum + (NOT_ASKED.has(code) ? 0 : records), 0);
  const { differing } = sync.counts;
  const [ableText, differingText] = [able, differing].map(formats.number) as [string, string];
  // Pairs that an undo left different are linked: they are not among the records listed here.
  const label =
    able === 0
      ? words.pairs(differing, differingText)
      : words.all(able, ableText) + (differing === 0 ? '' : words.andPairs(differing, differingText));
  return (
    <>
      <p className="quiet" role="status">
        {include.data && words.done(include.data.records, formats.number(include.data.records))}
      </p>
      {include.error && <ProblemNotice error={include.error} />}
      {admin && able + differing > 1 && (
        <button type="button" disabled={include.isPending} onClick={() => setAsking(true)}>
          {label}
        </button>
      )}
      {asking && (
        <ConfirmDialog
          title={words.allTitle}
          yes={words.allYes}
          busy={include.isPending}
          onCancel={() => setAsking(false)}
          onYes={() => include.mutate(undefined, { onSettled: () => setAsking(false) })}
        >
          {able > 0 && <p>{words.allBody(able, ableText)}</p>}
          {differing > 0 && <p>{words.pairsBody(differing, differingText)}</p>}
        </ConfirmDialog>
      )}
    </>
  );
}
