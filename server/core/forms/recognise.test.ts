import type { FormFieldKind, FormValue } from './answer.ts';
import { partsOfName, recognise } from './recognise.ts';

const value = (title: string, given: FormValue['value'], kind: FormFieldKind = 'other'): FormValue => ({
  ...{ key: title, title, kind, value: given, origin: 'question' },
});
const found = (...values: FormValue[]) =>
  Object.fromEntries([...recognise(values)].map(([part, from]) => [part, from.value]));

it.each([
  ['Email', 'a@b.example', 'email'],
  ['Votre adresse e-mail', 'a@b.example', 'email'],
  ['courriel', 'a@b.example', 'email'],
  ['PhoneNumber_countrycode', '+33612345678', 'phone'],
  ['N° de téléphone', '06 12 34 56 78', 'phone'],
  ['Name_First', 'Léa', 'firstName'],
  ['Quel est votre prénom ?', 'Léa', 'firstName'],
  ['Name_Last', 'Martin', 'lastName'],
  ['Nom de famille', 'Martin', 'lastName'],
  ['Your Name and Surname', 'Léa Martin', 'fullName'],
  ['Nom et prénom', 'Martin Léa', 'fullName'],
  ['Nom', 'Martin', 'fullName'],
  ['Nom de la société', 'ACME', 'company'],
  ['Company name', 'ACME', 'company'],
  ['Raison sociale', 'ACME', 'company'],
])('%j is recognised', (title, given, part) => {
  expect(found(value(title, given))).toEqual({ [part]: given });
});

it.each([
  ['a tick about e-mail', value('Par e-mail', true)],
  ['a choice of several', value('Nom', ['A', 'B'])],
  ['an address that is none', value('E-mail', 'non')],
  ['a number that is too short', value('Téléphone', '12')],
  ['a country code', value('PhoneNumber_countrycode', '+33')],
  ['a long question', value(`${'Pourquoi '.repeat(12)}votre nom`, 'Martin')],
  ['what nobody asked for', value('Couleur', 'bleu')],
  ['a number', value('Nom', 12)],
])('is not taken for a part of a person: %s', (_name, given) => {
  expect(found(given)).toEqual({});
});

it('takes the type before the label, the first of several, and a name in parts before a whole one', () => {
  expect(found(value('Contact', 'a@b.example', 'email'), value('E-mail', 'c@d.example'))).toEqual({
    email: 'a@b.example',
  });
  expect(found(value('Nom', 'Martin'), value('Prénom', 'Léa'))).toEqual({
    firstName: 'Léa',
    lastName: 'Martin',
  });
});

it.each([
  ['Léa Martin', 'Léa', 'Martin'],
  ['Léa  de La Tour ', 'Léa', 'de La Tour'],
  ['Martin, Léa', 'Léa', 'Martin'],
  ['Martin', '', 'Martin'],
])('%j is %j and %j', (name, first, last) => {
  expect(partsOfName(name)).toEqual({ first, last });
});
