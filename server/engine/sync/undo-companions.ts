import type { Sentence } from '../../core/sentence.ts';
import type { Side } from '../../core/sync/mapping.ts';
import { companionsToUndo, saveUndoneCompanions } from '../../store/sync-companions.ts';
import { call, goesOn, SIDES, type SyncAtWork } from './work.ts';

/** One that an undo left, and why. */
export interface StayingCompanion {
  readonly side: Side;
  readonly recordId: string;
  readonly label: string;
  readonly field: null;
  readonly reason: Sentence;
}

const MOST = 50;

/**
 * Takes away what a pass made beside the records that it wrote, now that those are taken back: what nobody
 * changed, and nothing else uses. One that an earlier undo left is looked at again.
 *
 * @returns those that stay.
 */
export async function undoCompanions(
  work: SyncAtWork,
  ofPass: string,
  passId: string,
): Promise<StayingCompanion[]> {
  const staying: StayingCompanion[] = [];
  const made = await companionsToUndo(work.database, work.key, ofPass);
  for (const side of SIDES) {
    const { object, client } = work.sides[side];
    const { companions } = object;
    const own = made.filter((row) => row.side === side && row.recordId !== null);
    if (companions === undefined) continue;
    for (let from = 0; from < own.length; from += MOST) {
      await goesOn(work);
      const some = own.slice(from, from + MOST);
      const wish = some.map(({ recordId, name, version }) => ({ id: recordId ?? '', name, version }));
      const reasons = await call(work, () => companions.remove(client, wish));
      await saveUndoneCompanions(
        work.database,
        passId,
        some.map(({ id }, index) => ({ id, stays: reasons[index] ?? null })),
      );
      some.forEach(({ recordId, name }, index) => {
        const reason = reasons[index] ?? null;
        if (reason !== null)
          staying.push({ side, recordId: recordId ?? '', label: name, field: null, reason });
      });
    }
  }
  return staying;
}
