import { couldBeCorrected, keyOf, nameOf, sameName } from './row-identity.ts';
import { fingerprint, type KnownRow, type RowsCursor, type SeenRow } from './rows.ts';

type Common = ReadonlySet<string> | null;

/** What is still to be told apart: rows of the sheet, and known rows that none of them was found to be. */
class Pairing {
  readonly matched = new Map<SeenRow, KnownRow>();
  readonly #taken = new Set<string>();
  readonly #seen: readonly SeenRow[];

  constructor(seen: readonly SeenRow[]) {
    this.#seen = seen;
  }

  match(row: SeenRow, known: KnownRow): void {
    this.matched.set(row, known);
    this.#taken.add(known.id);
  }

  isFree(known: KnownRow): boolean {
    return !this.#taken.has(known.id);
  }

  open(): SeenRow[] {
    return this.#seen.filter((row) => !this.matched.has(row));
  }
}

function groups<Row>(rows: readonly Row[], keyOfRow: (row: Row) => string | undefined): Map<string, Row[]> {
  const found = new Map<string, Row[]>();
  for (const row of rows) {
    const key = keyOfRow(row);
    if (key === undefined) continue;
    const group = found.get(key);
    if (group === undefined) found.set(key, [row]);
    else group.push(row);
  }
  return found;
}

/** Rows that hold the very same, the one at the same place first. */
function bySameContent(pairing: Pairing, known: readonly KnownRow[], common: Common): void {
  const same = groups(
    known.filter((row) => row.unsent !== true || row.waits === undefined),
    (row) => fingerprint(row.values, common),
  );
  const ready = pairing.open().filter((row) => (row.unready ?? []).length === 0);
  for (const atPlace of [true, false]) {
    for (const row of ready) {
      if (pairing.matched.has(row)) continue;
      const group = same.get(fingerprint(row.values, common)) ?? [];
      const found = group.find((one) => pairing.isFree(one) && (!atPlace || one.place === row.place));
      if (found !== undefined) pairing.match(row, found);
    }
  }
}

/** Rows that share what `key` says with exactly one known row, and with no other row of the sheet. */
function byOnly(
  pairing: Pairing,
  known: readonly KnownRow[],
  key: (row: { readonly values: KnownRow['values'] }) => string | undefined,
  fits: (known: KnownRow, seen: SeenRow) => boolean = () => true,
): void {
  const before = groups(
    known.filter((row) => pairing.isFree(row)),
    key,
  );
  for (const [shared, rows] of groups(pairing.open(), key)) {
    const [only, ...others] = before.get(shared) ?? [];
    const [row, ...more] = rows;
    if (row === undefined || only === undefined || others.length > 0 || more.length > 0) continue;
    if (fits(only, row)) pairing.match(row, only);
  }
}

/** Rows at a known row's place, or beside the neighbours that it had, where they can be that row corrected. */
function byPlace(pairing: Pairing, known: readonly KnownRow[], seen: readonly SeenRow[]): void {
  const at = new Map(known.map((row) => [row.place, row]));
  const order = new Map(known.map((row, index) => [row.id, index]));
  const beside = (neighbour: SeenRow | undefined, step: 1 | -1): KnownRow | undefined => {
    const before = neighbour === undefined ? undefined : pairing.matched.get(neighbour);
    const index = before === undefined ? undefined : order.get(before.id);
    return index === undefined ? undefined : known[index + step];
  };
  seen.forEach((row, index) => {
    if (pairing.matched.has(row)) return;
    const candidates = [at.get(row.place), beside(seen[index - 1], 1), beside(seen[index + 1], -1)];
    const found = candidates.find(
      (one) => one !== undefined && pairing.isFree(one) && couldBeCorrected(one, row),
    );
    if (found !== undefined) pairing.match(row, found);
  });
}

/**
 * Which known row each row of the sheet is: the one that holds the same; the one with the same address; with
 * the same address and name, where an address stands twice; the one that it corrects at its place.
 */
export function matchRows(
  cursor: RowsCursor,
  seen: readonly SeenRow[],
  common: Common,
): ReadonlyMap<SeenRow, KnownRow> {
  const pairing = new Pairing(seen);
  const gone = cursor.gone ?? [];
  const address = (row: Pick<KnownRow, 'values'>) => keyOf(row.values);
  const person = (row: Pick<KnownRow, 'values'>) => {
    const key = keyOf(row.values);
    return key === undefined ? undefined : `${key} ${nameOf(row.values)}`;
  };
  bySameContent(pairing, cursor.rows, common);
  bySameContent(pairing, gone, common);
  byOnly(pairing, cursor.rows, address);
  byOnly(pairing, cursor.rows, person);
  byOnly(pairing, gone, person);
  byPlace(pairing, cursor.rows, seen);
  // Moved and edited in one: without an address the name is all there is, where nobody else has it.
  byOnly(
    pairing,
    cursor.rows,
    (row) => nameOf(row.values) || undefined,
    (known, row) =>
      (keyOf(known.values) === undefined || keyOf(row.values) === undefined) &&
      sameName(known.values, row.values) &&
      couldBeCorrected(known, row),
  );
  return pairing.matched;
}
