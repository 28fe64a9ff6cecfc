import { endOfPath, fileName, toldApart } from './file-name.ts';

const named = (name: string) => fileName(endOfPath(name), 'file-1');

it.each([
  ['plan.pdf', 'plan.pdf'],
  ['C:\\fakepath\\Été 2026.pdf', 'Été 2026.pdf'],
  ['../../etc/passwd', 'passwd'],
  ['photo\u0000.jpg\r\nX: y', 'photo_.jpg__X_ y'],
  ['devis\u202egpj.exe', 'devis_gpj.exe'],
  ['a "b" <c>.txt', 'a _b_ _c_.txt'],
  ['..', 'file-1'],
  ['dossier/', 'file-1'],
  ['', 'file-1'],
])('%j is called %j', (name, called) => {
  expect(named(name)).toBe(called);
});

it('shortens a name before its ending', () => {
  const long = named(`${'é'.repeat(300)}.jpeg`);
  expect(long).toHaveLength(200);
  expect(long.endsWith('….jpeg')).toBe(true);
});

it('tells equal names apart, whatever the case of their letters', () => {
  expect(toldApart(['image.jpg', 'IMAGE.jpg', 'image (2).jpg', 'notes', 'notes'])).toEqual([
    ...['image.jpg', 'IMAGE (2).jpg', 'image (2) (2).jpg', 'notes', 'notes (2)'],
  ]);
});
