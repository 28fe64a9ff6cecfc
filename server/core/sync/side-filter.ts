import {
  type Condition,
  conditionsOf,
  type Filter,
  type FilterPlace,
  type Group,
  isGroup,
  type KeptFilter,
} from '../filter/filter.ts';
import { type Judged, judgeKept } from '../filter/judge.ts';
import type { Facts, FieldKind } from '../sync-object.ts';
import type { Side, SyncRules } from './mapping.ts';
import { mayReach } from './merge.ts';

/**
 * What becomes of a pair of which one record stops fitting. `kept`: it stays linked, and nothing is carried over until
 * the record fits again. `unlinked`: the link ends, both records stay, and the two find each other again. `removed`:
 * the other record is removed; the one that stopped fitting stays.
 */
export const LEAVINGS = ['kept', 'unlinked', 'removed'] as const;
export type Leaving = (typeof LEAVINGS)[number];

/** What becomes of it where nobody chose: nothing is lost, and nothing is carried over. */
export const USUAL_LEAVING: Leaving = 'unlinked';

/** The side that a filter without one is about: the organisation's own records, which are on the right of every sync. */
export const OWN_SIDE: Side = 'right';

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

/** Kinds that each vendor holds in a form of its own. */
const OWN_WAYS: ReadonlySet<FieldKind> = new Set(['consent', 'company', 'name', 'json', 'birthday']);
const ALWAYS: Group = { all: [] };

/**
 * The filter as it is asked of a record that Liaison makes: only what the mapping carries to that side says something
 * about it. Who owns it, or how its vendor labels it, is not Liaison's to know beforehand, and counts as fitting.
 */
export function askedOfMade(kept: SideFilter, rules: SyncRules, side: Side): SideFilter {
  const carried = new Set(
    rules.fields.flatMap((mapping) =>
      mayReach(mapping, side) && !OWN_WAYS.has(mapping.kind) ? mapping[side] : [],
    ),
  );
  const asked = (part: Filter): Filter => {
    if (!isGroup(part)) return carried.has(part.field) ? part : ALWAYS;
    return 'all' in part ? { all: part.all.map(asked) } : { any: part.any.map(asked) };
  };
  return { ...kept, filter: asked(kept.filter) as Group };
}

/** How one record stands to its side's filter. @param made Liaison made it, and it never fitted by itself since. */
export function judgeRecord(
  kept: SideFilter,
  {
    facts,
    made,
    rules,
    side,
    place,
  }: {
    readonly facts: Facts;
    readonly made: boolean;
    readonly rules: SyncRules;
    readonly side: Side;
    readonly place: FilterPlace;
  },
): Judged & { readonly made: boolean } {
  const whole = judgeKept(kept, facts, place);
  if (whole.fits || !made) return { ...whole, made: false };
  const partly = judgeKept(askedOfMade(kept, rules, side), facts, place);
  return { ...partly, made: partly.fits };
}
