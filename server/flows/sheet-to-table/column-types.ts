import type { ColumnType } from '../../connectors/zoho-analytics/tables.ts';
import type { CellField } from '../../core/cells/cell.ts';
import type { Sentence } from '../../core/sentence.ts';

/** What a column of the table holds, as the admin chooses it. */
export const TYPES = ['text', 'integer', 'decimal', 'money', 'date', 'date-time', 'yes-no'] as const;
export type Type = (typeof TYPES)[number];

interface TypeFacts {
  readonly words: Sentence;
  /** What stands in a sentence as the thing that is expected. */
  readonly expected: Sentence;
  /** The column that is made for it. */
  readonly made: ColumnType;
  readonly reads: CellField['kind'];
}

export const TYPE_FACTS: Readonly<Record<Type, TypeFacts>> = {
  text: {
    words: { en: 'text', fr: 'texte' },
    expected: {
      en: 'a text whose digits are all there',
      fr: 'un texte dont tous les chiffres sont visibles',
    },
    made: 'PLAIN',
    reads: 'text',
  },
  integer: {
    words: { en: 'whole number', fr: 'nombre entier' },
    expected: { en: 'a whole number', fr: 'un nombre entier' },
    made: 'NUMBER',
    reads: 'integer',
  },
  decimal: {
    words: { en: 'decimal number', fr: 'nombre décimal' },
    expected: { en: 'a number', fr: 'un nombre' },
    made: 'DECIMAL_NUMBER',
    reads: 'number',
  },
  money: {
    words: { en: 'amount of money', fr: 'montant' },
    expected: { en: 'an amount', fr: 'un montant' },
    made: 'CURRENCY',
    reads: 'number',
  },
  date: {
    words: { en: 'date', fr: 'date' },
    expected: { en: 'a date', fr: 'une date' },
    made: 'DATE',
    reads: 'date',
  },
  'date-time': {
    words: { en: 'date and time', fr: 'date et heure' },
    expected: { en: 'a date and time', fr: 'une date et une heure' },
    made: 'DATE',
    reads: 'date-time',
  },
  'yes-no': {
    words: { en: 'yes or no', fr: 'oui ou non' },
    expected: { en: 'yes or no', fr: 'oui ou non' },
    made: 'BOOLEAN',
    reads: 'boolean',
  },
};

export const isType = (text: string): text is Type => TYPES.some((type) => type === text);

type Family = 'text' | 'whole' | 'number' | 'date' | 'yes-no' | 'own' | 'unknown';

/** Types of columns are written in several ways: `PLAIN`, `MULTI_LINE`, `Decimal Number`. */
function familyOf(columnType: string): Family {
  const name = columnType.toUpperCase().replace(/[^A-Z]/g, '');
  if (/AUTO/.test(name)) return 'own';
  if (/PLAIN|MULTI|EMAIL|URL|TEXT|CATEGORY|GEO/.test(name)) return 'text';
  if (/DECIMAL|CURRENCY|PERCENT/.test(name)) return 'number';
  if (/NUMBER/.test(name)) return 'whole';
  if (/DATE/.test(name)) return 'date';
  return /BOOLEAN|DECISION/.test(name) ? 'yes-no' : 'unknown';
}

const TAKES: Readonly<Record<Family, readonly Type[]>> = {
  text: ['text'],
  whole: ['integer'],
  number: ['integer', 'decimal', 'money'],
  date: ['date', 'date-time'],
  'yes-no': ['yes-no'],
  own: [],
  unknown: TYPES,
};

/** What a column that stands in the table can be filled with. */
export const typesFor = (columnType: string): readonly Type[] => TAKES[familyOf(columnType)];
