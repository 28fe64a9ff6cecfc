import { saidTitle } from '../../core/calendar/untitled.ts';
import { labelWords } from '../../core/label.ts';
import { sameValue } from '../../core/sync/canonical.ts';
import type { Operation } from '../../core/sync/plan.ts';
import type { FieldValues } from '../../core/sync-object.ts';
import { raiseAlert } from '../../store/alerts.ts';
import { exclude } from '../../store/sync-records.ts';
import { recentUpdates } from '../../store/sync-writes.ts';
import { type PlannedWork, recordKey } from './plan-work.ts';
import type { SyncAtWork } from './work.ts';

/** A pair that goes to and fro this often within this time has somebody else at the other end. */
const FLIPS = 5;
const WITHIN_MS = 600_000;

const holds = (values: FieldValues | null, patch: FieldValues): boolean =>
  Object.entries(patch).some(
    ([field, value]) => values?.[field] !== undefined && sameValue(values[field], value),
  );

/**
 * Finds pairs that another program changes back each time Liaison wrote them (the same values again and
 * again), takes them out, and tells an admin which pair it is.
 *
 * @returns the operations that are not to be done.
 */
export async function haltLoops(work: SyncAtWork, planned: PlannedWork): Promise<ReadonlySet<Operation>> {
  const writing = planned.operations.filter(
    (operation) =>
      operation.kind === 'pair' &&
      operation.linkId !== null &&
      Object.keys(operation.toLeft).length + Object.keys(operation.toRight).length > 0,
  ) as (Operation & { kind: 'pair'; linkId: string })[];
  const linkIds = writing.map((operation) => operation.linkId);
  if (linkIds.length === 0) return new Set();
  const recent = await recentUpdates(work.database, linkIds, WITHIN_MS, FLIPS);
  if (recent.length === 0) return new Set();
  const looping = writing.filter(({ linkId, toLeft, toRight }) => {
    const repeats = recent.filter(
      (write) => write.linkId === linkId && holds(write.after, write.side === 'left' ? toLeft : toRight),
    );
    return repeats.length >= FLIPS - 1;
  });
  for (const { leftId, rightId, linkId } of looping) {
    const name = labelWords(saidTitle(planned.records.get(recordKey('left', leftId))?.label ?? leftId));
    const excluded = {
      code: 'loop' as const,
      en: `“${name.en}” is left out: another program changes it back each time Liaison writes it. Find that program, then include the record again.`,
      fr: `«\u00a0${name.fr}\u00a0» est écartée\u00a0: un autre programme la modifie à chaque écriture de Liaison. Trouvez ce programme, puis réintégrez la fiche.`,
    };
    await work.database.transaction(async (sql) => {
      await exclude(sql, work.key, [
        { side: 'left', id: leftId, excluded },
        { side: 'right', id: rightId, excluded },
      ]);
      await raiseAlert(sql, {
        organisationId: work.key.organisationId,
        integration: work.key.integration,
        cause: `sync-loop ${work.key.integration} ${linkId}`,
        sentence: { en: excluded.en, fr: excluded.fr },
      });
    });
  }
  return new Set(looping);
}
