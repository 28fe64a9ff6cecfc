import { type Area, columnName, parseA1, writeA1 } from './a1.ts';
import { entered } from './entering.ts';
import { findSpreadsheet } from './find-spreadsheet.ts';
import { type Grid, tableAt, transposed, written } from './grid.ts';
import type { Call, Operation } from './operation.ts';
import { shownValues } from './read-values.ts';
import { SheetsRefusal } from './refusal.ts';
import { cellsOf, putCells, type SheetRow, type SpreadsheetRow, sheetsTables } from './rows.ts';

const options = [
  'includeValuesInResponse',
  'responseDateTimeRenderOption',
  'responseValueRenderOption',
  'valueInputOption',
];
const body = ['majorDimension', 'range', 'values'];

/** https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets.values */
export const writingOperations: readonly Operation[] = [
  {
    method: 'PUT',
    path: /^\/v4\/spreadsheets\/(?<id>[^/:]+)\/values\/(?<range>[^/]+)$/,
    query: options,
    body,
    writes: true,
    run(call) {
      const spreadsheet = findSpreadsheet(call.desk, call.spreadsheetId);
      const area = parseA1(call.range, spreadsheet.sheets);
      const values = valuesOf(call, spreadsheet);
      refuseOverflow(area, values, call.range);
      return write(call, spreadsheet, { ...area, values }, 'PUT /v4/spreadsheets/{id}/values/{range}');
    },
  },
  {
    method: 'POST',
    path: /^\/v4\/spreadsheets\/(?<id>[^/:]+)\/values\/(?<range>[^/]+):append$/,
    query: [...options, 'insertDataOption'],
    body,
    writes: true,
    run(call) {
      const spreadsheet = findSpreadsheet(call.desk, call.spreadsheetId);
      const area = parseA1(call.range, spreadsheet.sheets);
      const values = valuesOf(call, spreadsheet);
      const table = tableAt(cellsOf(call.desk, spreadsheet.id, area.sheet.sheetId), area);
      const top = table?.bottom ?? area.top;
      const left = table?.left ?? area.left;
      const grown = withRoom(call, spreadsheet, area.sheet, top + values.length);
      const place = { sheet: grown.sheet, top, left, values };
      const updates = write(
        call,
        grown.spreadsheet,
        place,
        'POST /v4/spreadsheets/{id}/values/{range}:append',
      );
      const tableRange = table && { tableRange: writeA1({ ...table, sheet: area.sheet }) };
      return { spreadsheetId: spreadsheet.id, ...tableRange, updates };
    },
  },
];

interface Place {
  readonly sheet: SheetRow;
  readonly top: number;
  readonly left: number;
  readonly values: Grid;
}

function valuesOf({ query, body: given, range }: Call, { locale }: SpreadsheetRow): Grid {
  const option = query.one('valueInputOption') ?? 'INPUT_VALUE_OPTION_UNSPECIFIED';
  if (option === 'INPUT_VALUE_OPTION_UNSPECIFIED')
    throw new SheetsRefusal(400, "'valueInputOption' is required but not specified");
  if (given.range !== undefined && given.range !== range)
    throw new SheetsRefusal(
      400,
      `Requested writing within range [${range}], but the body names [${String(given.range)}]`,
    );
  const lines = given.values ?? [];
  if (!Array.isArray(lines) || !lines.every((line) => Array.isArray(line)))
    throw new SheetsRefusal(400, "Invalid value at 'data.values': a list of lists is needed");
  const cells = lines.map((line: unknown[]) => line.map((value) => entered(value, option, locale)));
  return given.majorDimension === 'COLUMNS' ? transposed(cells) : cells;
}

function refuseOverflow(area: Area, values: Grid, range: string): void {
  const width = Math.max(0, ...values.map((row) => row.length));
  const named = `Requested writing within range [${range}], but tried writing to`;
  // A single cell is the corner to begin at: as much is written as was sent.
  const single = area.bottom - area.top === 1 && area.right - area.left === 1;
  const rows = single ? area.sheet.rowCount - area.top : area.bottom - area.top;
  const columns = single ? area.sheet.columnCount - area.left : area.right - area.left;
  if (values.length > rows) throw new SheetsRefusal(400, `${named} row [${area.top + rows + 1}]`);
  if (width > columns) throw new SheetsRefusal(400, `${named} column [${columnName(area.left + columns)}]`);
}

/** The sheet grown by rows until the last one fits. */
function withRoom(
  { desk }: Call,
  spreadsheet: SpreadsheetRow,
  sheet: SheetRow,
  rows: number,
): { readonly spreadsheet: SpreadsheetRow; readonly sheet: SheetRow } {
  if (rows <= sheet.rowCount) return { spreadsheet, sheet };
  const grown = { ...sheet, rowCount: rows };
  const sheets = spreadsheet.sheets.map((one) => (one.sheetId === sheet.sheetId ? grown : one));
  const after = { ...spreadsheet, sheets };
  sheetsTables(desk).spreadsheets.put(after.id, after);
  return { spreadsheet: after, sheet: grown };
}

/** Writes and answers an UpdateValuesResponse. */
function write({ desk, query }: Call, spreadsheet: SpreadsheetRow, place: Place, operation: string): object {
  const { sheet, top, left, values } = place;
  const cells = written(cellsOf(desk, spreadsheet.id, sheet.sheetId), top, left, values);
  putCells(desk, spreadsheet.id, sheet.sheetId, cells);
  const width = Math.max(1, ...values.map((row) => row.length));
  const area = { sheet, top, left, bottom: top + Math.max(1, values.length), right: left + width };
  const updatedRange = writeA1(area);
  desk.wrote({
    operation,
    object: 'values',
    id: `${spreadsheet.id}/${updatedRange}`,
    action: operation.endsWith(':append') ? 'create' : 'update',
    marker: null,
    record: { spreadsheetId: spreadsheet.id, range: updatedRange, values },
  });
  const render = query.one('responseValueRenderOption') ?? 'FORMATTED_VALUE';
  const dates = query.one('responseDateTimeRenderOption') ?? 'SERIAL_NUMBER';
  return {
    spreadsheetId: spreadsheet.id,
    updatedRange,
    updatedRows: values.length,
    updatedColumns: Math.max(0, ...values.map((row) => row.length)),
    updatedCells: values.flat().filter((cell) => cell !== null).length,
    ...(query.one('includeValuesInResponse') === 'true'
      ? { updatedData: shownValues(desk, spreadsheet, area, { majorDimension: 'ROWS', render, dates }) }
      : {}),
  };
}
