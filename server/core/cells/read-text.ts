import { type Cell, type CellField, type Reading, UNREADABLE, value } from './cell.ts';

/** `3,36E+10`: what a sheet shows of a long number. The digits behind the first ones are gone. */
const POWER = /^[-+]?\d(?:[.,]\d+)?\s?E\s?[-+]?\d{1,3}$/i;
/** The same where a text is asked for: without its plus it may be somebody's code. */
const SURE_POWER = /^[-+]?\d(?:[.,]\d+)?E\+\d{1,3}$/i;
const ADDRESS = /^[^\s@<>,;:"()[\]]+@[^\s@<>,;:"()[\].]+(?:\.[^\s@<>,;:"()[\].]+)+$/u;
const PHONE_NUMBER = /^[\d\s+().\-/\u00a0\u202f]+$/;

function fitting(text: string, { maxLength }: CellField): Reading {
  return maxLength !== undefined && text.length > maxLength
    ? { kind: 'too-long', limit: maxLength }
    : value(text);
}

/** A text of one line: what people see of it. */
export function readText(cell: Cell, field: CellField): Reading {
  const text = cell.shown.trim();
  if (!SURE_POWER.test(text)) return fitting(text, field);
  // The number behind what is shown is whole where it is held exactly.
  if (typeof cell.value === 'number' && Number.isSafeInteger(cell.value) && cell.value % 1_000 !== 0)
    return fitting(String(cell.value), field);
  return UNREADABLE;
}

/** A text of several lines, taken as it stands. */
export function readLongText(cell: Cell, field: CellField): Reading {
  return fitting(cell.shown.trim(), field);
}

/** The address that a text is, without what some write around it; null: it is none. */
export function addressIn(shown: string): string | null {
  const text = shown
    .trim()
    .replace(/^mailto:/i, '')
    .replace(/^<(.*)>$/, '$1');
  return ADDRESS.test(text) ? text : null;
}

export function readEmail(cell: Cell, field: CellField): Reading {
  const text = addressIn(cell.shown);
  return text === null ? UNREADABLE : fitting(text, field);
}

/** A phone number as it stands: what a sheet made of it is not undone, only never taken where digits are gone. */
export function readPhone(cell: Cell, field: CellField): Reading {
  // The sign that keeps a number a text, where it was written into the cell.
  const text = cell.shown.trim().replace(/^['’]/, '').trim();
  if (POWER.test(text) || typeof cell.value === 'boolean') return UNREADABLE;
  if (typeof cell.value === 'number') {
    if (!Number.isSafeInteger(cell.value) || cell.value < 0) return UNREADABLE;
    // A format with commas or decimals is for amounts.
    return fitting(PHONE_NUMBER.test(text) ? text : String(cell.value), field);
  }
  return /\d.*\d/su.test(text) ? fitting(text, field) : UNREADABLE;
}
