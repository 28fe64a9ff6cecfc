import type { Database } from '../../store/database.ts';
import { BEGUN, passOf, savePass } from '../../store/sync-passes.ts';
import { markAllDirty } from '../../store/sync-records.ts';
import { type SideState, type SyncRow, saveSync } from '../../store/syncs.ts';

/** A side that is read anew, whole. */
export const unread = (state: SideState): SideState => ({
  ...state,
  cursor: null,
  sweeping: true,
  sweep: state.sweep + 1,
});

/**
 * Has both sides read anew, of whatever accounts are connected, and everything planned anew for the preview in
 * hand. That belongs to the preview's own first turn: one that was in hand when a person started it goes by other
 * settings until it ends, and keeps what it read by them.
 *
 * @returns the sync as it stands now; null when a person moved it on meanwhile.
 */
export async function beginPreview(database: Database, row: SyncRow): Promise<SyncRow | null> {
  const { passId } = row;
  if (row.phase !== 'previewing' || passId === null) return row;
  const pass = await passOf(database, row, passId);
  if (pass?.progress.stage !== 'reading' || pass.progress.isBegun === true) return row;
  const sides = {
    left: { ...unread(row.left), account: null },
    right: { ...unread(row.right), account: null },
  };
  return database.transaction(async (sql) => {
    if (!(await saveSync(sql, row, { ...sides, unfinished: false }, row))) return null;
    await markAllDirty(sql, row);
    await savePass(sql, passId, { progress: { ...BEGUN, isBegun: true } });
    return { ...row, ...sides, unfinished: false };
  });
}
