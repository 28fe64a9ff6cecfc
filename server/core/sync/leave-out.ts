import type { LiaisonError } from '../errors.ts';
import type { FieldValues, SyncField } from '../sync-object.ts';
import type { Side, SyncRules } from './mapping.ts';

/** A record that is to be written, on a side of which the fields are known. */
export interface Intended {
  readonly rules: SyncRules;
  readonly side: Side;
  readonly schema: ReadonlyMap<string, SyncField>;
  /** It is made; else it is changed. */
  readonly isNew: boolean;
  readonly values: FieldValues;
}

/**
 * The values without those that were refused, so that one bad telephone number does not keep a person's name
 * and address from being carried over.
 *
 * @returns null when nothing is left, when no refusal is about a field that is written, or when a new record
 *   would lack what it must have: a required field, an opt-out, or the field that people are recognised by first.
 */
export function leaveOut(intended: Intended, refusals: readonly LiaisonError[]): FieldValues | null {
  const { values, isNew } = intended;
  const out = refusedFields(values, refusals);
  if (out.length === 0 || (isNew && out.some((field) => isNeeded(intended, field)))) return null;
  const rest = Object.entries(values).filter(([field]) => !out.includes(field));
  return rest.length === 0 ? null : Object.fromEntries(rest);
}

/** A refusal names a field, or the list that several mapped fields are parts of (`organizations`). */
function refusedFields(values: FieldValues, refusals: readonly LiaisonError[]): string[] {
  const named = refusals.flatMap(({ details }) => details.field ?? []);
  return Object.keys(values).filter((field) =>
    named.some((one) => field === one || field.startsWith(`${one}.`)),
  );
}

function isNeeded({ rules, side, schema }: Intended, field: string): boolean {
  if (schema.get(field)?.required === true) return true;
  const mapping = rules.fields.find((one) => one[side] === field);
  if (mapping === undefined) return false;
  const [first = []] = rules.matchBy;
  return mapping.kind === 'consent' || (first.length === 1 && first[0] === mapping.left);
}
