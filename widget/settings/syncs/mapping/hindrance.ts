import type { Texts } from '../../../language/english.ts';
import { brakeFits, type Draft } from './mapping-draft.ts';

/** Why the settings cannot be saved as they stand, before anybody is asked; null: nothing is against it. */
export function hindranceOf(draft: Draft, words: Texts['syncs']['mapping']): string | null {
  const { rows, matchBy } = draft;
  if (rows.length === 0) return words.noRows;
  if (rows.some(({ left, right }) => left === '' || right === '')) return words.openRow;
  if (matchBy.length === 0) return words.noKeys;
  if (!brakeFits(draft)) return words.badBrake;
  return null;
}
