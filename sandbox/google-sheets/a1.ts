import { SheetsRefusal } from './refusal.ts';
import type { SheetRow } from './rows.ts';

/** A rectangle of one sheet: zero-based, the ends not included. */
export interface Area {
  readonly sheet: SheetRow;
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

const CORNER = /^\$?([A-Za-z]{1,3})?\$?([1-9]\d{0,6})?$/;
const CELL = /^[A-Za-z]{1,3}[1-9]\d{0,6}$/;

/**
 * Reads A1 notation: `Leads!A1:C3`, `'Feuille d''été'!A:C`, `Leads!2:5`, `A2:F` (first sheet), `Leads` (all of it).
 * The area is cut to the sheet. https://developers.google.com/workspace/sheets/api/guides/concepts#cell
 *
 * @throws SheetsRefusal for a text that names no area, or one that begins outside its sheet.
 */
export function parseA1(text: string, sheets: readonly SheetRow[]): Area {
  const { title, corners } = split(text);
  const sheet = title === null ? sheets[0] : sheets.find((one) => sameTitle(one.title, title));
  if (!sheet) throw unparsable(text);
  if (corners === null) return { sheet, top: 0, left: 0, bottom: sheet.rowCount, right: sheet.columnCount };
  const [first = '', second, ...more] = corners.split(':');
  const from = corner(first);
  const to = second === undefined ? from : corner(second);
  // A single corner is a cell; a whole column or row needs its colon.
  const half = second === undefined && !CELL.test(first.replaceAll('$', ''));
  if (!from || !to || half || more.length > 0) throw unparsable(text);
  return within(sheet, text, from, to);
}

/** The area in A1 notation, as Google writes it back. */
export function writeA1({ sheet, top, left, bottom, right }: Area): string {
  const title = quoted(sheet.title);
  const start = `${columnName(left)}${top + 1}`;
  const end = `${columnName(right - 1)}${bottom}`;
  return `${title}!${start === end ? start : `${start}:${end}`}`;
}

/** `0` is A, `26` is AA. */
export function columnName(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : columnName(Math.floor(index / 26) - 1) + letter;
}

function split(text: string): { title: string | null; corners: string | null } {
  const inQuotes = /^'((?:[^']|'')*)'(?:!(.+))?$/s.exec(text);
  if (inQuotes) return { title: (inQuotes[1] ?? '').replaceAll("''", "'"), corners: inQuotes[2] ?? null };
  const bang = text.lastIndexOf('!');
  if (bang !== -1) return { title: text.slice(0, bang), corners: text.slice(bang + 1) };
  // A bare word is a cell or a range where it can be one, else a sheet.
  if (CELL.test(text) || text.includes(':')) return { title: null, corners: text };
  return { title: text, corners: null };
}

interface Corner {
  readonly column: number | null;
  readonly row: number | null;
}

function corner(text: string): Corner | null {
  const match = CORNER.exec(text);
  if (!match || (match[1] === undefined && match[2] === undefined)) return null;
  return {
    column: match[1] === undefined ? null : columnIndex(match[1]),
    row: match[2] === undefined ? null : Number(match[2]) - 1,
  };
}

function within(sheet: SheetRow, text: string, from: Corner, to: Corner): Area {
  const [top, lastRow] = ordered(from.row ?? 0, to.row ?? sheet.rowCount - 1);
  const [left, lastColumn] = ordered(from.column ?? 0, to.column ?? sheet.columnCount - 1);
  if (top >= sheet.rowCount || left >= sheet.columnCount) {
    const limits = `Max rows: ${sheet.rowCount}, max columns: ${sheet.columnCount}`;
    throw new SheetsRefusal(400, `Range (${text}) exceeds grid limits. ${limits}`);
  }
  return {
    sheet,
    top,
    left,
    bottom: Math.min(lastRow + 1, sheet.rowCount),
    right: Math.min(lastColumn + 1, sheet.columnCount),
  };
}

function ordered(a: number, b: number): [number, number] {
  return a <= b ? [a, b] : [b, a];
}

function columnIndex(letters: string): number {
  return [...letters.toUpperCase()].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

function sameTitle(a: string, b: string): boolean {
  return a.normalize('NFC').toLowerCase() === b.normalize('NFC').toLowerCase();
}

function quoted(title: string): string {
  const plain = /^[A-Za-z_][A-Za-z0-9_]*$/.test(title) && !CELL.test(title);
  return plain ? title : `'${title.replaceAll("'", "''")}'`;
}

function unparsable(text: string): SheetsRefusal {
  return new SheetsRefusal(400, `Unable to parse range: ${text}`);
}
