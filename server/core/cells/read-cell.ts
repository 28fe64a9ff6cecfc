import { BLANK, type Cell, type CellField, type CellKind, type Manner, type Reading } from './cell.ts';
import { readBoolean, readChoice, readChoices } from './read-choice.ts';
import { readDate, readDateTime } from './read-date.ts';
import { readNumber } from './read-number.ts';
import { readEmail, readLongText, readPhone, readText } from './read-text.ts';
import { isUnready } from './unready.ts';

const READERS: Readonly<Record<CellKind, (cell: Cell, field: CellField, manner: Manner) => Reading>> = {
  text: readText,
  'long-text': readLongText,
  email: readEmail,
  phone: readPhone,
  choice: readChoice,
  choices: readChoices,
  integer: readNumber,
  number: readNumber,
  boolean: readBoolean,
  date: readDate,
  'date-time': readDateTime,
};

/**
 * What a cell means to a field, in the field's own kind. A value is never cut or guessed: one that does not
 * fit, or that cannot be read, is told as such.
 *
 * @example readCell({ value: 'oui', shown: 'oui' }, { kind: 'boolean' }, manner) // { kind: 'value', value: true }
 */
export function readCell(cell: Cell, field: CellField, manner: Manner): Reading {
  if (isUnready(cell)) return { kind: 'not-yet' };
  if (cell.shown.trim() === '') return BLANK;
  return READERS[field.kind](cell, field, manner);
}
