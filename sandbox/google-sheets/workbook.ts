import { trimmed } from './grid.ts';
import type { CellsRow, SheetRow, SpreadsheetRow } from './rows.ts';

export type Json = Readonly<Record<string, unknown>>;
type Grid = CellsRow['cells'];

/** A spreadsheet while it is being changed. */
export interface Workbook {
  spreadsheet: SpreadsheetRow;
  readonly cells: Map<number, Grid>;
  newSheetId(): number;
}

/** Ends the whole change with what is wrong about one request of it. */
export type Refuse = (message: string) => never;
export type Request = (book: Workbook, wish: Json, refuse: Refuse) => object;

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;
export const part = (wish: Json, name: string): Json => (isObject(wish[name]) ? wish[name] : {});

export function sheetOf(book: Workbook, id: unknown, refuse: Refuse): SheetRow {
  const found = book.spreadsheet.sheets.find((sheet) => sheet.sheetId === id);
  return found ?? refuse(`No grid with id: ${String(id)}`);
}

export function fieldsOf(wish: Json, refuse: Refuse): ReadonlySet<string> {
  const text = typeof wish.fields === 'string' ? wish.fields : '';
  if (text === '') refuse("At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)");
  const names = text === '*' ? Object.keys(part(wish, 'properties')) : text.split(',');
  return new Set(names.map((name) => name.trim().replace(/^properties\./, '')));
}

export function change(book: Workbook, { sheetId }: SheetRow, by: (grid: Grid) => Grid): void {
  book.cells.set(sheetId, trimmed(by(book.cells.get(sheetId) ?? [])));
}

export function resize(book: Workbook, { sheetId }: SheetRow, size: Partial<SheetRow>): void {
  const sheets = book.spreadsheet.sheets.map((one) => (one.sheetId === sheetId ? { ...one, ...size } : one));
  book.spreadsheet = { ...book.spreadsheet, sheets };
}
