import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { textsIn } from './texts-in-source.ts';

/** French texts are read in logs, mails, notes and documents that no screen sets: the space that does not break stands in them. */

const FOLDER = resolve(import.meta.dirname, '../server');
/** A space that may break before `: ; ! ?` or `»`, or after `«`. */
const BREAKS = / (?:[:;!?](?=[\s.,)…]|$)|»)|« /;
/** French whose language no key tells: what stands beside its English in an expression. */
const SIGNS_OF_FRENCH = /[«»àâçéèêëîïôûù]| [ldnsj]’/i;
/** A default message, to the letter as it was promised. */
const PROMISED = '🎉 Deal gagné ! {Deal_Name} - {Amount}€ par {Owner}';
/** Flows whose texts are still to be gone over. */
const STILL_TO_DO = /^flows\/(?:products|calendar-google-crm|contacts-[^/]+|people-crm|mailchimp-crm)\//;

const breaking = (source: string): string[] =>
  textsIn(source)
    .filter(({ text, language }) => language === 'fr' || (language === null && SIGNS_OF_FRENCH.test(text)))
    .map(({ text }) => text)
    .filter((text) => BREAKS.test(text) && text !== PROMISED);

it('no line breaks before high punctuation or inside guillemets: write \\u00a0 there', () => {
  const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !STILL_TO_DO.test(name),
  );
  const found = files.flatMap((name) =>
    breaking(readFileSync(join(FOLDER, name), 'utf8')).map((text) => `server/${name}: ${text}`),
  );
  expect(found).toEqual([]);
});

it.each<readonly [string, readonly string[]]>([
  [`const a = { en: 'So : now', fr: 'Attendez : rien', other: 'x : y' };`, ['Attendez : rien']],
  ['const a = { fr: `$' + '{b} : rien` };', [' : rien']],
  ['const a = { fr: (n) => (n ? `« $' + '{n} »` : "oui") };', ['« ', ' »']],
  ['const a = { fr(n) { return n ? `$' + '{t("« x")} ?` : "y"; } };', ['« x', ' ?']],
  [`const a = { fr: 'Attendez\\u00a0: rien' };`, []],
  [`const a = b ? 'x' : 'y ; z'; // fr: 'Ainsi ?'`, []],
  [`say('It waits : now', 'Ça attend : rien')`, ['Ça attend : rien']],
  [`const a = /'/.test(b) ? { fr: 'Ainsi ?' } : 'é';`, ['Ainsi ?']],
])('%s', (source, found) => {
  expect(breaking(source)).toEqual(found);
});
