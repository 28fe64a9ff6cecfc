/**
 * Tells which rows of a sheet are new or edited. A sheet announces nothing and its rows have no ids: they
 * are sorted, inserted above others, corrected in place, typed over. So each row gets an id of ours when first
 * seen, and is recognised later by what it holds, then by its person, then by its place. An id is never given
 * on to another person: where that is in doubt, the row is a new one.
 */

import { matchRows } from './match-rows.ts';

export type RowValues = Readonly<Record<string, string>>;

export interface KnownRow {
  readonly id: string;
  /** Counts what was told of the row: an edit back to an earlier text is an edit too. */
  readonly edits: number;
  /** Row number in the sheet when it was last seen, the header being 1. */
  readonly place: number;
  /** As people see them; of cells that were not known at the last look, what they held before. */
  readonly values: RowValues;
  /** It stood there when the first look was to begin with what comes: nothing is made of it. */
  readonly left?: boolean | undefined;
  /** Nothing was made of it so far, because its cells were not known or its name was missing. */
  readonly unsent?: boolean | undefined;
  /** For how many looks some of its cells have not been known. */
  readonly waits?: number | undefined;
}

/** Every row as it was last seen, in the order of the sheet, and how many ids were given. */
export interface RowsCursor {
  readonly given: number;
  readonly rows: readonly KnownRow[];
  /** Rows that are no longer there, the latest first: one that comes back is the same. */
  readonly gone?: readonly KnownRow[] | undefined;
  /** The fields that had a column at the last look; absent: not known. */
  readonly fields?: readonly string[] | undefined;
}

export interface SeenRow {
  readonly place: number;
  readonly values: RowValues;
  /** Fields whose cells are not known yet. */
  readonly unready?: readonly string[];
}

export interface RowChange {
  readonly id: string;
  readonly edits: number;
  readonly place: number;
  readonly values: RowValues;
  readonly isNew: boolean;
  /** Fields that have not been known for a while: the row waits for them. */
  readonly waitsFor?: readonly string[];
  /** Who stood at its place before, where that was another person. */
  readonly instead?: RowValues;
}

export interface LookRules {
  /** A first look: what stands there is left as it is. */
  readonly leave?: boolean;
  /** Rows that were left before are taken now. */
  readonly takeLeft?: boolean;
  /** Whether something can be made of a row. */
  readonly whole?: (values: RowValues) => boolean;
}

export const NOTHING_SEEN: RowsCursor = { given: 0, rows: [] };

/** A formula is computed within seconds: what is not known at this look and the one before is told. */
const WAITS_UNTOLD = 2;
/** How many rows are remembered that are no longer there. */
const MOST_GONE = 500;

/**
 * @param fields those that have a column now; of a column that came since the last look nothing is an edit.
 * @returns the rows that are new or edited, in the sheet's order, and the cursor that covers them.
 */
export function changedRows(
  cursor: RowsCursor,
  seen: readonly SeenRow[],
  rules: LookRules = {},
  fields?: readonly string[],
): { changes: RowChange[]; cursor: RowsCursor } {
  const common = commonFields(cursor.fields, fields);
  const matched = matchRows(cursor, seen, common);
  const standing = new Set([...matched.values()].map(({ id }) => id));
  const left = cursor.rows.filter((row) => !standing.has(row.id) && row.unsent !== true);
  const replaced = new Map(left.map((row) => [row.place, row.values] as const));
  let given = cursor.given;
  const changes: RowChange[] = [];
  const rows = seen.map((row) => {
    const known = matched.get(row);
    if (known === undefined) given += 1;
    const { next, told } = looked(known, `row-${given}`, row, rules, common);
    if (told === null) return next;
    const instead = known === undefined ? replaced.get(row.place) : undefined;
    const { id, place, values } = next;
    changes.push({
      ...{ id, edits: next.edits, place, values: { ...values, ...row.values } },
      isNew: known === undefined || known.unsent === true,
      ...(told === 'waits' ? { waitsFor: row.unready ?? [] } : {}),
      ...(instead === undefined ? {} : { instead }),
    });
    return next;
  });
  const gone = [...left, ...(cursor.gone ?? []).filter((row) => !standing.has(row.id))].slice(0, MOST_GONE);
  return {
    changes,
    cursor: {
      given,
      rows,
      ...(gone.length > 0 ? { gone } : {}),
      ...(fields === undefined ? {} : { fields }),
    },
  };
}

interface Looked {
  /** What is remembered of the row. */
  readonly next: KnownRow;
  /** What is told of it: that it is new or edited, or what it waits for. */
  readonly told: 'row' | 'waits' | null;
}

function looked(
  known: KnownRow | undefined,
  newId: string,
  seen: SeenRow,
  rules: LookRules,
  common: ReadonlySet<string> | null,
): Looked {
  const { place, values } = seen;
  const before = known ?? { id: newId, edits: 0, place, values: {}, unsent: true };
  const next = { id: before.id, edits: before.edits, place, values };
  const again = { ...next, edits: before.edits + 1 };
  const fresh = known === undefined;
  const leave = fresh && rules.leave === true;
  if ((seen.unready ?? []).length > 0) {
    const waits = (before.waits ?? 0) + 1;
    const flags = { waits, ...(before.unsent ? { unsent: true } : {}) };
    // What it held before is what it is compared with when it is known again.
    const waiting = { ...(before.unsent ? next : { ...next, values: before.values }), ...flags };
    if (before.left || leave) return { next: { ...waiting, left: true }, told: null };
    if (waits !== WAITS_UNTOLD) return { next: waiting, told: null };
    return { next: { ...waiting, edits: again.edits }, told: 'waits' };
  }
  if (before.left)
    return rules.takeLeft ? { next: again, told: 'row' } : { next: { ...next, left: true }, told: null };
  if (leave) {
    const whole = rules.whole?.(values) ?? true;
    return { next: { ...next, ...(whole ? { left: true } : { unsent: true }) }, told: null };
  }
  const waited = (before.waits ?? 0) >= (before.unsent ? 1 : WAITS_UNTOLD);
  const edited = fingerprint(before.values, common) !== fingerprint(values, common);
  if (fresh || edited || waited) return { next: again, told: 'row' };
  return { next: { ...next, ...(before.unsent ? { unsent: true } : {}) }, told: null };
}

/** Values as one text; of the fields that both looks know, where they are given. */
export function fingerprint(values: RowValues, common: ReadonlySet<string> | null): string {
  const entries = Object.entries(values).filter(([field]) => common === null || common.has(field));
  return JSON.stringify(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** A column that was mapped or found since says nothing about an edit; null: all are compared. */
function commonFields(
  before: readonly string[] | undefined,
  now: readonly string[] | undefined,
): ReadonlySet<string> | null {
  if (before === undefined || now === undefined) return null;
  return new Set(before.filter((field) => now.includes(field)));
}
