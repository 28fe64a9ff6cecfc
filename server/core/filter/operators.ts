import type { FieldKind, Operator } from './filter.ts';

const ALWAYS: readonly Operator[] = ['empty', 'filled'];
const ONE_OF: readonly Operator[] = ['equals', 'not', 'in'];
const ORDERED: readonly Operator[] = ['at-least', 'at-most'];
const DATED: readonly Operator[] = ['equals', 'not', 'before', 'after', ...ORDERED];
/** Of several values at once, `equals` and `contains` both ask whether the value is among them. */
const AMONG: readonly Operator[] = [...ONE_OF, 'contains'];

const OF_KIND: Readonly<Record<FieldKind, readonly Operator[]>> = {
  text: [...ONE_OF, 'contains'],
  number: [...ONE_OF, ...ORDERED],
  money: [...ONE_OF, ...ORDERED],
  date: DATED,
  moment: DATED,
  choice: ONE_OF,
  choices: AMONG,
  boolean: ['equals', 'not'],
  person: ONE_OF,
  consent: ONE_OF,
  label: AMONG,
};

/** What can be asked of a field of this kind. */
export const operatorsOf = (kind: FieldKind): readonly Operator[] => [...OF_KIND[kind], ...ALWAYS];
