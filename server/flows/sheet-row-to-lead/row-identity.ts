import { foldText } from '../../core/cells/fold-text.ts';
import type { KnownRow, RowValues, SeenRow } from './rows.ts';

/** The field that tells one person from another: two addresses are two people. */
export const KEY = 'Email';
/** What a person is called. */
export const NAMES = ['Last_Name', 'First_Name'] as const;

export const keyOf = (values: RowValues): string | undefined => {
  const key = foldText(values[KEY] ?? '');
  return key === '' ? undefined : key;
};

/** The whole name, for comparison; empty where there is none. */
export const nameOf = (values: RowValues): string =>
  NAMES.map((field) => foldText(values[field] ?? ''))
    .join(' ')
    .trim();

/** Whether two names can be one person's: nothing of the one contradicts the other. */
export function sameName(left: RowValues, right: RowValues): boolean {
  const parts = NAMES.map((field) => [foldText(left[field] ?? ''), foldText(right[field] ?? '')] as const);
  const contradicts = parts.some(([one, other]) => one !== other && one !== '' && other !== '');
  const [[family, otherFamily] = ['', '']] = parts;
  return !contradicts && family === otherFamily;
}

function alikeOf(left: RowValues, right: RowValues, without: ReadonlySet<string>) {
  const fields = new Set([...Object.keys(left), ...Object.keys(right)]);
  const told = [...fields].filter((field) => !without.has(field));
  return { told: told.length, alike: told.filter((field) => left[field] === right[field]).length };
}

/**
 * Whether what stands at a known row's place now can be the same row, corrected. Another address is another
 * person, unless nothing but the address is new; without two addresses to compare, another name is. Where a
 * cell is not known yet, it contradicts nothing.
 */
export function couldBeCorrected(known: KnownRow, seen: SeenRow): boolean {
  const unknown = new Set(seen.unready ?? []);
  // A row that never became anything has no lead that could be another's: what is known of it must agree.
  if (known.unsent === true) return agrees(known.values, seen.values);
  const { told, alike } = alikeOf(known.values, seen.values, unknown);
  const [was, is] = [keyOf(known.values), keyOf(seen.values)];
  if (was !== undefined && is !== undefined && was !== is)
    return unknown.size === 0 && nameOf(seen.values) !== '' && alike === told - 1;
  if (unknown.size > 0) return agreesOnPerson(known.values, seen.values, unknown);
  return sameName(known.values, seen.values) && alike * 2 >= told;
}

function agrees(left: RowValues, right: RowValues): boolean {
  return Object.keys(left).every((field) => right[field] === undefined || left[field] === right[field]);
}

function agreesOnPerson(left: RowValues, right: RowValues, unknown: ReadonlySet<string>): boolean {
  return [KEY, ...NAMES].every(
    (field) => unknown.has(field) || foldText(left[field] ?? '') === foldText(right[field] ?? ''),
  );
}
