import type { FieldValue, FieldValues } from '../sync-object.ts';
import type { Side } from './mapping.ts';
import type { KnownRecord, Operation } from './plan.ts';

export interface SideCounts {
  readonly create: number;
  readonly update: number;
  readonly remove: number;
}

/** What a plan would do, in numbers of records. */
export interface PlanCounts {
  readonly left: SideCounts;
  readonly right: SideCounts;
  /** Pairs that were found and not yet linked. */
  readonly matched: number;
  /** Pairs of which both sides changed a field, and the master decides. */
  readonly conflicts: number;
  /** Pairs of which a person must decide a field. */
  readonly asks: number;
  readonly excluded: number;
  readonly unlinked: number;
}

export function countOperations(operations: readonly Operation[]): PlanCounts {
  const sides = { left: { create: 0, update: 0, remove: 0 }, right: { create: 0, update: 0, remove: 0 } };
  const counts = { matched: 0, conflicts: 0, asks: 0, excluded: 0, unlinked: 0 };
  for (const operation of operations) {
    switch (operation.kind) {
      case 'create':
      case 'remove':
        sides[operation.side][operation.kind] += 1;
        break;
      case 'exclude':
        counts.excluded += 1;
        break;
      case 'unlink':
        counts.unlinked += 1;
        // A record that is kept after its counterpart's end is left alone from then on.
        if (operation.stays?.excluded) counts.excluded += 1;
        break;
      case 'pair':
        if (operation.linkId === null) counts.matched += 1;
        if (Object.keys(operation.toLeft).length > 0) sides.left.update += 1;
        if (Object.keys(operation.toRight).length > 0) sides.right.update += 1;
        if (operation.conflicts.some(({ winner }) => winner !== null)) counts.conflicts += 1;
        if (operation.conflicts.some(({ winner }) => winner === null)) counts.asks += 1;
    }
  }
  return { ...sides, ...counts };
}

/** One field of one record, before and after. */
export interface Difference {
  /** The field's id on the side that is written to. */
  readonly field: string;
  readonly side: Side;
  readonly before: FieldValue;
  readonly after: FieldValue;
}

/** What an operation would change, field by field. Nothing for those that write nothing. */
export function sampleOf(
  operation: Operation,
  known: (side: Side, id: string) => KnownRecord | null | undefined,
): Difference[] {
  const before = (side: Side, id: string): FieldValues => known(side, id)?.values ?? {};
  switch (operation.kind) {
    case 'pair':
      return [
        ...differences('left', before('left', operation.leftId), operation.toLeft),
        ...differences('right', before('right', operation.rightId), operation.toRight),
      ];
    case 'create':
      return differences(operation.side, {}, operation.values);
    case 'remove': {
      const values = before(operation.side, operation.id);
      const emptied = Object.entries(values).filter(([, value]) => value !== null);
      return differences(operation.side, values, Object.fromEntries(emptied.map(([field]) => [field, null])));
    }
    default:
      return [];
  }
}

function differences(side: Side, before: FieldValues, after: FieldValues): Difference[] {
  return Object.entries(after).map(([field, value]) => ({
    field,
    side,
    before: before[field] ?? null,
    after: value,
  }));
}
