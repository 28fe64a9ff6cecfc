import type { FormAnswer } from '../../core/forms/answer.ts';
import { consentOf } from './consent.ts';
import { settings } from './settings.ts';

const asked = settings.parse({ consent: 'c' });
const answered = (value?: string | boolean | readonly string[]): FormAnswer =>
  ({
    values: value === undefined ? [] : [{ key: 'c', title: 'c', kind: 'text', origin: 'asked', value }],
  }) as unknown as FormAnswer;

it.each([
  ['I agree', 'given'],
  ['J’accepte de recevoir la lettre', 'given'],
  ['Oui', 'given'],
  [true, 'given'],
  [['Newsletter'], 'given'],
  [undefined, 'refused'],
  ['', 'refused'],
  [false, 'refused'],
  ['Non merci', 'refused'],
  ['Je refuse', 'refused'],
  ['Je n’accepte pas', 'refused'],
  ["Je n'accepte rien", 'refused'],
  ['I do not agree', 'refused'],
  ['I don’t want any', 'refused'],
  ['Décliné', 'refused'],
] as const)('%s is consent %s: what says no anywhere, or nothing, is none', (value, is) => {
  expect(consentOf(answered(value), asked)).toBe(is);
});

it('is null where it is not asked', () => {
  expect(consentOf(answered('Non'), settings.parse({}))).toBeNull();
});
