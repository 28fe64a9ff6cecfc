import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { textsIn } from './texts-in-source.ts';

/** What puts them right. */
export const COMMAND = 'npm run french';

/** A space that may break before `: ; ! ?` or `»`, or after `«`. */
const BREAKING = / (?=[:;!?](?:[\s.,)…]|\\n|$)|»)|(?<=«) /g;
/** French whose language no key tells: what stands beside its English in an expression. */
const SIGNS_OF_FRENCH = /[«»àâçéèêëîïôûù]| [ldnsj]’/i;
/** A default message, to the letter as it was promised. */
const PROMISED = '🎉 Deal gagné ! {Deal_Name} - {Amount}€ par {Owner}';
/** French pieces of text in a source in which a line could break where it must not. */
function breakingIn(source: string) {
  return textsIn(source).filter(
    ({ text, language }) =>
      (language === 'fr' || (language === null && SIGNS_OF_FRENCH.test(text))) &&
      text !== PROMISED &&
      text.search(BREAKING) >= 0,
  );
}

export const breaking = (source: string): string[] => breakingIn(source).map(({ text }) => text);

/** The source with spaces there that do not break. */
export function unbroken(source: string): string {
  let text = source;
  for (const { from, to } of breakingIn(source).reverse())
    text = text.slice(0, from) + text.slice(from, to).replace(BREAKING, '\\u00a0') + text.slice(to);
  return text;
}

/** Sources whose sentences people read, each by its path. */
export const frenchSources = (root: string): (readonly [path: string, source: string])[] =>
  readdirSync(join(root, 'server'), { recursive: true, encoding: 'utf8' })
    .map((name) => `server/${name}`)
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
    .map((path) => [path, readFileSync(join(root, path), 'utf8')]);
