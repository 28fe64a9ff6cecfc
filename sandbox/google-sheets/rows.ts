import type { Table, VendorDesk } from '../core/simulator.ts';

/** https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets/other#ErrorType */
export type ErrorType =
  | 'ERROR'
  | 'NULL_VALUE'
  | 'DIVIDE_BY_ZERO'
  | 'VALUE'
  | 'REF'
  | 'NAME'
  | 'NUM'
  | 'N_A'
  | 'LOADING';

/** https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets/cells#NumberFormatType */
export type NumberFormatType = 'CURRENCY' | 'DATE' | 'DATE_TIME' | 'PERCENT' | 'SCIENTIFIC';

/** A number that a format shows as something else: a day, an amount, a power of ten. */
export interface FormattedNumber {
  /** Of days and times: days since 30 December 1899. */
  readonly number: number;
  readonly format: NumberFormatType;
}

/** A formula that failed or is being computed. */
export interface FailedCell {
  readonly error: ErrorType;
}

/** What a cell holds. Null: nothing. No formula is computed here. */
export type Cell = string | number | boolean | null | FormattedNumber | FailedCell;

export const isFailed = (cell: Cell): cell is FailedCell =>
  typeof cell === 'object' && cell !== null && 'error' in cell;
export const isFormatted = (cell: Cell): cell is FormattedNumber =>
  typeof cell === 'object' && cell !== null && 'number' in cell;

export interface SheetRow {
  readonly sheetId: number;
  readonly title: string;
  readonly rowCount: number;
  readonly columnCount: number;
}

export interface SpreadsheetRow {
  readonly id: string;
  readonly title: string;
  readonly locale: string;
  readonly timeZone: string;
  /** False: it belongs to someone who did not share it with the connected account. */
  readonly shared: boolean;
  readonly sheets: readonly SheetRow[];
}

/** The cells of one sheet, row by row; rows may be shorter than the sheet is wide. */
export interface CellsRow {
  readonly spreadsheetId: string;
  readonly sheetId: number;
  readonly cells: readonly (readonly Cell[])[];
}

export function sheetsTables(desk: VendorDesk): {
  spreadsheets: Table<SpreadsheetRow>;
  /** By `<spreadsheet id>/<sheet id>`. */
  cells: Table<CellsRow>;
} {
  return {
    spreadsheets: desk.table<SpreadsheetRow>('spreadsheets'),
    cells: desk.table<CellsRow>('cells'),
  };
}

export function cellsOf(desk: VendorDesk, spreadsheetId: string, sheetId: number): CellsRow['cells'] {
  return sheetsTables(desk).cells.get(`${spreadsheetId}/${sheetId}`)?.cells ?? [];
}

export function putCells(
  desk: VendorDesk,
  spreadsheetId: string,
  sheetId: number,
  cells: CellsRow['cells'],
): void {
  sheetsTables(desk).cells.put(`${spreadsheetId}/${sheetId}`, { spreadsheetId, sheetId, cells });
}
