import type { ThreadStart } from '../../core/threads.ts';

/** Signs are the same with and without what says how they are drawn. */
const folded = (text: string): string => text.normalize('NFC').replaceAll('\ufe0f', '').trim().toLowerCase();

const IS_WORD = /^[\p{L}\p{N}_]/u;
const WORD_SIGN = '[\\p{L}\\p{N}_]';
const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Whether somebody reacted to a message with the mark, or it stands in its text: a word by itself, a sign anywhere. */
export function isMarked(
  { reactions, text }: Pick<ThreadStart, 'reactions' | 'text'>,
  mark: string,
): boolean {
  const wanted = folded(mark);
  if (reactions.some((one) => folded(one) === wanted)) return true;
  if (!IS_WORD.test(wanted)) return folded(text).includes(wanted);
  return new RegExp(`(?<!${WORD_SIGN})${escaped(wanted)}(?!${WORD_SIGN})`, 'u').test(folded(text));
}
