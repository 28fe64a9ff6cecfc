import type { ColumnType } from '../../connectors/zoho-analytics/tables.ts';
import type { CellKind } from '../../core/cells/cell.ts';
import { expectedWords } from '../../core/cells/cell-words.ts';
import { kindWords } from '../../core/cells/kind-words.ts';
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
  readonly reads: CellKind;
}

/** As the field of a cell that is read is called everywhere. */
const factsOf = (reads: CellKind, made: ColumnType): TypeFacts => ({
  words: kindWords(reads),
  expected: expectedWords({ kind: reads }),
  made,
  reads,
});

export const TYPE_FACTS: Readonly<Record<Type, TypeFacts>> = {
  text: factsOf('text', 'PLAIN'),
  integer: factsOf('integer', 'NUMBER'),
  decimal: {
    ...factsOf('number', 'DECIMAL_NUMBER'),
    words: { en: 'decimal number', fr: 'nombre décimal' },
  },
  money: {
    ...factsOf('number', 'CURRENCY'),
    words: { en: 'amount of money', fr: 'montant' },
    expected: { en: 'an amount', fr: 'un montant' },
  },
  date: factsOf('date', 'DATE'),
  'date-time': factsOf('date-time', 'DATE'),
  'yes-no': factsOf('boolean', 'BOOLEAN'),
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
