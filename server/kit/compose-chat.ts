import { fitText } from '../core/fit-text.ts';
import type { MessagePart } from '../core/messages.ts';
import { JOINER } from './chat-text.ts';

export interface ChatMarkup {
  /** Most characters of one message. */
  readonly longest: number;
  /** A value of a record as the chat's markup: people read it with its signs. */
  literal(value: string): string;
}

/**
 * The parts as one text that the chat shows as one message. Where they are too long, the longest values are
 * shortened visibly, so that no markup is broken, and `whole` stands at the end.
 *
 * @param whole markup that leads to the whole text; empty: nothing does.
 */
export function composeChat(
  { longest, literal }: ChatMarkup,
  parts: readonly MessagePart[],
  whole = '',
): string {
  const markupOf = (part: MessagePart): string => ('markup' in part ? part.markup : literal(part.value));
  const text = joined(parts.map(markupOf));
  if (text.length <= longest) return text;
  const end = whole === '' ? '' : `\n${whole}`;
  const fixed = parts.reduce((sum, part) => sum + ('markup' in part ? part.markup.length : 0), end.length);
  const share = shareOf(
    parts.flatMap((part) => ('value' in part ? [literal(part.value).length] : [])),
    longest - fixed,
  );
  const fitted = joined(
    parts.map((part) => ('markup' in part ? part.markup : fitLiteral(part.value, share, literal))),
  );
  return `${fitText(fitted, longest - end.length)}${end}`;
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
function fitLiteral(value: string, room: number, literal: ChatMarkup['literal']): string {
  let limit = Math.min(value.length, room);
  for (;;) {
    const text = literal(fitText(value, limit));
    const over = text.length - room;
    if (over <= 0 || limit === 0) return limit === 0 ? '' : text;
    // A sign takes several characters as markup, so that less has to go than there is too much.
    limit -= Math.max(1, Math.floor(over / 5));
  }
}
