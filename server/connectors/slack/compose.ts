import { fitText } from '../../core/fit-text.ts';
import { JOINER, literal } from './markup.ts';

/**
 * Longest text that Slack shows as one message: above it cuts the text into several or refuses it.
 * https://docs.slack.dev/reference/methods/chat.postMessage#truncating
 */
export const LONGEST_TEXT = 4_000;

/** One part of a message: Slack's markup as somebody wrote it, or a value of a record. */
export type MessagePart = { readonly markup: string } | { readonly value: string };

const markupOf = (part: MessagePart): string => ('markup' in part ? part.markup : literal(part.value));

/**
 * The parts as one text that Slack shows as one message. Where they are too long, the longest values are
 * shortened visibly, so that no markup is broken, and `whole` stands at the end.
 *
 * @param whole markup that leads to the whole text; empty: nothing does.
 */
export function composeMessage(parts: readonly MessagePart[], whole = ''): string {
  const text = joined(parts.map(markupOf));
  if (text.length <= LONGEST_TEXT) return text;
  const end = whole === '' ? '' : `\n${whole}`;
  const fixed = parts.reduce((sum, part) => sum + ('markup' in part ? part.markup.length : 0), end.length);
  const share = shareOf(
    parts.flatMap((part) => ('value' in part ? [literal(part.value).length] : [])),
    LONGEST_TEXT - fixed,
  );
  const fitted = joined(
    parts.map((part) => ('markup' in part ? part.markup : fitLiteral(part.value, share))),
  );
  return `${fitText(fitted, LONGEST_TEXT - end.length)}${end}`;
}

/** Half an emoji at the end of one part and half at the start of the next are none. */
const HALVES = [/:[\p{L}\p{N}_+'-]*$/u, /^[\p{L}\p{N}_+'-]*:/u] as const;

function joined(texts: readonly string[]): string {
  return texts.reduce((before, text) => {
    const makesEmoji = HALVES[0].test(before) && HALVES[1].test(text);
    return `${before}${makesEmoji ? JOINER : ''}${text}`;
  }, '');
}

/** How much each may take at most, so that all together take no more than the room: short ones stay whole. */
function shareOf(lengths: readonly number[], room: number): number {
  let left = Math.max(0, room);
  const sorted = [...lengths].sort((one, other) => one - other);
  for (const [index, length] of sorted.entries()) {
    const share = Math.floor(left / (sorted.length - index));
    if (length > share) return share;
    left -= length;
  }
  return left;
}

/** As much of the value as its markup has room for. */
function fitLiteral(value: string, room: number): string {
  let limit = Math.min(value.length, room);
  for (;;) {
    const text = literal(fitText(value, limit));
    const over = text.length - room;
    if (over <= 0 || limit === 0) return limit === 0 ? '' : text;
    // A sign takes several characters as markup, so that less has to go than there is too much.
    limit -= Math.max(1, Math.floor(over / 5));
  }
}
