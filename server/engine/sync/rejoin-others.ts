import { otherSide, type Side } from '../../core/sync/mapping.ts';
import { rememberFormer } from '../../store/sync-filtered.ts';
import { recordsById } from '../../store/sync-records.ts';
import type { WriteRow } from '../../store/sync-writes.ts';
import type { SyncAtWork } from './work.ts';

/**
 * A removed record that is there again belongs to whom it was removed for, where that one stands: it only did not fit its
 * filter, and once it does the two are not made a second time.
 */
export async function rejoinOthers(
  work: SyncAtWork,
  side: Side,
  again: readonly { readonly id: string; readonly was: string }[],
  writes: readonly WriteRow[],
): Promise<void> {
  const others = new Map(
    writes.flatMap((write) =>
      write.side === side && write.operation === 'remove' && write.recordId !== null && write.fromId !== null
        ? [[write.recordId, write.fromId] as const]
        : [],
    ),
  );
  const pairs = again.flatMap(({ id, was }) => {
    const other = others.get(was);
    return other === undefined ? [] : [{ id, other }];
  });
  const rows = await recordsById(
    work.database,
    work.key,
    otherSide(side),
    pairs.map(({ other }) => other),
  );
  const standing = new Set(rows.flatMap((row) => (row.deleted || row.linkId !== null ? [] : row.id)));
  await rememberFormer(
    work.database,
    work.key,
    pairs
      .filter(({ other }) => standing.has(other))
      .map(({ id, other }) =>
        side === 'left' ? { leftId: id, rightId: other } : { leftId: other, rightId: id },
      ),
  );
}
