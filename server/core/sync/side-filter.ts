import { type Condition, conditionsOf, type KeptFilter } from '../filter/filter.ts';

/**
 * What becomes of a pair of which one record stops fitting. `kept`: it stays linked, and nothing is carried over until
 * the record fits again. `unlinked`: the link ends, both records stay, and the two find each other again. `removed`:
 * the other record is removed; the one that stopped fitting stays.
 */
export const LEAVINGS = ['kept', 'unlinked', 'removed'] as const;
export type Leaving = (typeof LEAVINGS)[number];

/** Which records of one side take part: with the fields that the filter names, as they were when it was saved. */
export type SideFilter = Pick<KeptFilter, 'filter' | 'fields'>;

/** Which records of a sync take part; null: all of that side. */
export interface SyncFilter {
  readonly left: SideFilter | null;
  readonly right: SideFilter | null;
  readonly leaving: Leaving;
}

/** What has to be read of a record to judge it. */
export const factsOf = (kept: SideFilter | null): string[] =>
  kept === null ? [] : [...new Set(conditionsOf(kept.filter).map(({ field }) => field))];

const countsDays = ({ value }: Condition): boolean =>
  value === 'today' || (typeof value === 'object' && value !== null && 'today' in value);

/** Whether what fits changes with the day alone. */
export const movesWithTime = (kept: SideFilter | null): boolean =>
  kept !== null && conditionsOf(kept.filter).some(countsDays);
