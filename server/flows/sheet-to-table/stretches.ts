/** Rows of a sheet as stretches of neighbours, `[first, last]` each. */
export type Stretches = readonly (readonly [number, number])[];

/** @param rows in their order. */
export function stretchesOf(rows: readonly number[]): [number, number][] {
  const stretches: [number, number][] = [];
  for (const row of rows) {
    const last = stretches.at(-1);
    if (last !== undefined && last[1] === row - 1) last[1] = row;
    else stretches.push([row, row]);
  }
  return stretches;
}

/** The row of a line of a file, lines of rows counted from 0; null: there is no such line. */
export function rowAt(stretches: Stretches, line: number): number | null {
  let left = line;
  for (const [first, last] of stretches) {
    if (left <= last - first) return first + left;
    left -= last - first + 1;
  }
  return null;
}

/** All of several, each row once, in their order. */
export function joinStretches(all: Stretches): [number, number][] {
  const joined: [number, number][] = [];
  for (const [first, last] of all.toSorted(([one], [other]) => one - other)) {
    const before = joined.at(-1);
    if (before === undefined || before[1] < first - 1) joined.push([first, last]);
    else before[1] = Math.max(before[1], last);
  }
  return joined;
}

/** Rows of `all` that are not among `others`. */
export function rowsOutside(all: Stretches, others: Stretches): number[] {
  const outside: number[] = [];
  const inside = joinStretches(others);
  let at = 0;
  for (const [first, last] of joinStretches(all)) {
    for (let row = first; row <= last; row += 1) {
      while (at < inside.length && (inside[at]?.[1] ?? 0) < row) at += 1;
      const [from = Number.POSITIVE_INFINITY, to = 0] = inside[at] ?? [];
      // What follows up to its end is inside, too.
      if (from <= row) row = to;
      else outside.push(row);
    }
  }
  return outside;
}
