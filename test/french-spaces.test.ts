import { join } from 'node:path';
import { breaking, COMMAND, frenchSources, unbroken } from '../scripts/french/spaces.ts';

/** French texts are read in logs, mails, notes and documents that no screen sets: the space that does not break stands in them. */

it('no line breaks before high punctuation or inside guillemets', () => {
  const found = frenchSources(join(import.meta.dirname, '..')).flatMap(([path, source]) =>
    breaking(source).map((text) => `${path} has a space that may break: run ${COMMAND}. ${text}`),
  );
  expect(found).toEqual([]);
});

it.each<readonly [string, readonly string[], string]>([
  [
    `const a = { en: 'So : now', fr: 'Attendez : rien', other: 'x : y' };`,
    ['Attendez : rien'],
    `const a = { en: 'So : now', fr: 'Attendez\\u00a0: rien', other: 'x : y' };`,
  ],
  ['const a = { fr: `$' + '{b} : rien` };', [' : rien'], 'const a = { fr: `$' + '{b}\\u00a0: rien` };'],
  [
    'const a = { fr: (n) => (n ? `« $' + '{n} »` : "oui") };',
    ['« ', ' »'],
    'const a = { fr: (n) => (n ? `«\\u00a0$' + '{n}\\u00a0»` : "oui") };',
  ],
  [
    'const a = { fr(n) { return n ? `$' + '{t("« x")} ?` : "y"; } };',
    ['« x', ' ?'],
    'const a = { fr(n) { return n ? `$' + '{t("«\\u00a0x")}\\u00a0?` : "y"; } };',
  ],
  [
    `say('It waits : now', 'Ça attend : rien')`,
    ['Ça attend : rien'],
    `say('It waits : now', 'Ça attend\\u00a0: rien')`,
  ],
  [
    `const a = /'/.test(b) ? { fr: 'L\\'une ?' } : 'é';`,
    ["L'une ?"],
    `const a = /'/.test(b) ? { fr: 'L\\'une\\u00a0?' } : 'é';`,
  ],
  ...[
    `const a = { fr: 'Attendez\\u00a0: rien' };`,
    `const a = b ? 'x' : 'y ; z'; // fr: 'Ainsi ?'`,
    `const a = { en: 'Won ? {n}', fr: 'https://x.example/?a=1 à 10:30' };`,
  ].map((source) => [source, [], source] as const),
])('%s', (source, found, mended) => {
  expect(breaking(source)).toEqual(found);
  expect(unbroken(source)).toBe(mended);
  expect(breaking(mended)).toEqual([]);
});
