import type { FilterPlace } from '../filter/filter.ts';
import { judgeKept } from '../filter/judge.ts';
import type { Sentence } from '../sentence.ts';
import type { SyncObject } from '../sync-object.ts';
import { factOf } from './facts.ts';
import { otherSide, type Side, type SyncRules } from './mapping.ts';
import type { Operation } from './plan.ts';
import { askedOfMade, type SideFilter } from './side-filter.ts';

/** The one that a record would have been made from is left alone instead. */
const leftAlone = ({ side, from }: Extract<Operation, { kind: 'create' }>, reason: Sentence): Operation => ({
  kind: 'exclude',
  code: 'unfit',
  side: otherSide(side),
  id: from,
  reason,
});

/**
 * A record is not made where it would not fit: by what the mapping carries, for nothing else is known of it. The one
 * that it would come from is left alone, with the reason.
 */
export function unlessUnfit(
  operation: Operation,
  {
    filters,
    rules,
    place,
  }: {
    readonly filters: Readonly<Record<'left' | 'right', SideFilter | null>>;
    readonly rules: SyncRules;
    readonly place: FilterPlace;
  },
): Operation {
  if (operation.kind !== 'create') return operation;
  const { side, values } = operation;
  const filter = filters[side];
  if (filter === null) return operation;
  const told = Object.fromEntries(
    rules.fields.map((mapping) => [mapping[side], factOf(mapping.kind, values[mapping[side]])]),
  );
  const { fits, why } = judgeKept(askedOfMade(filter, rules, side), { values: told, currency: null }, place);
  if (fits) return operation;
  return leftAlone(operation, {
    en: `What it would make on the other side does not fit the filter there: ${why.en}. It is taken in once it fits.`,
    fr: `Ce qu’elle créerait de l’autre côté ne correspond pas au filtre de ce côté-là\u00a0: ${why.fr}. Elle sera reprise une fois qu’elle y correspond.`,
  });
}

/** Nor is one made that its own side makes of nobody: one who opted out, in a list that knows subscribers only. */
export function unlessDeclined(
  operation: Operation,
  objects: Readonly<Record<'left' | 'right', Pick<SyncObject, 'declines'>>>,
): Operation {
  if (operation.kind !== 'create') return operation;
  const reason = objects[operation.side].declines?.(operation.values) ?? null;
  return reason === null ? operation : leftAlone(operation, reason);
}

/** Nor one that is gone from a side on which only people make such a one again. @param gone ids, by side. */
export function unlessGone(
  operation: Operation,
  objects: Readonly<Record<Side, Pick<SyncObject, 'staysGone'>>>,
  gone: Readonly<Record<Side, ReadonlySet<string>>>,
): Operation {
  if (operation.kind !== 'create') return operation;
  const { side, values } = operation;
  const { staysGone } = objects[side];
  const id = staysGone?.idOf(values) ?? null;
  if (staysGone === undefined || id === null || !gone[side].has(id)) return operation;
  return leftAlone(operation, staysGone.why);
}
