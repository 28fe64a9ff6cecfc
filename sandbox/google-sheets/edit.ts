import type { VendorDesk } from '../core/simulator.ts';
import { parseA1 } from './a1.ts';
import { written } from './grid.ts';
import { type Cell, cellsOf, putCells, sheetsTables } from './rows.ts';
import { LEADS_SHEET, LEADS_SPREADSHEET_ID } from './seed.ts';

export interface SheetPlace {
  /** The spreadsheet of leads when absent. */
  readonly spreadsheetId?: string;
  /** Its sheet of leads when absent. */
  readonly sheet?: string;
}

/**
 * A person, or the form on the company's site, adds a row at the end of a sheet. Answers its number (the
 * header is 1).
 *
 * @throws Error for an unknown spreadsheet or sheet.
 */
export function appendRow(
  desk: VendorDesk,
  { values, ...place }: SheetPlace & { readonly values: readonly Cell[] },
): number {
  const { spreadsheetId, sheetId } = placeOf(desk, place);
  const cells = cellsOf(desk, spreadsheetId, sheetId);
  putCells(desk, spreadsheetId, sheetId, written(cells, cells.length, 0, [values]));
  return cells.length + 1;
}

/**
 * A person changes one cell.
 *
 * @param cell in A1 notation: `C2`.
 * @throws Error for an unknown spreadsheet, sheet or cell.
 */
export function editCell(
  desk: VendorDesk,
  { cell, value, ...place }: SheetPlace & { readonly cell: string; readonly value: Cell },
): void {
  const { spreadsheetId, sheetId, sheets } = placeOf(desk, place);
  const { top, left } = parseA1(cell, sheets);
  const cells = cellsOf(desk, spreadsheetId, sheetId);
  putCells(desk, spreadsheetId, sheetId, written(cells, top, left, [[value ?? '']]));
}

function placeOf(desk: VendorDesk, place: SheetPlace) {
  const { spreadsheetId = LEADS_SPREADSHEET_ID, sheet = LEADS_SHEET } = place;
  const found = sheetsTables(desk)
    .spreadsheets.get(spreadsheetId)
    ?.sheets.find(({ title }) => title === sheet);
  if (!found) throw new Error(`Google Sheets has no sheet "${sheet}" in spreadsheet ${spreadsheetId}.`);
  return { spreadsheetId, sheetId: found.sheetId, sheets: [found] };
}
