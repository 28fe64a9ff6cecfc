import { cleanText, JOINER, unformatted } from '../../kit/chat-text.ts';

/** Makes a quotation of the line that it begins. */
const QUOTE = /^(?=&gt;)/gm;

/**
 * A value of a record as Slack's markup (https://docs.slack.dev/messaging/formatting-message-text#escaping): people read it with its signs, and it notifies nobody, links nowhere
 * and formats nothing. What holds no sign stands as it is.
 */
export function literal(value: string): string {
  const escaped = cleanText(value).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return unformatted(escaped).replace(QUOTE, JOINER);
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
