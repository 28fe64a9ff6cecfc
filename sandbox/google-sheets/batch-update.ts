import { badRequest } from '../google/refusal.ts';
import { CELL_REQUESTS } from './cell-requests.ts';
import { findSpreadsheet } from './find-spreadsheet.ts';
import { GRID_REQUESTS } from './grid-requests.ts';
import type { Operation } from './operation.ts';
import { SheetsRefusal } from './refusal.ts';
import { cellsOf, putCells, sheetsTables } from './rows.ts';
import { shownSpreadsheet } from './spreadsheets.ts';
import { TAB_REQUESTS } from './tab-requests.ts';
import type { Workbook } from './workbook.ts';

/** https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets/request */
const REQUESTS = { ...TAB_REQUESTS, ...GRID_REQUESTS, ...CELL_REQUESTS };

/**
 * Several changes of one spreadsheet, all of them or none.
 * https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets/batchUpdate
 */
export const batchUpdate: Operation = {
  method: 'POST',
  path: /^\/v4\/spreadsheets\/(?<id>[^/:]+):batchUpdate$/,
  query: [],
  body: ['requests', 'includeSpreadsheetInResponse', 'responseRanges', 'responseIncludeGridData'],
  writes: true,
  run({ desk, spreadsheetId, body }) {
    const spreadsheet = findSpreadsheet(desk, spreadsheetId);
    const requests = body.requests ?? [];
    if (!Array.isArray(requests) || requests.length === 0)
      throw new SheetsRefusal(400, 'Must specify at least one request.');
    const cells = new Map(
      spreadsheet.sheets.map(({ sheetId }) => [sheetId, cellsOf(desk, spreadsheet.id, sheetId)]),
    );
    const before = new Map(cells);
    const book: Workbook = {
      spreadsheet,
      cells,
      newSheetId: () => Number(desk.digits('', 9)),
    };
    const replies = requests.map((request: unknown, index) => one(book, request, index));
    sheetsTables(desk).spreadsheets.put(spreadsheet.id, book.spreadsheet);
    for (const [sheetId, grid] of book.cells)
      if (before.get(sheetId) !== grid) putCells(desk, spreadsheet.id, sheetId, grid);
    desk.wrote({
      operation: 'POST /v4/spreadsheets/{id}:batchUpdate',
      object: 'spreadsheet',
      id: spreadsheet.id,
      action: 'update',
      marker: null,
      record: { spreadsheetId: spreadsheet.id, requests },
    });
    return {
      spreadsheetId: spreadsheet.id,
      replies,
      ...(body.includeSpreadsheetInResponse === true
        ? { updatedSpreadsheet: shownSpreadsheet(book.spreadsheet) }
        : {}),
    };
  },
};

function one(book: Workbook, request: unknown, index: number): object {
  const [[name, wish] = ['', null], ...more] = Object.entries(
    typeof request === 'object' && request !== null ? request : {},
  );
  const apply = REQUESTS[name];
  if (apply === undefined)
    throw badRequest([
      `Invalid JSON payload received. Unknown name "${name}" at 'requests[${index}]': Cannot find field.`,
    ]);
  if (more.length > 0)
    throw badRequest([`Invalid value at 'requests[${index}]' (oneof), oneof field 'kind' is already set.`]);
  const at = `requests[${index}].${name}`;
  if (typeof wish !== 'object' || wish === null) throw badRequest([`Invalid value at '${at}'`]);
  return apply(book, wish as Readonly<Record<string, unknown>>, (message) => {
    throw new SheetsRefusal(400, `Invalid ${at}: ${message}`);
  });
}
