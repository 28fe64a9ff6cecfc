import type { Sentence } from './sentence.ts';

/** A row of a table in the settings: what fills, and what is filled. A side that nobody chose yet is empty. */
export interface TableRow {
  readonly header: string;
  readonly field: string;
}

/** Rows that say something: one that is being filled in says nothing yet. */
export const wholeRows = <Row extends TableRow>(rows: readonly Row[]): readonly Row[] =>
  rows.filter(({ header, field }) => header !== '' && field !== '');

/** What to do about the first row that is not whole; null: all are. */
export function unfinishedRow(rows: readonly TableRow[]): Sentence | null {
  const at = rows.findIndex(({ header, field }) => header === '' || field === '');
  const row = rows[at];
  if (row === undefined) return null;
  const named = row.header || row.field;
  if (named === '')
    return {
      en: `Row ${at + 1} is empty: choose both of its sides, or remove it.`,
      fr: `La ligne ${at + 1} est vide\u00a0: choisissez ses deux côtés, ou retirez-la.`,
    };
  return {
    en: `Row ${at + 1} (“${named}”) is half filled in: choose what is missing, or remove it.`,
    fr: `La ligne ${at + 1} («\u00a0${named}\u00a0») est à moitié remplie\u00a0: choisissez ce qui manque, ou retirez-la.`,
  };
}
