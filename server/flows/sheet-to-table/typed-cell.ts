import type { Cell, Manner } from '../../core/cells/cell.ts';
import { readCell } from '../../core/cells/read-cell.ts';
import { isUnready } from '../../core/cells/unready.ts';
import { TYPE_FACTS, type Type } from './column-types.ts';
import { fitsLocaleDay, fitsLocaleNumber } from './locale-forms.ts';

/** What a cell becomes in the table: the text that is sent, nothing, or why not. */
export type Typed =
  | { readonly kind: 'value'; readonly text: string }
  | { readonly kind: 'blank' }
  | { readonly kind: 'not-yet' }
  | { readonly kind: 'too-long'; readonly limit: number }
  /** A number that no format shows as a day: which one is meant is not known. */
  | { readonly kind: 'undated' }
  /** A text that the people of the sheet's locale would not write so. */
  | { readonly kind: 'foreign' }
  | { readonly kind: 'unreadable' };

const isDay = (type: Type): boolean => type === 'date' || type === 'date-time';
const isNumber = (type: Type): boolean => type === 'integer' || type === 'decimal' || type === 'money';

/** What a spreadsheet would take for a formula begins with one of these; signs before digits are numbers, also of phones. */
const FORMULA = /^(?:[=@\t\r]|[+-](?![\d\s().,/-]*$))/;

const DAY_ZERO = Date.UTC(1899, 11, 30);
const DAY_MS = 86_400_000;
/** From 1850 to 2200, as days since 30 December 1899. */
const SERIALS = { from: -18_000, to: 110_000 };

/** A day, or a moment on the sheet's own clocks: the table keeps no zone. */
function dayOfSerial(serial: number, { format }: Cell, type: Type): Typed {
  if (format !== 'date' && format !== 'date-time') return { kind: 'undated' };
  if (serial <= SERIALS.from || serial >= SERIALS.to) return { kind: 'unreadable' };
  const days = type === 'date' ? Math.floor(serial) : serial;
  const seconds = Math.round((days * DAY_MS) / 1_000);
  const moment = new Date(DAY_ZERO + seconds * 1_000).toISOString();
  return { kind: 'value', text: moment.slice(0, 19).replace('T', ' ') };
}

/** A number's digits, without a power of ten. */
const plainNumber = (number: number): string =>
  /e/.test(String(number))
    ? number.toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 20 })
    : String(number);

/**
 * A cell in a column's type. Nothing is guessed: numbers are days where the sheet shows them as such, and texts are read as
 * the people of the sheet's locale write.
 *
 * @param longest text that the column takes, in characters; null: not known.
 */
export function typedCell(cell: Cell, type: Type, manner: Manner, longest: number | null): Typed {
  if (isUnready(cell)) return { kind: 'not-yet' };
  const text = typeof cell.value === 'string' ? cell.value.trim() : null;
  if (isDay(type) && typeof cell.value === 'number') return dayOfSerial(cell.value, cell, type);
  const { locale } = manner;
  if (text !== null && isDay(type) && !fitsLocaleDay(text, locale)) return { kind: 'foreign' };
  if (text !== null && isNumber(type) && !fitsLocaleNumber(text, locale)) return { kind: 'foreign' };
  const kind = type === 'text' && text !== null ? 'long-text' : TYPE_FACTS[type].reads;
  const maxLength = type === 'text' && longest !== null ? { maxLength: longest } : {};
  const reading = readCell(cell, { kind, ...maxLength }, manner);
  if (reading.kind !== 'value') return reading;
  const { value } = reading;
  if (typeof value === 'number') return { kind: 'value', text: plainNumber(value) };
  if (typeof value === 'boolean') return { kind: 'value', text: String(value) };
  if (type === 'date') return { kind: 'value', text: `${String(value)} 00:00:00` };
  // Wall time on the sheet's own clocks: the table keeps no zone.
  if (type === 'date-time') return { kind: 'value', text: String(value).slice(0, 19).replace('T', ' ') };
  const whole = String(value);
  return { kind: 'value', text: FORMULA.test(whole) ? `'${whole}` : whole };
}
