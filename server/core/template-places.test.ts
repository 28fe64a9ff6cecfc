import { templatePlaces } from './template-places.ts';

const writing = { locale: 'fr-FR', timeZone: 'Europe/Paris' };
const places = templatePlaces<{ readonly name: string | null }>([
  ['Name', { en: 'Name', fr: 'Nom' }, ({ name }) => name],
  ['Language', { en: 'Language', fr: 'Langue' }, (_thing, { locale }) => locale],
]);

it('places are offered in the words of the locale, as they are written', () => {
  expect(places.written).toBe('{Name}, {Language}');
  expect(places.offered('en-GB').map(({ value, title }) => [value, title])).toEqual([
    ['{Name}', 'Name'],
    ['{Language}', 'Language'],
  ]);
  expect(places.offered('fr-FR')[0]?.title).toBe('Nom');
});

it('case does not matter, and is put right; what nothing fills is named', () => {
  expect(places.spelled('{ name } · {LANGUAGE}')).toBe('{Name} · {Language}');
  expect(places.unknownIn('{name} {Language}')).toBeNull();
  expect(places.unknownIn('{Colour} {Name} {Size}')).toBe('{Colour}, {Size}');
});

it('a place says what the thing says, and nothing where that is nothing', () => {
  expect(places.value('NAME', { name: 'Léa' }, writing)).toBe('Léa');
  expect(places.value('language', { name: null }, writing)).toBe('fr-FR');
  expect([
    places.value('Name', { name: null }, writing),
    places.value('Colour', { name: 'Léa' }, writing),
  ]).toEqual([null, null]);
});
