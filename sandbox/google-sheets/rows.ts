import type { Table, VendorDesk } from '../core/simulator.ts';

/** What a cell holds. Null: nothing. Formulas and dates are not simulated. */
export type Cell = string | number | boolean | null;

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
