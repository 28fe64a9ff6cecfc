import type { GoogleSheetsClient } from '../../connectors/google-sheets/client.ts';
import type { Cell } from '../../core/cells/cell.ts';
import { LiaisonError } from '../../core/errors.ts';
import type { Sentence } from '../../core/sentence.ts';
import { columnLetters } from '../sheet-row-to-lead/columns.ts';
import { blankKey, joinReasons, unfitCell } from './sentences.ts';
import type { SheetPlan } from './sheet-plan.ts';
import { typedCell } from './typed-cell.ts';

/** How much is read at once and sent at once: what bounds the memory that a run takes. */
export interface LotSizes {
  /** Cells of one answer of the sheet's: their values, texts and formats. */
  readonly cells: number;
  /** Rows of one file. */
  readonly rows: number;
}

export const SIZES: LotSizes = { cells: 20_000, rows: 10_000 };

/** How many refusals of a lot are kept with their reasons; the others are counted. */
const MOST_REASONS = 200;

/** Where a lot begins, and what stood there when the one before was read; null: it is the first. */
export interface Beginning {
  readonly row: number;
  readonly seen: string | null;
}

export interface RefusedRow {
  /** As people count them: the first row is 1. */
  readonly row: number;
  readonly sentence: Sentence;
}

export interface Lot {
  /** Lines of values, in the order of the columns, each with its end. */
  readonly lines: readonly string[];
  /** Rows of the sheet that the lines are of, in their order. */
  readonly rows: readonly number[];
  readonly refused: readonly RefusedRow[];
  readonly refusedCount: number;
  /** Null: nothing follows. */
  readonly next: Beginning | null;
}

interface LotWish {
  readonly plan: SheetPlan;
  readonly from: Beginning;
  /** By the header: the longest text that its column takes. */
  readonly longest: ReadonlyMap<string, number>;
  /** Headers of columns that must not be blank, because a row is found by them. */
  readonly keys: readonly string[];
  readonly sizes: LotSizes;
}

const field = (text: string): string => `"${text.replaceAll('"', '""')}"`;
export const csvLine = (texts: readonly string[]): string => `${texts.map(field).join(',')}\n`;

/** What people see of a row; cells at its end that hold nothing may be told or not. */
function seenOf(row: readonly Cell[] | undefined): string {
  const shown = (row ?? []).map((cell) => cell.shown);
  return JSON.stringify(shown.slice(0, shown.findLastIndex((one) => one !== '') + 1));
}
const isBlank = (row: readonly Cell[] | undefined, { columns }: SheetPlan): boolean =>
  columns.every(({ place }) => (row?.[place]?.shown ?? '').trim() === '');

/**
 * Reads rows in ranges, one after the other, until a lot is full. Each range is read with the first row beside it and with
 * the row behind it, so that a change of the sheet in the meantime is seen.
 *
 * @returns null: the sheet changed while it was read.
 */
export async function readLot(client: GoogleSheetsClient, wish: LotWish): Promise<Lot | null> {
  const { plan, sizes } = wish;
  const width = Math.max(...plan.columns.map(({ place }) => place)) + 1;
  const last = columnLetters(width - 1);
  const perRange = Math.max(1, Math.floor(sizes.cells / width));
  const lines: string[] = [];
  const rows: number[] = [];
  const refused: RefusedRow[] = [];
  let refusedCount = 0;
  let { row: at, seen } = wish.from;

  /** The rows from here on with the one behind them; null: the sheet is not what it was. */
  async function range(to: number): Promise<readonly (readonly Cell[])[] | null> {
    const part = await rangeOrMoved(client, plan, { from: at, to: Math.min(to + 1, plan.rowCount), last });
    if (part === null || !hasHeaders(part.header, plan)) return null;
    const stands = seenOf(part.rows[0]);
    return seen !== null && seen !== stands ? null : part.rows;
  }

  const end = Math.min(plan.rowCount, at + sizes.rows - 1);
  while (at <= end) {
    const to = Math.min(at + perRange - 1, end);
    const found = await range(to);
    if (found === null) return null;
    for (let row = at; row <= to; row += 1) {
      const cells = found[row - at];
      if (isBlank(cells, plan)) continue;
      const read = readRow(cells ?? [], row, wish);
      if ('line' in read) {
        lines.push(read.line);
        rows.push(row);
      } else {
        refusedCount += 1;
        if (refused.length < MOST_REASONS) refused.push({ row, sentence: read.refused });
      }
    }
    seen = seenOf(found[to + 1 - at]);
    at = to + 1;
  }
  // What follows is told now, so that the last lot is known to be the last.
  while (at <= plan.rowCount) {
    const to = Math.min(at + perRange - 1, plan.rowCount);
    if (seen !== '[]' && seen !== null && !isBlankSeen(seen)) return lot({ row: at, seen });
    const found = await range(to);
    if (found === null) return null;
    const filled = found.slice(0, to + 1 - at).findIndex((row) => !isBlank(row, plan));
    if (filled >= 0) return lot({ row: at + filled, seen: seenOf(found[filled]) });
    seen = seenOf(found[to + 1 - at]);
    at = to + 1;
  }
  return lot(null);

  function lot(next: Beginning | null): Lot {
    return { lines, rows, refused, refusedCount, next };
  }
}

const isBlankSeen = (seen: string): boolean =>
  (JSON.parse(seen) as string[]).every((one) => one.trim() === '');

/** A range that the tab no longer has: rows were deleted meanwhile. */
async function rangeOrMoved(
  client: GoogleSheetsClient,
  { spreadsheetId, title }: SheetPlan,
  where: { readonly from: number; readonly to: number; readonly last: string },
) {
  try {
    return await client.part(spreadsheetId, title, where);
  } catch (thrown) {
    if (thrown instanceof LiaisonError && thrown.kind === 'rejected') return null;
    throw thrown;
  }
}

const hasHeaders = (header: readonly Cell[], { columns, headers }: SheetPlan): boolean =>
  columns.every(({ place }) => (header[place]?.shown ?? '').trim() === headers[place]);

function readRow(
  cells: readonly Cell[],
  row: number,
  { plan, longest, keys }: LotWish,
): { readonly line: string } | { readonly refused: Sentence } {
  const reasons: Sentence[] = [];
  const texts = plan.columns.map(({ header, type, place }) => {
    const cell = cells[place] ?? { value: null, shown: '' };
    const address = `${columnLetters(place)}${row}`;
    const read = typedCell(cell, type, plan, longest.get(header) ?? null);
    if (read.kind === 'value') return read.text;
    if (read.kind !== 'blank') reasons.push(unfitCell({ header, address, shown: cell.shown, type }, read));
    else if (keys.includes(header)) reasons.push(blankKey(header, address));
    return '';
  });
  return reasons.length === 0 ? { line: csvLine(texts) } : { refused: joinReasons(reasons) };
}
