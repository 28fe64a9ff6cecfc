import type { VendorDesk } from '../core/simulator.ts';
import type { Area } from './a1.ts';
import { readArea } from './grid.ts';
import { shownCell } from './rendering.ts';
import { type Cell, cellsOf, isFailed, isFormatted, type SpreadsheetRow } from './rows.ts';

/**
 * Cells of an area with what is stored, what people see and the format in between; cells and rows at the end
 * that hold nothing are left out.
 * https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets/sheets#GridData
 */
export function gridData(desk: VendorDesk, spreadsheet: SpreadsheetRow, area: Area): object {
  const rows = readArea(cellsOf(desk, spreadsheet.id, area.sheet.sheetId), area);
  return {
    ...(area.top > 0 ? { startRow: area.top } : {}),
    ...(area.left > 0 ? { startColumn: area.left } : {}),
    rowData: rows.map((row) =>
      row.length === 0 ? {} : { values: row.map((cell) => cellData(cell, spreadsheet.locale)) },
    ),
  };
}

function cellData(cell: Cell, locale: string): object {
  if (cell === null) return {};
  const value = extendedValue(cell, locale);
  return {
    // No formula is kept: what was entered into a failed cell is not told.
    ...(isFailed(cell) ? {} : { userEnteredValue: value }),
    effectiveValue: value,
    formattedValue: shownCell(cell, locale),
    ...(isFormatted(cell) ? { effectiveFormat: { numberFormat: { type: cell.format } } } : {}),
  };
}

function extendedValue(cell: Exclude<Cell, null>, locale: string): object {
  if (isFailed(cell)) return { errorValue: { type: cell.error, message: shownCell(cell, locale) } };
  if (isFormatted(cell)) return { numberValue: cell.number };
  if (typeof cell === 'number') return { numberValue: cell };
  return typeof cell === 'boolean' ? { boolValue: cell } : { stringValue: cell };
}
