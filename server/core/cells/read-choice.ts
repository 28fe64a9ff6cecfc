import { type Cell, type CellField, type Choice, type Reading, UNREADABLE, value } from './cell.ts';
import { foldText } from './fold-text.ts';

const YES = new Set(['true', 'vrai', 'yes', 'oui', 'y', 'o', 'x', '1', 'on', '✓', '✔', '☑', '✅']);
const NO = new Set(['false', 'faux', 'no', 'non', 'n', '0', 'off', '☐', '✗', '❌']);

/** Yes or no, in English or French, or a tick. */
export function readBoolean(cell: Cell): Reading {
  if (typeof cell.value === 'boolean') return value(cell.value);
  const text = typeof cell.value === 'number' ? String(cell.value) : foldText(cell.shown);
  if (YES.has(text)) return value(true);
  return NO.has(text) ? value(false) : UNREADABLE;
}

/** The choice that a text names, as it is written; case and accents do not matter. */
function chosen(text: string, choices: readonly Choice[]): string | null {
  const exact = choices.find((choice) => choice.value === text || choice.shown === text);
  const folded = foldText(text);
  const like = (choice: Choice): boolean =>
    foldText(choice.value) === folded || foldText(choice.shown) === folded;
  return (exact ?? choices.find(like))?.value ?? null;
}

/** One of the field's choices; any text where the field has none of its own. */
export function readChoice(cell: Cell, { choices = [], maxLength }: CellField): Reading {
  const text = cell.shown.trim();
  if (choices.length === 0) return fitting(text, maxLength);
  const found = chosen(text, choices);
  return found === null ? UNREADABLE : value(found);
}

/** Some of the field's choices, parted by semicolons, bars, line breaks, or else commas. */
export function readChoices(cell: Cell, { choices = [] }: CellField): Reading {
  const text = cell.shown.trim();
  const whole = choices.length === 0 ? null : chosen(text, choices);
  if (whole !== null) return value([whole]);
  const parted = text.split(/[;|\n]/);
  const wishes = (parted.length > 1 ? parted : text.split(',')).map((one) => one.trim()).filter(Boolean);
  const found = wishes.map((wish) => (choices.length === 0 ? wish : chosen(wish, choices)));
  return found.includes(null) || found.length === 0 ? UNREADABLE : value([...new Set(found as string[])]);
}

function fitting(text: string, limit: number | undefined): Reading {
  return limit !== undefined && text.length > limit ? { kind: 'too-long', limit } : value(text);
}
