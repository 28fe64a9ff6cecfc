import type { FillableField } from '../../connectors/zoho-crm/fillable-fields.ts';
import type { Cell, CellKind, FieldValue, Manner } from '../../core/cells/cell.ts';
import { expectedWords } from '../../core/cells/cell-words.ts';
import { readCell } from '../../core/cells/read-cell.ts';
import { type FormValue, shownValue } from '../../core/forms/answer.ts';
import { languageOf, type Sentence } from '../../core/sentence.ts';
import type { Filling } from './person-of-answer.ts';

/** Several choices are parted by lines: labels hold commas. */
const cellOf = ({ value }: FormValue, kind: CellKind, { locale }: Manner): Cell => {
  if (typeof value === 'object') {
    const parted = value.join(kind === 'choices' ? '\n' : ', ');
    return { value: parted, shown: parted };
  }
  return { value, shown: shownValue(value, languageOf(locale)) };
};

/** What could be filled, in the kinds of the CRM's fields, and why something could not. */
export interface ReadValues {
  readonly values: Readonly<Record<string, FieldValue>>;
  readonly unfit: readonly Sentence[];
}

/**
 * Every value in its field's own kind. One that does not fit is left out and told of: who filled a form in cannot be
 * asked again, and is no reason to lose the person.
 */
export function readValues(
  filled: readonly Filling[],
  fields: readonly FillableField[],
  manner: Manner,
): ReadValues {
  const values: Record<string, FieldValue> = {};
  const unfit: Sentence[] = [];
  for (const { field, from } of filled) {
    const target = fields.find(({ apiName }) => apiName === field);
    if (target === undefined || target.cell === null) {
      unfit.push(noField(from, field));
      continue;
    }
    const reading = readCell(cellOf(from, target.cell.kind, manner), target.cell, manner);
    if (reading.kind === 'value') values[field] = reading.value;
    else if (reading.kind === 'too-long') unfit.push(tooLong(from, target, reading.limit));
    else if (reading.kind !== 'blank') unfit.push(unreadable(from, target));
  }
  return { values, unfit };
}

const noField = ({ title }: FormValue, field: string): Sentence => ({
  en: `“${title}” is to fill “${field}”, which these records have not.`,
  fr: `«\u00a0${title}\u00a0» doit remplir «\u00a0${field}\u00a0», que ces fiches n’ont pas.`,
});

const tooLong = ({ title }: FormValue, { titles }: FillableField, limit: number): Sentence => ({
  en: `“${title}” is longer than the ${limit} characters that “${titles.en}” takes.`,
  fr: `«\u00a0${title}\u00a0» dépasse les ${limit} caractères que «\u00a0${titles.fr}\u00a0» accepte.`,
});

function unreadable({ title }: FormValue, { titles, cell }: FillableField): Sentence {
  const expected = expectedWords(cell ?? { kind: 'text' });
  return {
    en: `“${title}” does not fit “${titles.en}”, which expects ${expected.en}.`,
    fr: `«\u00a0${title}\u00a0» n’entre pas dans «\u00a0${titles.fr}\u00a0», qui attend ${expected.fr}.`,
  };
}
