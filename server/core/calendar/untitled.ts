import type { Label } from '../label.ts';
import type { Sentence } from '../sentence.ts';

/** What a meeting without a title is called where it has to have one. Never written where it may have none. */
export const UNTITLED = '(No title)';
const WORDS: Sentence = { en: UNTITLED, fr: '(Sans titre)' };
/** What a private meeting is called: its title is nobody's but whose calendar it is in. */
export const PRIVATE_TITLE = '(Private)';
const PRIVATE_WORDS: Sentence = { en: PRIVATE_TITLE, fr: '(Privée)' };
const STAND_INS: Readonly<Record<string, string>> = { ...WORDS };

/** A title as two sides compare it: what stands in for none, in whatever language, is the same. */
export function comparedTitle(written: string | null | undefined): string {
  const title = written ?? '';
  return title.trim() === '' || Object.values(STAND_INS).includes(title.trim()) ? UNTITLED : title;
}

/** What a record is called, for readers: what stands in for a title is of either language, whichever was stored. */
export function saidTitle(label: string): Label {
  if (label === PRIVATE_TITLE) return PRIVATE_WORDS;
  return label !== '' && comparedTitle(label) === UNTITLED ? WORDS : label;
}

/** A title for a side that needs one. @param locale BCP 47, of whoever reads it there. */
export const neededTitle = (title: string, locale: string): string =>
  title === UNTITLED ? (STAND_INS[locale.slice(0, 2)] ?? UNTITLED) : title;

/** A title for a side that may have none: null for what only stands in for it. */
export const ownTitle = (title: string): string | null => (comparedTitle(title) === UNTITLED ? null : title);
