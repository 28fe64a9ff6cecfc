import type { FillableField } from '../../connectors/zoho-crm/fillable-fields.ts';
import type { FieldValue, Manner, Reading } from '../../core/cells/cell.ts';
import { expectedWords } from '../../core/cells/cell-words.ts';
import { readCell } from '../../core/cells/read-cell.ts';
import type { Sentence } from '../../core/sentence.ts';
import type { RowCell } from './sheet-rows.ts';

export type LeadValues = Readonly<Record<string, FieldValue>>;

/** A cell that does not fill its field, and what is wrong with it. */
export interface Unfit {
  readonly field: string;
  readonly sentence: Sentence;
}

/** Every filled cell of a row in its field's own kind, and those that are not of it. */
export function readValues(
  cells: readonly RowCell[],
  fields: readonly FillableField[],
  manner: Manner,
): { values: LeadValues; unfit: readonly Unfit[] } {
  const values: Record<string, FieldValue> = {};
  const unfit: Unfit[] = [];
  for (const field of new Set(cells.map((cell) => cell.field))) {
    const [cell, ...others] = cells.filter((one) => one.field === field);
    if (cell === undefined) continue;
    const wrong = (words: Sentence) => unfit.push({ field, sentence: words });
    const target = fields.find(({ apiName }) => apiName === field);
    if (others.length > 0) wrong(severalWords([cell, ...others]));
    else if (target === undefined || target.cell === null) wrong(noFieldWords(cell, target));
    else {
      const reading = readCell(cell, target.cell, manner);
      if (reading.kind === 'value') values[field] = reading.value;
      else if (reading.kind !== 'blank') wrong(unfitWords(cell, target, reading));
    }
  }
  return { values, unfit };
}

const MOST_SHOWN = 60;
const shownOf = ({ shown }: RowCell): string =>
  shown.length > MOST_SHOWN ? `${shown.slice(0, MOST_SHOWN)}…` : shown;

/** `“Né le” (E8)` */
export const whereOf = (cell: RowCell): Sentence => ({
  en: `“${cell.header}” (${cell.address})`,
  fr: `«\u00a0${cell.header}\u00a0» (${cell.address})`,
});

function unfitWords(cell: RowCell, { titles, cell: field }: FillableField, reading: Reading): Sentence {
  const where = whereOf(cell);
  const shown = shownOf(cell);
  if (reading.kind === 'too-long')
    return {
      en: `${where.en} is longer than the ${reading.limit} characters that the CRM’s field “${titles.en}” takes.`,
      fr: `${where.fr} dépasse les ${reading.limit} caractères que le champ «\u00a0${titles.fr}\u00a0» du CRM accepte.`,
    };
  if (reading.kind === 'not-yet')
    return {
      en: `${where.en} shows “${shown}”: its value is not known yet.`,
      fr: `${where.fr} affiche «\u00a0${shown}\u00a0»\u00a0: sa valeur n’est pas encore connue.`,
    };
  const expected = expectedWords(field ?? { kind: 'text' });
  return {
    en: `${where.en} holds “${shown}”, where the CRM’s field “${titles.en}” expects ${expected.en}.`,
    fr: `${where.fr} contient «\u00a0${shown}\u00a0», alors que le champ «\u00a0${titles.fr}\u00a0» du CRM attend ${expected.fr}.`,
  };
}

function severalWords(cells: readonly RowCell[]): Sentence {
  const [first] = cells;
  const places = cells.map(({ address }) => address);
  return {
    en: `Several columns are called “${first?.header ?? ''}”, and hold different values (${places.join(', ')}). Keep one of them.`,
    fr: `Plusieurs colonnes s’appellent «\u00a0${first?.header ?? ''}\u00a0» et contiennent des valeurs différentes (${places.join(', ')}). N’en gardez qu’une.`,
  };
}

function noFieldWords(cell: RowCell, target: FillableField | undefined): Sentence {
  const where = whereOf(cell);
  return target === undefined
    ? {
        en: `${where.en} is to fill “${cell.field}”, which the CRM’s leads have not. Choose another field in the flow’s settings.`,
        fr: `${where.fr} doit remplir «\u00a0${cell.field}\u00a0», que les prospects du CRM n’ont pas. Choisissez un autre champ dans les réglages du flux.`,
      }
    : {
        en: `${where.en} is to fill “${target.titles.en}”, which no cell can fill. Choose another field in the flow’s settings.`,
        fr: `${where.fr} doit remplir «\u00a0${target.titles.fr}\u00a0», qu’aucune cellule ne peut remplir. Choisissez un autre champ dans les réglages du flux.`,
      };
}
