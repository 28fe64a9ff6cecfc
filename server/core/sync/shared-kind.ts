import type { FieldKind } from '../sync-object.ts';
import type { FieldDirection } from './mapping.ts';

/** Kinds that are a text, and are compared as the more telling of two. */
const TEXTS: readonly FieldKind[] = ['long-text', 'text', 'choice', 'company', 'phone', 'email', 'code'];

/**
 * The kind under which two fields are compared when a row of a mapping joins them; null when what the one
 * holds cannot be written into the other.
 *
 * @example sharedKind('text', 'email', 'both') // 'email'
 */
export function sharedKind(left: FieldKind, right: FieldKind, direction: FieldDirection): FieldKind | null {
  // What both count by themselves has one master: both ways, each sale would be carried over twice.
  if (left === 'stock' && right === 'stock') return direction === 'both' ? null : 'stock';
  if (left === right) return left;
  const kinds = [left, right];
  if (kinds.every((kind) => TEXTS.includes(kind))) {
    return TEXTS[Math.max(TEXTS.indexOf(left), TEXTS.indexOf(right))] ?? null;
  }
  // Whoever opted out says so with a yes on either side.
  if (kinds.includes('consent') && kinds.includes('boolean')) return 'consent';
  // A choice may become a label; of several labels none is the choice.
  if (kinds.includes('labels')) {
    const toLabels = direction === (left === 'labels' ? 'to-left' : 'to-right');
    return toLabels && kinds.some((kind) => kind === 'choice' || kind === 'text') ? 'labels' : null;
  }
  // A date says which day of the year it is; no day of the year says which date.
  if (kinds.includes('date') && kinds.includes('birthday')) {
    return direction === (left === 'date' ? 'to-right' : 'to-left') ? 'birthday' : null;
  }
  // A date is written as `2026-11-24` into a text; a text need not be a date.
  const withText = kinds.some((kind) => kind === 'text' || kind === 'long-text');
  if (kinds.includes('date')) {
    const toText = direction === (left === 'date' ? 'to-right' : 'to-left');
    return toText && withText ? 'date' : null;
  }
  // Where a text field holds such days already, both ways: a text that is none is refused by itself.
  return kinds.includes('birthday') && withText ? 'birthday' : null;
}
