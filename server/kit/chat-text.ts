/**
 * Chats have no escape for their format signs. A word joiner (U+2060) is not seen, and a sign that has one on each
 * side stands at no word's edge, where alone chats take it for a mark.
 */
export const JOINER = '\u2060';

const FORMAT_SIGNS = /[*_~`]+/g;
/** `:name:` becomes a picture; a time of day or a ratio can look like one. */
const EMOJI = /:(?=[\p{L}\p{N}_+'-]+:)/gu;
/** Control characters but the tab and the line break: no text, and no store takes all of them. */
const CONTROLS = /[^\P{Cc}\t\n]/gu;

/** A value with nothing in it that is no text. */
export const cleanText = (value: string): string =>
  value.replace(/\r\n?/g, '\n').replace(CONTROLS, '').toWellFormed();

/** The text with its format signs and would-be pictures as people see them. */
export const unformatted = (text: string): string =>
  text
    .replace(FORMAT_SIGNS, (signs) => `${JOINER}${[...signs].join(JOINER)}${JOINER}`)
    .replace(EMOJI, `:${JOINER}`);
