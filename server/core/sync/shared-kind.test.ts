import type { FieldKind } from '../sync-object.ts';
import type { FieldDirection } from './mapping.ts';
import { sharedKind } from './shared-kind.ts';

type Case = readonly [left: FieldKind, right: FieldKind, direction: FieldDirection, kind: FieldKind | null];

it.each<Case>([
  ['birthday', 'birthday', 'both', 'birthday'],
  ['birthday', 'date', 'to-left', 'birthday'],
  ['date', 'birthday', 'to-right', 'birthday'],
  // No year is ever made up for a day that has none.
  ['birthday', 'date', 'both', null],
  ['birthday', 'date', 'to-right', null],
  ['date', 'birthday', 'to-left', null],
  ['birthday', 'text', 'to-right', 'birthday'],
  ['birthday', 'text', 'both', 'birthday'],
  ['long-text', 'birthday', 'to-right', 'birthday'],
  ['birthday', 'number', 'to-right', null],
  ['date', 'long-text', 'to-right', 'date'],
  ['date', 'text', 'both', null],
  // One part of an address is no address.
  ['json', 'text', 'both', null],
  ['json', 'text', 'to-left', null],
  ['json', 'text', 'to-right', null],
])('a field of kind %s and one of kind %s, %s, meet as %s', (left, right, direction, kind) => {
  expect(sharedKind(left, right, direction)).toBe(kind);
});
