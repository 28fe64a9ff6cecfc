import type { FieldValue, FieldValues } from '../sync-object.ts';
import { canonical } from './canonical.ts';
import type { Side, SyncRules } from './mapping.ts';

/**
 * What a record may be recognised by: one text for each match key whose fields are all filled in. Records
 * of both sides that are spelled alike by their kinds give the same text.
 *
 * @example matchKeysOf(rules, 'right', { Email: 'Sophie@exemple.fr' }) // ['0:["sophie@exemple.fr"]']
 */
export function matchKeysOf(rules: SyncRules, side: Side, values: FieldValues): string[] {
  return rules.matchBy.flatMap((_fields, index) => {
    const key = matchKeyOf(rules, index, side, values);
    return key === null ? [] : [key];
  });
}

/** The text of one match key, or null when a field of it is blank, or no longer in the mapping. */
export function matchKeyOf(rules: SyncRules, index: number, side: Side, values: FieldValues): string | null {
  const parts = keyValues(rules, index, side, values);
  return parts.length === 0 || parts.includes(null) ? null : `${index}:${JSON.stringify(parts)}`;
}

/** The values of one match key as they are compared. */
export function keyValues(rules: SyncRules, index: number, side: Side, values: FieldValues): FieldValue[] {
  return (rules.matchBy[index] ?? []).map((field) => {
    const mapping = rules.fields.find((candidate) => candidate.left === field);
    return mapping === undefined ? null : canonical(mapping.kind, values[mapping[side]], rules.country);
  });
}
