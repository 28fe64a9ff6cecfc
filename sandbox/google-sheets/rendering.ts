import { SheetsRefusal } from './refusal.ts';
import type { Cell } from './rows.ts';

/** A cell as an answer shows it: as people see it in the spreadsheet's language, or as it is stored. */
export function rendered(cell: Cell, option: string, locale: string): string | number | boolean {
  if (cell === null) return '';
  if (option !== 'FORMATTED_VALUE' || typeof cell === 'string') return cell;
  const french = locale.startsWith('fr');
  if (typeof cell === 'boolean') return french ? (cell ? 'VRAI' : 'FAUX') : String(cell).toUpperCase();
  const text = String(cell);
  return french ? text.replace('.', ',') : text;
}

/** A value as it is stored: as given, or as if a person had typed it. */
export function entered(value: unknown, option: string, locale: string): Cell {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value !== 'string')
    throw new SheetsRefusal(400, 'Invalid values: a cell is a text, a number or a boolean.');
  if (option === 'RAW') return value;
  if (value.startsWith('=')) throw new SheetsRefusal(400, 'This sandbox computes no formulas.');
  // An apostrophe keeps what follows a text.
  if (value.startsWith("'")) return value.slice(1);
  const french = locale.startsWith('fr');
  if (/^(true|vrai)$/i.test(value)) return true;
  if (/^(false|faux)$/i.test(value)) return false;
  const number = french ? value.replace(',', '.') : value;
  return /^-?\d{1,15}(\.\d+)?$/.test(number) ? Number(number) : value;
}
