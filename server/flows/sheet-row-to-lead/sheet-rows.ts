import { z } from 'zod';
import type { Cell } from '../../core/cells/cell.ts';
import { isUnready } from '../../core/cells/unready.ts';
import { type Column, columnLetters } from './columns.ts';
import { type Places, REQUIRED, repeatsHeader } from './header-row.ts';
import { KEY, NAMES } from './row-identity.ts';
import type { SeenRow } from './rows.ts';

export const rowCellSchema = z.object({
  field: z.string(),
  /** The column's header, as it stands in the sheet. */
  header: z.string(),
  /** `D7`, when it was read. */
  address: z.string(),
  value: z.union([z.string(), z.number(), z.boolean(), z.null()]),
  shown: z.string(),
  format: z
    .enum(['text', 'number', 'percent', 'currency', 'date', 'time', 'date-time', 'scientific'])
    .optional(),
  failed: z.boolean().optional(),
});

/** A cell of a row, with the field that it fills. */
export type RowCell = z.output<typeof rowCellSchema>;

export interface SheetRow extends SeenRow {
  readonly cells: readonly RowCell[];
}

const isFilled = (cell: Cell | undefined): cell is Cell => cell !== undefined && cell.shown.trim() !== '';

/** An empty tick box stands in rows that nobody has filled yet; a formula that failed does, too. */
const saysNothing = (cell: RowCell): boolean => cell.value === false || isUnready(cell);

/** Every row below the first that is somebody's: not blank, and no header again. */
export function sheetRows(
  rows: readonly (readonly Cell[])[],
  columns: readonly Column[],
  places: Places,
): SheetRow[] {
  const [header = []] = rows;
  return rows.slice(1).flatMap((row, index) => {
    const place = index + 2;
    const cells = columns.flatMap(({ field }, at) =>
      columns.findIndex((column) => column.field === field) === at
        ? filledCells(row, header, places.get(field) ?? [], field, place)
        : [],
    );
    const person = cells.some(({ field }) => field === KEY || NAMES.some((name) => name === field));
    if (cells.length === 0 || (!person && cells.every(saysNothing))) return [];
    if (repeatsHeader(row, header, places)) return [];
    return [seen(place, cells)];
  });
}

/** The filled cells of the columns that have a field's header; a failed one only where no other is filled. */
function filledCells(
  row: readonly Cell[],
  header: readonly Cell[],
  places: readonly number[],
  field: string,
  line: number,
): RowCell[] {
  const cells = places.flatMap((place): RowCell[] => {
    const cell = row[place];
    if (!isFilled(cell)) return [];
    const title = header[place]?.shown.trim() ?? '';
    return [{ ...cell, field, header: title, address: `${columnLetters(place)}${line}` }];
  });
  const known = cells.filter((cell) => !isUnready(cell));
  const texts = new Set(known.map((cell) => cell.shown.trim()));
  if (known.length === 0) return cells.slice(0, 1);
  return texts.size === 1 ? known.slice(0, 1) : known;
}

function seen(place: number, cells: readonly RowCell[]): SheetRow {
  const values: Record<string, string> = {};
  const unready: string[] = [];
  for (const cell of cells) {
    const { field } = cell;
    const before = values[field];
    if (isUnready(cell)) unready.push(field);
    else values[field] = before === undefined ? cell.shown.trim() : `${before} | ${cell.shown.trim()}`;
  }
  return { place, values, cells, ...(unready.length > 0 ? { unready } : {}) };
}

/** Whether a lead can be made of a row: every lead has a last name. */
export const isWhole = (values: Readonly<Record<string, string>>): boolean => values[REQUIRED] !== undefined;
