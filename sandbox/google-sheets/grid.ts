import type { Area } from './a1.ts';
import type { Cell } from './rows.ts';

export type Grid = readonly (readonly Cell[])[];

/** Cells of an area, row by row, without the empty ones at the end of rows and the empty rows at the end. */
export function readArea(grid: Grid, { top, left, bottom, right }: Area): Cell[][] {
  return trimmed(grid.slice(top, bottom).map((row) => row.slice(left, right)));
}

export function trimmed(grid: Grid): Cell[][] {
  const rows = grid.map((row) => row.slice(0, row.findLastIndex(filled) + 1));
  return rows.slice(0, rows.findLastIndex((row) => row.length > 0) + 1);
}

export function transposed(grid: Grid): Cell[][] {
  const width = Math.max(0, ...grid.map((row) => row.length));
  return Array.from({ length: width }, (_, column) => grid.map((row) => row[column] ?? null));
}

/** The grid with values laid on it from a corner. A null leaves the cell as it is; an empty text empties it. */
export function written(grid: Grid, top: number, left: number, values: Grid): Cell[][] {
  const rows = Array.from({ length: Math.max(grid.length, top + values.length) }, (_, row) => [
    ...(grid[row] ?? []),
  ]);
  values.forEach((row, y) => {
    const target = rows[top + y];
    if (!target) return;
    while (target.length < left) target.push(null);
    row.forEach((value, x) => {
      if (value !== null) target[left + x] = value === '' ? null : value;
      else target[left + x] ??= null;
    });
  });
  return trimmed(rows);
}

/** The block of filled cells around an area's first cell: what an append goes below. Null: there is none. */
export function tableAt(grid: Grid, { top, left, bottom, right }: Area): Omit<Area, 'sheet'> | null {
  const inArea = (y: number, x: number): boolean => filled(grid[y]?.[x] ?? null);
  let first = -1;
  for (let y = top; y < Math.min(bottom, grid.length) && first === -1; y += 1)
    for (let x = left; x < right; x += 1) if (inArea(y, x)) first = y;
  if (first === -1) return null;
  const rowFilled = (y: number): boolean => (grid[y] ?? []).some(filled);
  let start = first;
  while (start > 0 && rowFilled(start - 1)) start -= 1;
  let end = first + 1;
  while (end < grid.length && rowFilled(end)) end += 1;
  const block = grid.slice(start, end);
  return {
    top: start,
    bottom: end,
    left: Math.min(...block.map((row) => row.findIndex(filled)).filter((x) => x !== -1)),
    right: Math.max(...block.map((row) => row.findLastIndex(filled) + 1)),
  };
}

function filled(cell: Cell | undefined): boolean {
  return cell !== null && cell !== undefined && cell !== '';
}
