import type { Texts } from '../../../language/english.ts';
import type { Draft } from './mapping-draft.ts';

export const MOST_RECORDS = 1_000_000;
export const MOST_PERCENT = 100;

/** Whether a number may stand in the brake: whole, from nought to the most. */
export const fitsBrake = (value: number, most: number): boolean =>
  Number.isInteger(value) && value >= 0 && value <= most;

/** Why the settings cannot be saved as they stand, before anybody is asked; null: nothing is against it. */
export function hindranceOf(
  { rows, matchBy, brake }: Draft,
  words: Texts['syncs']['mapping'],
): string | null {
  if (rows.length === 0) return words.noRows;
  if (rows.some(({ left, right }) => left === '' || right === '')) return words.openRow;
  if (matchBy.length === 0) return words.noKeys;
  if (!fitsBrake(brake.records, MOST_RECORDS) || !fitsBrake(brake.percent, MOST_PERCENT))
    return words.badBrake;
  return null;
}
