import { type Cell, isFormatted } from './rows.ts';
import {
  change,
  type Json,
  part,
  type Refuse,
  type Request,
  resize,
  sheetOf,
  type Workbook,
} from './workbook.ts';

/** Changes of whole rows and columns. */
export const GRID_REQUESTS: Readonly<Record<string, Request>> = {
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
};

function dimension(book: Workbook, range: Json, refuse: Refuse) {
  const sheet = sheetOf(book, range.sheetId ?? 0, refuse);
  const rows = range.dimension === 'ROWS';
  if (!rows && range.dimension !== 'COLUMNS') refuse('No dimension specified.');
  const from = Number(range.startIndex ?? 0);
  const to = Number(range.endIndex ?? (rows ? sheet.rowCount : sheet.columnCount));
  if (!(from >= 0 && to > from)) refuse(`endIndex[${to}] must be greater than startIndex[${from}]`);
  return { sheet, rows, from, to };
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
