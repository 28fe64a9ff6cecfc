import type { VendorDesk } from '../core/simulator.ts';
import type { Query } from '../google/query.ts';
import { type Area, parseA1, writeA1 } from './a1.ts';
import { findSpreadsheet } from './find-spreadsheet.ts';
import { readArea, transposed, trimmed } from './grid.ts';
import type { Operation } from './operation.ts';
import { rendered } from './rendering.ts';
import { cellsOf, type SpreadsheetRow } from './rows.ts';

const options = ['dateTimeRenderOption', 'majorDimension', 'valueRenderOption'];

/** https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets.values */
export const readingOperations: readonly Operation[] = [
  {
    method: 'GET',
    path: /^\/v4\/spreadsheets\/(?<id>[^/:]+)\/values\/(?<range>[^/]+)$/,
    query: options,
    body: [],
    writes: false,
    run: ({ desk, spreadsheetId, range, query }) =>
      valueRange(desk, findSpreadsheet(desk, spreadsheetId), range, query),
  },
  {
    method: 'GET',
    path: /^\/v4\/spreadsheets\/(?<id>[^/:]+)\/values:batchGet$/,
    query: [...options, 'ranges'],
    body: [],
    writes: false,
    run({ desk, spreadsheetId, query }) {
      const spreadsheet = findSpreadsheet(desk, spreadsheetId);
      const valueRanges = query.all('ranges').map((range) => valueRange(desk, spreadsheet, range, query));
      return { spreadsheetId, valueRanges };
    },
  },
];

function valueRange(desk: VendorDesk, spreadsheet: SpreadsheetRow, range: string, query: Query): object {
  return shownValues(desk, spreadsheet, parseA1(range, spreadsheet.sheets), {
    majorDimension: query.one('majorDimension') === 'COLUMNS' ? 'COLUMNS' : 'ROWS',
    render: query.one('valueRenderOption') ?? 'FORMATTED_VALUE',
    dates: query.one('dateTimeRenderOption') ?? 'SERIAL_NUMBER',
  });
}

/** An area as a ValueRange. Empty cells and rows at the end are left out; with nothing left, so are the values. */
export function shownValues(
  desk: VendorDesk,
  spreadsheet: SpreadsheetRow,
  area: Area,
  how: { readonly majorDimension: 'ROWS' | 'COLUMNS'; readonly render: string; readonly dates: string },
): object {
  const rows = readArea(cellsOf(desk, spreadsheet.id, area.sheet.sheetId), area);
  const lines = how.majorDimension === 'ROWS' ? rows : trimmed(transposed(rows));
  const values = lines.map((line) => line.map((cell) => rendered(cell, how, spreadsheet.locale)));
  const { majorDimension } = how;
  return { range: writeA1(area), majorDimension, ...(values.length > 0 ? { values } : {}) };
}
