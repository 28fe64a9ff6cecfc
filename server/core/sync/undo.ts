import type { Sentence } from '../sentence.ts';
import type { FieldValue, FieldValues } from '../sync-object.ts';
import { canonical, sameValue } from './canonical.ts';
import type { Side, SyncRules } from './mapping.ts';
import type { KnownRecord } from './plan.ts';
import { type UndoReason, undoReason } from './undo-reasons.ts';

/** One write that a run did, as the journal holds it. Values by the field ids of its side. */
export interface WrittenRow {
  readonly side: Side;
  readonly recordId: string;
  readonly operation: 'create' | 'update' | 'remove';
  /** The written fields (for a removal, all of the record's) as they were; empty for a creation. */
  readonly before: FieldValues;
  /** The written fields as they became; empty for a removal. */
  readonly after: FieldValues;
}

/** A write that takes another one back. */
export type UndoOperation =
  | {
      readonly kind: 'update';
      readonly side: Side;
      readonly id: string;
      readonly version: string | null;
      readonly values: FieldValues;
    }
  | { readonly kind: 'remove'; readonly side: Side; readonly id: string }
  /** `id`: what the record was called; the vendor gives the new one an id of its own. */
  | { readonly kind: 'create'; readonly side: Side; readonly id: string; readonly values: FieldValues };

export interface Skipped {
  readonly side: Side;
  readonly recordId: string;
  /** Null when it is the whole record that is left as it is. */
  readonly field: string | null;
  readonly reason: Sentence;
}

export interface Undo {
  readonly operations: readonly UndoOperation[];
  readonly skipped: readonly Skipped[];
}

/** What one record would be once the rows looked at so far are taken back. */
interface Rewind {
  readonly side: Side;
  readonly id: string;
  readonly now: KnownRecord | null;
  exists: boolean;
  values: Record<string, FieldValue>;
}

/**
 * How the writes of a run are taken back: newest first, a field only while it still holds what the run
 * wrote. What changed since is left alone and listed. An opt-out is never taken back.
 *
 * @param rows in the order in which they were written.
 * @param current the records that the rows name, as they are now; those that are gone may be missing.
 */
export function undoWrites(
  rules: SyncRules,
  rows: readonly WrittenRow[],
  current: readonly KnownRecord[],
): Undo {
  const records = new Map<string, Rewind>();
  const known = new Map(current.map((record) => [`${record.side}:${record.id}`, record]));
  const skipped: Skipped[] = [];
  for (const row of rows.toReversed()) {
    const key = `${row.side}:${row.recordId}`;
    const record = records.get(key) ?? rewindOf(row, known.get(key) ?? null);
    records.set(key, record);
    for (const { field, why } of takeBack(rules, row, record)) {
      skipped.push({
        side: row.side,
        recordId: row.recordId,
        field,
        reason: undoReason(why, titleOf(rules, row.side, field)),
      });
    }
  }
  const operations = [...records.values()].map((record) => operationOf(rules, record));
  return { operations: operations.filter((operation) => operation !== null), skipped };
}

function rewindOf(row: WrittenRow, now: KnownRecord | null): Rewind {
  const exists = now !== null && !now.deleted;
  return { side: row.side, id: row.recordId, now, exists, values: exists ? { ...now.values } : {} };
}

/** Takes one row back in the record at hand, and says what of it cannot be. */
function takeBack(
  rules: SyncRules,
  row: WrittenRow,
  record: Rewind,
): { readonly field: string | null; readonly why: UndoReason }[] {
  if (row.operation === 'remove') {
    if (record.exists) return [{ field: null, why: 'back' }];
    record.exists = true;
    record.values = { ...row.before };
    return [];
  }
  if (!record.exists) return [{ field: null, why: 'gone' }];
  const fields = Object.keys(row.after);
  const moved = fields.filter(
    (field) => !same(rules, row.side, field, record.values[field], row.after[field]),
  );
  if (row.operation === 'create') {
    const [field] = moved;
    if (field !== undefined) return [{ field, why: 'edited' }];
    record.exists = false;
    return [];
  }
  const skipped: { field: string; why: UndoReason }[] = [];
  for (const field of fields) {
    if (moved.includes(field)) skipped.push({ field, why: 'edited' });
    else if (kindOf(rules, row.side, field) === 'consent') skipped.push({ field, why: 'consent' });
    else record.values[field] = row.before[field] ?? null;
  }
  return skipped;
}

function operationOf(rules: SyncRules, { side, id, now, exists, values }: Rewind): UndoOperation | null {
  const existed = now !== null && !now.deleted;
  if (!existed) return exists ? { kind: 'create', side, id, values: filledIn(values) } : null;
  if (!exists) return { kind: 'remove', side, id };
  const changed = Object.entries(values).filter(
    ([field, value]) => !same(rules, side, field, value, now.values[field]),
  );
  if (changed.length === 0) return null;
  return { kind: 'update', side, id, version: now.version, values: Object.fromEntries(changed) };
}

const filledIn = (values: FieldValues): FieldValues =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));

/** Rows are known by what their left field is called; a field that left the mapping by its own id. */
function titleOf({ fields, titles }: SyncRules, side: Side, field: string | null): Sentence | null {
  if (field === null) return null;
  const row = fields.find((mapping) => mapping[side] === field);
  return titles?.[row?.left ?? field] ?? { en: field, fr: field };
}

/** A field that left the mapping since is compared as it stands. */
const kindOf = ({ fields }: SyncRules, side: Side, field: string) =>
  fields.find((mapping) => mapping[side] === field)?.kind ?? 'json';

function same(
  rules: SyncRules,
  side: Side,
  field: string,
  one: FieldValue | undefined,
  other: FieldValue | undefined,
): boolean {
  const kind = kindOf(rules, side, field);
  const read = (value: FieldValue | undefined): FieldValue => {
    const spelled = canonical(kind, value, rules.country);
    // A company is found by its name without case: the account's own spelling is nobody's edit.
    return kind === 'company' && typeof spelled === 'string' ? spelled.toLowerCase() : spelled;
  };
  return sameValue(read(one), read(other));
}
