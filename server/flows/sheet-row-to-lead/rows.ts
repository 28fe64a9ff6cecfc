/**
 * Tells which rows of a sheet are new or edited. A sheet announces nothing and its rows have no ids: they
 * are sorted, inserted above others, corrected in place. So each row gets an id of ours when first seen,
 * and is recognised later by what it holds, then by its key, then by its place.
 */

export interface KnownRow {
  readonly id: string;
  /** Counts what was seen of the row: an edit back to an earlier text is an edit too. */
  readonly edits: number;
  readonly values: Readonly<Record<string, string>>;
}

/** The cursor: every row as it was last seen, in the order of the sheet, and how many ids were given. */
export interface RowsCursor {
  readonly given: number;
  readonly rows: readonly (KnownRow & { readonly place: number })[];
}

export interface SeenRow {
  /** Row number in the sheet, the header being 1. */
  readonly place: number;
  readonly values: Readonly<Record<string, string>>;
}

export interface RowChange extends KnownRow {
  readonly place: number;
  readonly isNew: boolean;
}

export const NOTHING_SEEN: RowsCursor = { given: 0, rows: [] };

const fingerprint = (values: Readonly<Record<string, string>>): string =>
  JSON.stringify(Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1)));

/** Half of the filled cells alike: a correction. Less: someone else was typed over the row. */
function isCorrection(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): boolean {
  const fields = new Set([...Object.keys(before), ...Object.keys(after)]);
  const alike = [...fields].filter((field) => before[field] === after[field]).length;
  return alike * 2 >= fields.size;
}

type Known = RowsCursor['rows'][number];

/** Takes rows out of a heap of known ones, each once. */
function heap(rows: readonly Known[], keyOf: (row: Known) => string | undefined) {
  const byKey = new Map<string, Known[]>();
  for (const row of rows) {
    const key = keyOf(row);
    if (key !== undefined) byKey.set(key, [...(byKey.get(key) ?? []), row]);
  }
  return {
    take: (key: string | undefined) => (key === undefined ? undefined : byKey.get(key)?.shift()),
    count: (key: string | undefined) => (key === undefined ? 0 : (byKey.get(key)?.length ?? 0)),
  };
}

/**
 * @param keyField the field that tells one row from another when it is filled (the e-mail address).
 * @returns the rows that are new or edited, in the sheet's order, and the cursor that covers them.
 */
export function changedRows(
  cursor: RowsCursor,
  seen: readonly SeenRow[],
  keyField: string,
): { changes: RowChange[]; cursor: RowsCursor } {
  const matched = new Map<SeenRow, Known>();
  const taken = new Set<string>();
  const match = (row: SeenRow, known: Known | undefined): void => {
    if (known === undefined) return;
    matched.set(row, known);
    taken.add(known.id);
  };
  const left = () => cursor.rows.filter((row) => !taken.has(row.id));
  const unmatched = () => seen.filter((row) => !matched.has(row));
  const keyOf = (values: Readonly<Record<string, string>>) => values[keyField]?.toLowerCase();

  const same = heap(cursor.rows, (row) => fingerprint(row.values));
  for (const row of seen) match(row, same.take(fingerprint(row.values)));

  const keyed = heap(left(), (row) => keyOf(row.values));
  const now = heap(
    unmatched().map((row) => ({ ...row, id: '', edits: 0 })),
    (row) => keyOf(row.values),
  );
  // Two rows with one key say nothing about which is which.
  for (const row of unmatched()) {
    const key = keyOf(row.values);
    if (keyed.count(key) === 1 && now.count(key) === 1) match(row, keyed.take(key));
  }

  const placed = new Map(left().map((row) => [row.place, row]));
  for (const row of unmatched()) {
    const known = placed.get(row.place);
    if (known !== undefined && isCorrection(known.values, row.values)) match(row, known);
  }

  let given = cursor.given;
  const changes: RowChange[] = [];
  const rows = seen.map((row) => {
    const known = matched.get(row);
    const unchanged = known !== undefined && fingerprint(known.values) === fingerprint(row.values);
    if (unchanged) return { ...known, place: row.place };
    if (known === undefined) given += 1;
    const next = {
      id: known?.id ?? `row-${given}`,
      edits: (known?.edits ?? 0) + 1,
      values: row.values,
      place: row.place,
    };
    changes.push({ ...next, isNew: known === undefined });
    return next;
  });
  return { changes, cursor: { given, rows } };
}
