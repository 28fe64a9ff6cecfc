import type { Sentence } from '../sentence.ts';
import { ambiguity, doubled } from './ambiguity.ts';
import { byText } from './json-value.ts';
import { otherSide, type Side, type SyncRules } from './mapping.ts';
import { keyValues, matchKeyOf } from './match-keys.ts';
import type { KnownRecord } from './plan.ts';

export { matchKeysOf } from './match-keys.ts';

export interface Match {
  readonly left: KnownRecord;
  readonly right: KnownRecord;
  /** The left field ids of the key that they share. */
  readonly by: readonly string[];
}

export interface Matching {
  readonly pairs: readonly Match[];
  /** Records that could be more than one other, each with what a person reads about it. */
  readonly ambiguous: readonly { readonly record: KnownRecord; readonly reason: Sentence }[];
  /** Records that have no counterpart at all. */
  readonly lonely: readonly KnownRecord[];
}

/** A record with the texts of its match keys, one for each key of the rules. */
interface Keyed {
  readonly record: KnownRecord;
  readonly keys: readonly (string | null)[];
}

/**
 * Finds which unlinked records are the same on both sides. Keys are tried in order of trust, each for all
 * records at once, so that the answer does not depend on the order of the records. Two records are a pair
 * when each is the only free one that shares the other's key. What could be several is reported, never
 * guessed; so is a record whose only counterpart is taken (linked, or excluded): making a second one of it
 * would be a duplicate. Deleted records play no part.
 *
 * Two records that share a weaker key and contradict each other in a stronger one (one telephone, two
 * e-mail addresses) are two people, and no candidates for each other: each is made on the other side.
 */
export function matchGroup(rules: SyncRules, group: readonly KnownRecord[]): Matching {
  const alive = group.filter((record) => !record.deleted).map((record) => keyed(rules, record));
  let open = alive.filter(({ record }) => record.linkId === null && record.excluded === null).sort(byRecord);
  // What is ambiguous by a stronger key is settled, and still a rival of others by a weaker one.
  const free = new Set(open);
  const pairs: Match[] = [];
  const ambiguous: { record: KnownRecord; reason: Sentence }[] = [];

  rules.matchBy.forEach((by, index) => {
    const found = candidatesBy(alive, index);
    // By the first key everyone of a bucket has the same candidates: they are gone through once.
    const freeAmong = new Map<readonly Keyed[], readonly Keyed[]>();
    const freeOf = (one: Keyed): readonly Keyed[] => {
      const all = found(one);
      const known = freeAmong.get(all) ?? all.filter((other) => free.has(other));
      freeAmong.set(all, known);
      return known;
    };
    const [asked, paired] = [new Set(open), new Set<Keyed>()];
    open = open.filter((one) => {
      const candidates = found(one);
      if (candidates.length === 0) return true;
      const choice = freeOf(one);
      const only = choice.length === 1 ? choice[0] : undefined;
      const rivals = only === undefined ? 0 : freeOf(only).length;
      if (only !== undefined && rivals === 1 && asked.has(only)) {
        if (one.record.side === 'left') pairs.push({ left: one.record, right: only.record, by });
        paired.add(one);
        return false;
      }
      const values = keyValues(rules, index, one.record.side, one.record.values);
      const fields = by.map((field) => rules.titles?.[field] ?? { en: field, fr: field });
      const reason = ambiguity({ fields, values, free: choice.length, rivals });
      ambiguous.push({ record: one.record, reason });
      return false;
    });
    for (const one of paired) free.delete(one);
  });
  const alone = rules.oneOfAKind === true ? withoutDoubles(rules, open, alive) : { open, doubles: [] };
  return {
    pairs,
    ambiguous: [...ambiguous, ...alone.doubles],
    lonely: alone.open.map(({ record }) => record),
  };
}

/** Of records without a counterpart, those that share their first key with another one of their side are told apart. */
function withoutDoubles(
  rules: SyncRules,
  open: readonly Keyed[],
  alive: readonly Keyed[],
): { readonly open: readonly Keyed[]; readonly doubles: Matching['ambiguous'] } {
  const names = (rules.matchBy[0] ?? []).map((field) => rules.titles?.[field] ?? { en: field, fr: field });
  const sharing = new Map<string, number>();
  const named = ({ record, keys: [key = null] }: Keyed) => (key === null ? null : `${record.side} ${key}`);
  for (const name of alive.map(named)) if (name !== null) sharing.set(name, (sharing.get(name) ?? 0) + 1);
  const countOf = (one: Keyed): number => sharing.get(named(one) ?? '') ?? 1;
  const counted = open.map((one) => ({ one, count: countOf(one) }));
  return {
    open: counted.filter(({ count }) => count === 1).map(({ one }) => one),
    doubles: counted
      .filter(({ count }) => count > 1)
      .map(({ one: { record }, count }) => {
        const values = keyValues(rules, 0, record.side, record.values);
        return { record, reason: doubled({ fields: names, values, count }) };
      }),
  };
}

function keyed(rules: SyncRules, record: KnownRecord): Keyed {
  const { side, values } = record;
  return { record, keys: rules.matchBy.map((_by, index) => matchKeyOf(rules, index, side, values)) };
}

/** For a record, the records of the other side that share its key and contradict none of its stronger ones. */
function candidatesBy(all: readonly Keyed[], index: number): (one: Keyed) => readonly Keyed[] {
  const buckets: Record<Side, Map<string, Keyed[]>> = { left: new Map(), right: new Map() };
  for (const one of all) {
    const key = one.keys[index] ?? null;
    if (key === null) continue;
    const bucket = buckets[one.record.side];
    const others = bucket.get(key);
    if (others === undefined) bucket.set(key, [one]);
    else others.push(one);
  }
  return (one) => {
    const key = one.keys[index] ?? null;
    if (key === null) return [];
    const others = buckets[otherSide(one.record.side)].get(key) ?? [];
    return index === 0 ? others : others.filter((other) => !contradict(one, other, index));
  };
}

function contradict(one: Keyed, other: Keyed, below: number): boolean {
  return one.keys.slice(0, below).some((key, stronger) => {
    const against = other.keys[stronger] ?? null;
    return key !== null && against !== null && key !== against;
  });
}

const byRecord = (one: Keyed, other: Keyed): number =>
  byText(one.record.side, other.record.side) || byText(one.record.id, other.record.id);
