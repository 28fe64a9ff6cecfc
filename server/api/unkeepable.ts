import type { Sentence } from '../core/sentence.ts';

/** Something that was sent and that no answer of ours or row of the database could hold. */
export interface Unkeepable {
  readonly path: readonly string[];
  readonly sentence: Sentence;
}

/** Objects and lists in one another. What people send has far fewer; each level costs those who read it a call. */
const DEEPEST = 40;

const NO_TEXT: Sentence = {
  en: 'It has a character that cannot be stored. Type it again instead of pasting it.',
  fr: 'Un de ses caractères ne peut pas être enregistré. Saisissez-le de nouveau au lieu de le coller.',
};
const TOO_DEEP: Sentence = {
  en: 'It is nested too deep. Use fewer levels.',
  fr: 'L’imbrication est trop profonde. Utilisez moins de niveaux.',
};

/** PostgreSQL keeps no NUL in a text, and no half of a surrogate pair in JSON. */
const isText = (text: string): boolean => text.isWellFormed() && !text.includes('\0');

/** The first thing in what was sent that cannot be kept; null: all of it can. Needs no stack, however deep it is. */
export function findUnkeepable(sent: unknown): Unkeepable | null {
  const left: { readonly value: unknown; readonly path: readonly string[] }[] = [{ value: sent, path: [] }];
  for (let one = left.pop(); one !== undefined; one = left.pop()) {
    const { value, path } = one;
    if (typeof value === 'string' && !isText(value)) return { path, sentence: NO_TEXT };
    if (typeof value !== 'object' || value === null) continue;
    if (path.length >= DEEPEST) return { path: path.slice(0, 1), sentence: TOO_DEEP };
    for (const [name, inner] of Object.entries(value)) {
      if (!isText(name)) return { path, sentence: NO_TEXT };
      left.push({ value: inner, path: [...path, name] });
    }
  }
  return null;
}

/** The same without what cannot be stored of its texts. What is nested too deep stays, and is refused. */
export function keepable(sent: unknown, depth = 0): unknown {
  if (typeof sent === 'string') return isText(sent) ? sent : sent.toWellFormed().replaceAll('\0', '');
  if (typeof sent !== 'object' || sent === null || depth > DEEPEST) return sent;
  if (Array.isArray(sent)) return sent.map((one) => keepable(one, depth + 1));
  return Object.fromEntries(Object.entries(sent).map(([name, inner]) => [name, keepable(inner, depth + 1)]));
}
