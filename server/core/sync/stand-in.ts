import { fitText } from '../fit-text.ts';
import type { FieldValue, FieldValues } from '../sync-object.ts';
import { canonical, sameValue } from './canonical.ts';
import type { FieldMapping, Side, SyncRules } from './mapping.ts';

/** What stands in for a required field that a new record would lack. */
export interface StandIn {
  readonly field: string;
  /** Fields of the same side, the best first. */
  readonly from: readonly string[];
  /** Longest text that the field takes; null: not known. */
  readonly maxLength: number | null;
}

const standInOf = ({ standIns }: SyncRules, side: Side, field: string): StandIn | undefined =>
  standIns?.[side].find((one) => one.field === field);

/**
 * What a required field of a new record holds where it would be blank: a person without a name is known by
 * the company, or the address. Null when nothing stands in.
 *
 * @param values the record's other fields, by that side's ids.
 */
export function standInFor(
  rules: SyncRules,
  side: Side,
  mapping: FieldMapping,
  values: FieldValues,
): FieldValue {
  const standIn = standInOf(rules, side, mapping[side]);
  if (standIn === undefined) return null;
  for (const field of standIn.from) {
    const kind = rules.fields.find((one) => one[side] === field)?.kind ?? 'text';
    const value = values[field];
    if (typeof value !== 'string' || canonical(kind, value, rules.country) === null) continue;
    const text = value.trim();
    const fitted = standIn.maxLength === null ? text : fitText(text, standIn.maxLength);
    return mapping.kind === 'name' ? { given: '', family: fitted } : fitted;
  }
  return null;
}

/** Whether a field holds but what stood in for it: it says nothing that the other side could lack. */
export function isStandIn(rules: SyncRules, side: Side, mapping: FieldMapping, values: FieldValues): boolean {
  const standIn = standInOf(rules, side, mapping[side]);
  if (standIn === undefined) return false;
  const held = canonical(mapping.kind, values[mapping[side]], rules.country);
  return standIn.from.some((field) => {
    const made = standInFor(narrowed(rules, side, standIn, field), side, mapping, values);
    return made !== null && sameValue(canonical(mapping.kind, made, rules.country), held);
  });
}

/** The rules with one field alone to stand in. */
function narrowed(rules: SyncRules, side: Side, standIn: StandIn, field: string): SyncRules {
  const none = { left: [], right: [] };
  return { ...rules, standIns: { ...none, [side]: [{ ...standIn, from: [field] }] } };
}
