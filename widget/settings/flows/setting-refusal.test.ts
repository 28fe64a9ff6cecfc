import { english } from '../../language/english.ts';
import { french } from '../../language/french.ts';
import type { SettingField } from './setting-fields.ts';
import { settingRefusal } from './setting-refusal.ts';

const field = (kind: SettingField['kind'], required = false): SettingField => ({
  name: 'one',
  title: 'One',
  hint: null,
  empty: null,
  required,
  atStart: false,
  ofRecords: false,
  kind,
});
const count = field({ type: 'number', step: 1, min: 0, max: 50 });
const said = (of: SettingField, value: unknown, texts = english) =>
  settingRefusal(of, value, texts.flows, String);

it('says in the reader’s language what is wrong with a value, before it is sent', () => {
  expect(said(count, -1)).toBe('At least 0.');
  expect(said(count, 51, french)).toBe('50 au plus.');
  expect(said(count, 1.5)).toBe('A whole number.');
  expect(said(count, '')).toBe(english.flows.required);
  expect(said(count, Number.NaN, french)).toBe('Un nombre.');
  expect(said(count, 50)).toBeUndefined();
});

it('demands only what must be there', () => {
  const text = { type: 'text', long: false, maxLength: undefined } as const;
  expect(said(field(text, true), '  ', french)).toBe(french.flows.required);
  expect(said(field(text), '')).toBeUndefined();
  expect(said(field({ type: 'boolean' }, true), false)).toBeUndefined();
});
