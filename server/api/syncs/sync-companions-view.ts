import type { Side } from '../../core/sync/mapping.ts';
import type { Sync } from '../../core/sync-flow.ts';
import type { CompanionRow } from '../../store/sync-companions.ts';
import type { SyncPass, SyncUndoPreview } from '../contract.ts';
import type { SyncFacts } from './sync-view.ts';

/** Most of them that are named with one pass. */
const NAMED = 100;
const SIDES = ['left', 'right'] as const satisfies readonly Side[];

type State = SyncPass['companions'][number]['records'][number]['state'];

const stateOf = ({ undoneBy, stays }: CompanionRow): State => {
  if (undoneBy === null) return 'made';
  return stays === null ? 'removed' : 'stays';
};

/** What a pass made beside its records; of an undo, what it took away of that, and what it left. */
export function companionsView(
  { sync, companionUrl }: Pick<SyncFacts, 'sync' | 'companionUrl'>,
  passId: string,
  rows: readonly CompanionRow[],
): SyncPass['companions'] {
  return SIDES.flatMap((side) => {
    const { companions } = sync[side].object;
    const own = rows.filter((row) => row.side === side && [row.passId, row.undoneBy].includes(passId));
    if (companions === undefined || own.length === 0) return [];
    const count = (state: State): number => own.filter((row) => stateOf(row) === state).length;
    const records = own.slice(0, NAMED).map((row) => ({
      id: row.recordId ?? '',
      name: row.name,
      url: row.recordId === null ? null : companionUrl(side, row.recordId),
      state: stateOf(row),
      reason: row.stays,
    }));
    return [
      {
        side,
        titles: companions.titles,
        made: own.length,
        removed: count('removed'),
        stay: count('stays'),
        records,
      },
    ];
  });
}

/** How many an undo would look at. */
export function undoneCompanions(sync: Sync, rows: readonly CompanionRow[]): SyncUndoPreview['companions'] {
  return SIDES.flatMap((side) => {
    const { companions } = sync[side].object;
    const count = rows.filter((row) => row.side === side).length;
    return companions === undefined || count === 0 ? [] : [{ side, titles: companions.titles, count }];
  });
}
