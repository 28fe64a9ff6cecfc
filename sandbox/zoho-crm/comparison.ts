import { isTime } from './criteria-value.ts';

export type Comparator =
  | 'equals'
  | 'not_equal'
  | 'greater_than'
  | 'greater_equal'
  | 'less_than'
  | 'less_equal'
  | 'starts_with'
  | 'ends_with'
  | 'contains'
  | 'not_contains'
  | 'in'
  | 'not_in'
  | 'between'
  | 'not_between'
  | 'is_null'
  | 'is_not_null';

/** How rules write "has no value". */
const EMPTY = /^\$\{EMPTY\}$/;

/**
 * Compares one field's value as the CRM does: texts without case, lookups by id or name, moments as
 * moments. An empty value is equal to nothing but itself.
 */
export function compare(held: unknown, comparator: Comparator, wanted: readonly string[]): boolean {
  const [first = '', second = ''] = wanted;
  const faces = facesOf(held);
  switch (comparator) {
    case 'is_null':
      return isEmpty(held);
    case 'is_not_null':
      return !isEmpty(held);
    case 'equals':
      return first === '' || EMPTY.test(first)
        ? isEmpty(held)
        : faces.some((face) => order(face, first) === 0);
    case 'not_equal':
      return !compare(held, 'equals', wanted);
    case 'in':
      return wanted.some((one) => compare(held, 'equals', [one]));
    case 'not_in':
      return !compare(held, 'in', wanted);
    case 'starts_with':
      return faces.some((face) => folded(face).startsWith(folded(first)));
    case 'ends_with':
      return faces.some((face) => folded(face).endsWith(folded(first)));
    case 'contains':
      return faces.some((face) => folded(face).includes(folded(first)));
    case 'not_contains':
      return !compare(held, 'contains', wanted);
    case 'between':
      return compare(held, 'greater_equal', [first]) && compare(held, 'less_equal', [second]);
    case 'not_between':
      return !compare(held, 'between', wanted);
    case 'greater_than':
      return faces.some((face) => order(face, first) > 0);
    case 'greater_equal':
      return faces.some((face) => order(face, first) >= 0);
    case 'less_than':
      return faces.some((face) => order(face, first) < 0);
    case 'less_equal':
      return faces.some((face) => order(face, first) <= 0);
  }
}

/** Negative, zero or positive, as numbers, moments or texts without case. */
export function order(left: string, right: string): number {
  // Ids have more digits than a number holds.
  if (LONG.test(left) && LONG.test(right)) return left.length - right.length || compareText(left, right);
  const numbers = left !== '' && right !== '' ? Number(left) - Number(right) : Number.NaN;
  if (!Number.isNaN(numbers)) return numbers;
  if (isTime(left) && isTime(right)) return Date.parse(left) - Date.parse(right);
  return compareText(folded(left), folded(right));
}

const LONG = /^[1-9]\d{15,}$/;
const compareText = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

const isEmpty = (held: unknown): boolean => held === null || held === undefined || held === '';
const folded = (text: string): string => text.normalize('NFC').toLowerCase();

function facesOf(held: unknown): string[] {
  if (isEmpty(held)) return [];
  if (Array.isArray(held)) return held.map(String);
  if (typeof held !== 'object' || held === null) return [String(held)];
  const { id, name, email } = held as Record<string, unknown>;
  return [id, name, email].filter((face) => typeof face === 'string');
}
