import type { FieldValue } from '../sync-object.ts';

/** Counts have up to six decimals. */
const exact = (count: number): number => Number(count.toFixed(6)) + 0;

/**
 * What a side is to count that follows another one, once that one moved. What came in at the master is added to what is
 * left here; what went out there may be what was sold here, so that nothing is raised by it. It is never more than the
 * master has. So what was sold here and is not known there stays off sale, however long ago that was.
 *
 * @example stockAfter({ now: 9, there: 15, thereBefore: 10 }) // 14: five came in there, one was sold here
 * @example stockAfter({ now: 8, there: 9, thereBefore: 10 }) // 8: two were sold here, one of them is known there
 * @returns null where one of them is no number.
 */
export function stockAfter(counts: {
  readonly now: FieldValue;
  readonly there: FieldValue;
  readonly thereBefore: FieldValue;
}): number | null {
  const { now, there, thereBefore } = counts;
  if (typeof now !== 'number' || typeof there !== 'number' || typeof thereBefore !== 'number') return null;
  const cameIn = Math.max(0, there - thereBefore);
  return exact(Math.min(there, now + cameIn));
}
