import { typed } from './entering.ts';
import { trimmed, written } from './grid.ts';
import {
  type Cell,
  type CellsRow,
  isFormatted,
  type NumberFormatType,
  type SheetRow,
  type SpreadsheetRow,
} from './rows.ts';
import { newSheet, shownProperties } from './spreadsheets.ts';

type Json = Readonly<Record<string, unknown>>;
type Grid = CellsRow['cells'];

/** A spreadsheet while it is being changed. */
export interface Workbook {
  spreadsheet: SpreadsheetRow;
  readonly cells: Map<number, Grid>;
  newSheetId(): number;
}

type Refuse = (message: string) => never;
type Request = (book: Workbook, wish: Json, refuse: Refuse) => object;

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;
const part = (wish: Json, name: string): Json => (isObject(wish[name]) ? wish[name] : {});

/** https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets/request */
export const REQUESTS: Readonly<Record<string, Request>> = {
  addSheet(book, wish, refuse) {
    const { title, index, sheetId } = part(wish, 'properties');
    const { sheets } = book.spreadsheet;
    const name = typeof title === 'string' ? title : `Sheet${sheets.length + 1}`;
    refuseTaken(sheets, name, null, refuse);
    const id = typeof sheetId === 'number' ? sheetId : book.newSheetId();
    if (sheets.some((sheet) => sheet.sheetId === id)) refuse(`Sheet with id ${id} already exists.`);
    const made = newSheet(name, id);
    const at = typeof index === 'number' ? index : sheets.length;
    book.spreadsheet = { ...book.spreadsheet, sheets: sheets.toSpliced(at, 0, made) };
    book.cells.set(id, []);
    return { addSheet: { properties: shownProperties(made, book.spreadsheet.sheets.indexOf(made)) } };
  },

  deleteSheet(book, { sheetId }, refuse) {
    const sheet = sheetOf(book, sheetId, refuse);
    const sheets = book.spreadsheet.sheets.filter((one) => one !== sheet);
    if (sheets.length === 0) refuse("You can't remove all the sheets in a document.");
    book.spreadsheet = { ...book.spreadsheet, sheets };
    book.cells.set(sheet.sheetId, []);
    return {};
  },

  updateSheetProperties(book, wish, refuse) {
    const properties = part(wish, 'properties');
    const fields = fieldsOf(wish, refuse);
    const sheet = sheetOf(book, properties.sheetId ?? 0, refuse);
    const { sheets } = book.spreadsheet;
    const title = fields.has('title') ? String(properties.title ?? '') : sheet.title;
    if (title === '') refuse('The sheet name cannot be empty.');
    refuseTaken(sheets, title, sheet, refuse);
    const renamed = { ...sheet, title };
    const from = sheets.indexOf(sheet);
    const wanted = fields.has('index') ? Number(properties.index ?? 0) : from;
    if (wanted > sheets.length) refuse(`index[${wanted}] is out of range.`);
    // Indexes are counted before the move.
    const to = wanted > from ? wanted - 1 : wanted;
    book.spreadsheet = {
      ...book.spreadsheet,
      sheets: sheets.toSpliced(from, 1).toSpliced(fields.has('index') ? to : from, 0, renamed),
    };
    return {};
  },

  updateSpreadsheetProperties(book, wish, refuse) {
    const fields = fieldsOf(wish, refuse);
    const given = part(wish, 'properties');
    const changed = (['title', 'locale', 'timeZone'] as const).flatMap((name) =>
      fields.has(name) ? [[name, String(given[name] ?? '')] as const] : [],
    );
    book.spreadsheet = { ...book.spreadsheet, ...Object.fromEntries(changed) };
    return {};
  },

  insertDimension(book, wish, refuse) {
    const { sheet, rows, from, to } = dimension(book, part(wish, 'range'), refuse);
    const count = to - from;
    change(book, sheet, (grid) =>
      rows
        ? [...grid.slice(0, from), ...blankRows(Math.max(0, from - grid.length) + count), ...grid.slice(from)]
        : grid.map((row) => [...padded(row, from).slice(0, from), ...blanks(count), ...row.slice(from)]),
    );
    resize(
      book,
      sheet,
      rows ? { rowCount: sheet.rowCount + count } : { columnCount: sheet.columnCount + count },
    );
    return {};
  },

  deleteDimension(book, wish, refuse) {
    const { sheet, rows, from, to } = dimension(book, part(wish, 'range'), refuse);
    const left = (rows ? sheet.rowCount : sheet.columnCount) - (to - from);
    if (left <= 0) refuse(`You can't delete all the ${rows ? 'rows' : 'columns'} on the sheet.`);
    change(book, sheet, (grid) =>
      rows ? grid.toSpliced(from, to - from) : grid.map((row) => row.toSpliced(from, to - from)),
    );
    resize(book, sheet, rows ? { rowCount: left } : { columnCount: left });
    return {};
  },

  moveDimension(book, wish, refuse) {
    const { sheet, rows, from, to } = dimension(book, part(wish, 'source'), refuse);
    const target = Number(wish.destinationIndex ?? 0);
    if (target > from && target < to) refuse('The destination index must be outside the source range.');
    const move = <T>(list: readonly T[]): T[] => {
      const taken = list.slice(from, to);
      const rest = list.toSpliced(from, to - from);
      return rest.toSpliced(target >= to ? target - (to - from) : target, 0, ...taken);
    };
    change(book, sheet, (grid) => {
      const high = Math.max(target, to);
      return rows
        ? move([...grid, ...blankRows(Math.max(0, high - grid.length))])
        : grid.map((row) => move(padded(row, high)));
    });
    return {};
  },

  sortRange(book, wish, refuse) {
    const range = part(wish, 'range');
    const sheet = sheetOf(book, range.sheetId ?? 0, refuse);
    const { startRowIndex: top = 0, startColumnIndex: left = 0 } = range as Readonly<Record<string, number>>;
    const bottom = Number(range.endRowIndex ?? sheet.rowCount);
    const right = Number(range.endColumnIndex ?? sheet.columnCount);
    const specs = Array.isArray(wish.sortSpecs) ? (wish.sortSpecs as Json[]) : [];
    change(book, sheet, (grid) => {
      const lines = grid.slice(top, bottom).map((row) => padded(row, right).slice(left, right));
      const sorted = lines.toSorted((a, b) => {
        for (const spec of specs) {
          const at = Number(spec.dimensionIndex ?? 0) - left;
          const order = compare(a[at] ?? null, b[at] ?? null, spec.sortOrder === 'DESCENDING');
          if (order !== 0) return order;
        }
        return 0;
      });
      return grid.map((row, index) => {
        const line = sorted[index - top];
        return index < top || index >= bottom || line === undefined
          ? row
          : [...padded(row, right).slice(0, left), ...line, ...row.slice(right)];
      });
    });
    return {};
  },

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

function sheetOf(book: Workbook, id: unknown, refuse: Refuse): SheetRow {
  const found = book.spreadsheet.sheets.find((sheet) => sheet.sheetId === id);
  return found ?? refuse(`No grid with id: ${String(id)}`);
}

function refuseTaken(sheets: readonly SheetRow[], title: string, own: SheetRow | null, refuse: Refuse): void {
  const taken = sheets.some((sheet) => sheet !== own && sheet.title.toLowerCase() === title.toLowerCase());
  if (taken) refuse(`A sheet with the name "${title}" already exists. Please enter another name.`);
}

function fieldsOf(wish: Json, refuse: Refuse): ReadonlySet<string> {
  const text = typeof wish.fields === 'string' ? wish.fields : '';
  if (text === '') refuse("At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)");
  const names = text === '*' ? Object.keys(part(wish, 'properties')) : text.split(',');
  return new Set(names.map((name) => name.trim().replace(/^properties\./, '')));
}

function dimension(book: Workbook, range: Json, refuse: Refuse) {
  const sheet = sheetOf(book, range.sheetId ?? 0, refuse);
  const rows = range.dimension === 'ROWS';
  if (!rows && range.dimension !== 'COLUMNS') refuse('No dimension specified.');
  const from = Number(range.startIndex ?? 0);
  const to = Number(range.endIndex ?? (rows ? sheet.rowCount : sheet.columnCount));
  if (!(from >= 0 && to > from)) refuse(`endIndex[${to}] must be greater than startIndex[${from}]`);
  return { sheet, rows, from, to };
}

function change(book: Workbook, { sheetId }: SheetRow, by: (grid: Grid) => Grid): void {
  book.cells.set(sheetId, trimmed(by(book.cells.get(sheetId) ?? [])));
}

function resize(book: Workbook, { sheetId }: SheetRow, size: Partial<SheetRow>): void {
  const sheets = book.spreadsheet.sheets.map((one) => (one.sheetId === sheetId ? { ...one, ...size } : one));
  book.spreadsheet = { ...book.spreadsheet, sheets };
}

const blanks = (count: number): Cell[] => Array.from({ length: count }, () => null);
const blankRows = (count: number): Cell[][] => Array.from({ length: count }, () => []);
const padded = (row: readonly Cell[], width: number): Cell[] => [
  ...row,
  ...blanks(Math.max(0, width - row.length)),
];

/** Numbers before texts, blanks at the end whichever way. */
function compare(a: Cell, b: Cell, descending: boolean): number {
  const [left, right] = [sortKey(a), sortKey(b)];
  if (left === null || right === null) return Number(left === null) - Number(right === null);
  const order =
    typeof left === 'number' && typeof right === 'number'
      ? left - right
      : typeof left === typeof right
        ? String(left).localeCompare(String(right), 'fr')
        : Number(typeof left === 'string') - Number(typeof right === 'string');
  return descending ? -order : order;
}

function sortKey(cell: Cell): number | string | null {
  if (cell === null || typeof cell === 'number' || typeof cell === 'string') return cell;
  return isFormatted(cell) ? cell.number : String(typeof cell === 'boolean' ? cell : cell.error);
}

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
