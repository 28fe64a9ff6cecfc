import type { FieldValue } from '../sync-object.ts';

type Members = Readonly<Record<string, FieldValue>>;

export const isMembers = (value: FieldValue | undefined): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether two values are the same JSON; an absent member is a null one, and members have no order. */
export function sameValue(one: FieldValue | undefined, other: FieldValue | undefined): boolean {
  const a = one ?? null;
  const b = other ?? null;
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => sameValue(item, b[index]));
  }
  if (!isMembers(a) || !isMembers(b)) return false;
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((key) => sameValue(a[key], b[key]));
}

/** The value with its members in order and without blank ones, so that its text can be compared. */
export function sortedJson(value: FieldValue): FieldValue {
  if (typeof value === 'string') return value.normalize('NFC');
  if (Array.isArray(value)) return value.map(sortedJson);
  if (!isMembers(value)) return value;
  const members = Object.entries(value)
    .filter(([, member]) => member !== null && member !== undefined)
    .map(([key, member]) => [key, sortedJson(member)] as const);
  return Object.fromEntries(members.sort(([a], [b]) => byText(a, b)));
}

/** Order of texts that is the same on every machine. */
export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
