import { typed } from './entering.ts';
import { written } from './grid.ts';
import type { Cell, NumberFormatType } from './rows.ts';
import {
  change,
  fieldsOf,
  type Json,
  part,
  type Refuse,
  type Request,
  resize,
  sheetOf,
  type Workbook,
} from './workbook.ts';

/** Changes of single cells. */
export const CELL_REQUESTS: Readonly<Record<string, Request>> = {
  updateCells(book, wish, refuse) {
    const start = wish.start === undefined ? part(wish, 'range') : part(wish, 'start');
    const sheet = sheetOf(book, start.sheetId ?? 0, refuse);
    const top = Number(start.rowIndex ?? start.startRowIndex ?? 0);
    const left = Number(start.columnIndex ?? start.startColumnIndex ?? 0);
    const values = rowsOf(book, wish, refuse);
    change(book, sheet, (grid) => written(grid, top, left, values));
    return {};
  },

  appendCells(book, wish, refuse) {
    const sheet = sheetOf(book, wish.sheetId ?? 0, refuse);
    const values = rowsOf(book, wish, refuse);
    change(book, sheet, (grid) => written(grid, grid.length, 0, values));
    const needed = book.cells.get(sheet.sheetId)?.length ?? 0;
    if (needed > sheet.rowCount) resize(book, sheet, { rowCount: needed });
    return {};
  },
};

function rowsOf(book: Workbook, wish: Json, refuse: Refuse): Cell[][] {
  fieldsOf(wish, refuse);
  const rows = Array.isArray(wish.rows) ? (wish.rows as Json[]) : [];
  return rows.map((row) =>
    (Array.isArray(row.values) ? (row.values as Json[]) : []).map((cell) => cellOf(book, cell)),
  );
}

function cellOf(book: Workbook, data: Json): Cell {
  const value = part(data, 'userEnteredValue');
  const { type } = part(part(data, 'userEnteredFormat'), 'numberFormat') as { type?: NumberFormatType };
  if (typeof value.numberValue === 'number')
    return type === undefined ? value.numberValue : { number: value.numberValue, format: type };
  if (typeof value.boolValue === 'boolean') return value.boolValue;
  if (typeof value.formulaValue === 'string') return typed(value.formulaValue, book.spreadsheet.locale);
  // A cell without a value is emptied.
  return typeof value.stringValue === 'string' ? value.stringValue : '';
}
