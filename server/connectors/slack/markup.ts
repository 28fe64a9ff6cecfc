/**
 * Slack has no escape for its format signs: https://docs.slack.dev/messaging/formatting-message-text#escaping
 * A word joiner (U+2060) is not seen, and a sign that has one on each side stands at no word's edge, where
 * alone Slack takes it for a mark.
 */
export const JOINER = '\u2060';

const FORMAT_SIGNS = /[*_~`]+/g;
/** `:name:` becomes a picture; a time of day or a ratio can look like one. */
const EMOJI = /:(?=[\p{L}\p{N}_+'-]+:)/gu;
/** Makes a quotation of the line that it begins. */
const QUOTE = /^(?=&gt;)/gm;
/** Control characters but the tab and the line break: no text, and no store takes all of them. */
const CONTROLS = /[^\P{Cc}\t\n]/gu;

/**
 * A value of a record as Slack's markup: people read it with its signs, and it notifies nobody, links nowhere
 * and formats nothing. What holds no sign stands as it is.
 */
export function literal(value: string): string {
  return value
    .replace(/\r\n?/g, '\n')
    .replace(CONTROLS, '')
    .toWellFormed()
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(FORMAT_SIGNS, (signs) => `${JOINER}${[...signs].join(JOINER)}${JOINER}`)
    .replace(EMOJI, `:${JOINER}`)
    .replace(QUOTE, JOINER);
}

const LINK = /<(?:(?:https?|mailto):[^<>|]*\|([^<>]*)|((?:https?|mailto):[^<>|]*))>/g;
const MARKED = /(?<![\p{L}\p{N}\u2060])([*_~`])(?=\S)([^\n]*?\S)\1(?![\p{L}\p{N}\u2060])/gu;

/** The message as people read it: for a look at it elsewhere than in Slack. */
export function readable(markup: string): string {
  return markup
    .replace(LINK, (_whole, label: string | undefined, address: string | undefined) => label ?? address ?? '')
    .replace(MARKED, '$2')
    .replaceAll(JOINER, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
