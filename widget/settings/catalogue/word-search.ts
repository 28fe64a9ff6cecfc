import { foldText } from '../../../server/core/cells/fold-text.ts';

/** Words as they are compared: accents, case and the writing of `œ` do not matter. */
const folded = (text: string): string => foldText(text).replaceAll('œ', 'oe').replaceAll('æ', 'ae');

/** Shorter ones that end so are no plurals (`CRM's`, `bus`). */
const SHORTEST_PLURAL = 4;

/** Whether it is asked for one or for several makes no difference, in either language. */
const singular = (word: string): string =>
  word.length >= SHORTEST_PLURAL && /[sx]$/.test(word) ? word.slice(0, -1) : word;

/**
 * Makes a test of whether what is written of something holds every word that was typed, whole or begun, in whatever
 * order and whichever language of the texts. Nothing typed: everything holds it.
 */
export function searchFor(typed: string): (texts: readonly string[]) => boolean {
  const words = folded(typed)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .map(singular);
  return (texts) => {
    const all = folded(texts.join('\n'));
    return words.every((word) => all.includes(word));
  };
}
