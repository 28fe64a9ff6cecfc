import { isForeign } from '../product/price.ts';
import type { FieldValue, FieldValues } from '../sync-object.ts';
import { asWritten, canonical, sameValue } from './canonical.ts';
import { type FieldMapping, otherSide, type Side, type SyncRules } from './mapping.ts';
import type { Base, FieldConflict } from './plan.ts';
import { isStandIn } from './stand-in.ts';
import { stockAfter } from './stock.ts';

export interface Merge {
  /** What is to be written, by the field ids of the side that it is written to. */
  readonly toLeft: FieldValues;
  readonly toRight: FieldValues;
  /** The base once both are written. */
  readonly base: Base;
  readonly conflicts: readonly FieldConflict[];
}

/** What becomes of one field. */
interface Verdict {
  /** The side that is written to, with the other side's value. */
  readonly writeTo?: Side;
  /** What is written instead of the other side's value. */
  readonly value?: FieldValue;
  /** The agreement after it; null: none, the field stays what it was in the base. */
  readonly agreed: Agreement | null;
  /** Both sides moved, or the target of a one-way field did: who won, null when a person must choose. */
  readonly conflict?: { readonly winner: Side | null };
}

type Agreement = Base[string];

/** One field on both sides: as the vendors spell it, and as it is compared. */
interface FieldState {
  readonly mapping: FieldMapping;
  readonly raw: Agreement;
  readonly now: Agreement;
  readonly base: Agreement | null;
}

/**
 * Decides, field by field, what makes two records equal: what changed since their last agreement travels,
 * and the master decides where both changed. An echo of our own write is no change, so it does nothing.
 *
 * @param base null for records that were never linked; a field that it lacks was not mapped then.
 */
export function mergePair(rules: SyncRules, base: Base | null, left: FieldValues, right: FieldValues): Merge {
  const writes: Record<Side, Record<string, FieldValue>> = { left: {}, right: {} };
  const agreements: Record<string, Agreement> = {};
  const conflicts: FieldConflict[] = [];
  for (const mapping of rules.fields) {
    const raw = { left: left[mapping.left] ?? null, right: right[mapping.right] ?? null };
    const field = {
      mapping,
      raw,
      now: spelled(mapping, raw, rules.country),
      base: agreementOf(rules, mapping, base),
    };
    const { writeTo, value, agreed, conflict } =
      base === null && standsIn(rules, field, { left, right }) ? { agreed: field.now } : verdictOf(field);
    if (writeTo !== undefined) {
      const from = otherSide(writeTo);
      const carried = field.now[from] === null ? null : asWritten(mapping.kind, raw[from], rules.country);
      writes[writeTo][mapping[writeTo]] = value ?? carried;
    }
    const stands = agreed ?? field.base;
    if (stands !== null) agreements[mapping.left] = stands;
    if (conflict !== undefined) conflicts.push({ field: mapping.left, ...raw, winner: conflict.winner });
  }
  return { toLeft: writes.left, toRight: writes.right, base: agreements, conflicts };
}

/**
 * What was agreed on for a field, as it is compared today: an agreement of before a series was compared by its
 * meetings holds it as it stood. Null when there is none.
 */
export function agreementOf(
  { country }: SyncRules,
  mapping: FieldMapping,
  base: Base | null,
): Agreement | null {
  const agreed = base?.[mapping.left];
  if (agreed === undefined) return null;
  return mapping.kind === 'json' ? spelled(mapping, agreed, country) : agreed;
}

/** Whether one side is blank and the other holds but what stood in there for the same blank. */
function standsIn(
  rules: SyncRules,
  { mapping, now }: FieldState,
  values: Record<Side, FieldValues>,
): boolean {
  if ((now.left === null) === (now.right === null)) return false;
  const held = now.left === null ? 'right' : 'left';
  return isStandIn(rules, held, mapping, values[held]);
}

function spelled({ kind }: FieldMapping, raw: Agreement, country: string): Agreement {
  return { left: canonical(kind, raw.left, country), right: canonical(kind, raw.right, country) };
}

function verdictOf(field: FieldState): Verdict {
  const { mapping, now, base } = field;
  if (mapping.kind === 'consent') return ratchet(field);
  if (mapping.kind === 'stock') return counted(field);
  // Nobody but a person knows at what rate.
  if (mapping.kind === 'price' && isForeign(now.left, now.right)) return { agreed: now };
  if (sameValue(now.left, now.right)) return { agreed: now };
  if (base === null) return firstMeeting(field);
  const changed = { left: !sameValue(now.left, base.left), right: !sameValue(now.right, base.right) };
  if (!changed.left && !changed.right) return { agreed: base };
  const source = sourceOf(mapping);
  if (source !== null) return changed[otherSide(source)] ? overruled(field, source) : won(field, source);
  if (changed.left && changed.right) return overruled(field, mapping.master);
  return won(field, changed.left ? 'left' : 'right');
}

/** Where a one-way field comes from; null for one that travels both ways. */
export function sourceOf({ direction }: FieldMapping): Side | null {
  if (direction === 'both') return null;
  return direction === 'to-right' ? 'left' : 'right';
}

/** Whether a field may be written to a side. */
export const mayReach = (mapping: FieldMapping, side: Side): boolean => sourceOf(mapping) !== side;

/** Whoever opted out on either side is opted out on both; nothing here ever writes an opt-in. */
function ratchet({ mapping, now }: FieldState): Verdict {
  if (now.left === now.right) return { agreed: now };
  const behind: Side = now.left === true ? 'right' : 'left';
  return mayReach(mapping, behind)
    ? { writeTo: behind, agreed: { left: true, right: true } }
    : { agreed: now };
}

/**
 * What the master's number moved by, and not the number: the other side counts off its own sales, and those of them that
 * the master does not know yet stand between the two for as long as they take.
 */
function counted(field: FieldState): Verdict {
  const { mapping, now, base } = field;
  const source = sourceOf(mapping) ?? mapping.master;
  const target = otherSide(source);
  if (sameValue(now.left, now.right)) return { agreed: now };
  // One of the two does not count it, or not any more.
  if (now[source] === null || now[target] === null) return { agreed: now };
  if (base === null) return overruled(field, source);
  if (sameValue(now[source], base[source])) return { agreed: now };
  // It was not counted there before: it begins with the master's number.
  if (base[target] === null) return won(field, source);
  const left = stockAfter({ now: now[target], there: now[source], thereBefore: base[source] });
  if (left === null) return overruled(field, source);
  if (sameValue(left, now[target])) return { agreed: now };
  const agreed = { left, right: left, [source]: now[source] };
  return { writeTo: target, value: left, agreed };
}

/** A first meeting fills what one side lacks and clears nothing, whatever the blank policy. */
function firstMeeting(field: FieldState): Verdict {
  const { mapping, now } = field;
  const empty: Side | null = now.left === null ? 'left' : now.right === null ? 'right' : null;
  if (empty === null) return overruled(field, sourceOf(mapping) ?? mapping.master);
  return mayReach(mapping, empty) ? won(field, otherSide(empty)) : { agreed: now };
}

function overruled(field: FieldState, winner: Side): Verdict {
  const verdict = won(field, winner);
  return { ...verdict, conflict: verdict.conflict ?? { winner } };
}

/** The winner's value travels; a blank one as the field's policy says. */
function won({ mapping, now }: FieldState, winner: Side): Verdict {
  if (now[winner] === null && mapping.blank === 'leave') return { agreed: now };
  if (now[winner] === null && mapping.blank === 'ask') return { agreed: null, conflict: { winner: null } };
  return { writeTo: otherSide(winner), agreed: { left: now[winner], right: now[winner] } };
}

/**
 * The base after a write, where the vendor's answer says what it stored: its own spelling (cut, cased,
 * reformatted) is then no change of the record.
 *
 * @param stored by the field ids of that side; fields that it lacks stay as they are in the base.
 */
export function baseWithStored(rules: SyncRules, base: Base, side: Side, stored: FieldValues): Base {
  const result: Record<string, Agreement> = { ...base };
  for (const mapping of rules.fields) {
    const agreed = base[mapping.left];
    const value = stored[mapping[side]];
    if (agreed === undefined || value === undefined) continue;
    result[mapping.left] = { ...agreed, [side]: canonical(mapping.kind, value, rules.country) };
  }
  return result;
}
