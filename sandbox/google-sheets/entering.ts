import { SheetsRefusal } from './refusal.ts';
import type { Cell } from './rows.ts';
import { dayFirst, errorOf, serialOf } from './shown-text.ts';

/** Formulas that fail, for sheets in which something is broken: nothing is computed here. */
const FAILING: Readonly<Record<string, Cell>> = {
  '=NA()': { error: 'N_A' },
  '=1/0': { error: 'DIVIDE_BY_ZERO' },
  '=#REF!': { error: 'REF' },
};

/** A value as it is stored: as given, or as if a person had typed it. */
export function entered(value: unknown, option: string, locale: string): Cell {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value !== 'string')
    throw new SheetsRefusal(400, 'Invalid values: a cell is a text, a number or a boolean.');
  return option === 'RAW' ? value : typed(value, locale);
}

/** What a spreadsheet makes of what a person types into a cell. */
export function typed(value: string, locale: string): Cell {
  if (value.startsWith('=')) {
    const failing = FAILING[value.toUpperCase()];
    if (failing === undefined) throw new SheetsRefusal(400, 'This sandbox computes no formulas.');
    return failing;
  }
  // An apostrophe keeps what follows a text.
  if (value.startsWith("'")) return value.slice(1);
  if (/^(true|vrai)$/i.test(value)) return true;
  if (/^(false|faux)$/i.test(value)) return false;
  const error = errorOf(value);
  if (error !== undefined) return { error };
  return typedNumber(value, locale) ?? typedDay(value, locale) ?? value;
}

function typedNumber(value: string, locale: string): Cell {
  const text = locale.startsWith('fr') ? value.replace(',', '.') : value;
  // Zeros before the digits are lost, as in the real thing.
  if (/^-?\d{1,15}(\.\d+)?$/.test(text)) return Number(text);
  if (/^-?\d(\.\d+)?E[+-]?\d{1,3}$/i.test(text)) return { number: Number(text), format: 'SCIENTIFIC' };
  const amount = text.replace(/[\s\u00a0\u202f]/gu, '');
  if (/^-?\d{1,15}(\.\d+)?€$|^\$-?\d{1,15}(\.\d+)?$/.test(amount))
    return { number: Number(amount.replace(/[€$]/, '')), format: 'CURRENCY' };
  return /^-?\d{1,15}(\.\d+)?%$/.test(amount)
    ? { number: Number(amount.slice(0, -1)) / 100, format: 'PERCENT' }
    : null;
}

function typedDay(value: string, locale: string): Cell {
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value);
  if (iso) return day(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const parts = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(value);
  if (!parts) return null;
  const [first, second, year] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  return dayFirst(locale) ? day(year, second, first) : day(year, first, second);
}

/** Null: no such day; what was typed stays a text. */
function day(year: number, month: number, date: number): Cell {
  const real = new Date(Date.UTC(year, month - 1, date)).getUTCDate() === date && month >= 1 && month <= 12;
  return real ? { number: serialOf(year, month, date), format: 'DATE' } : null;
}
