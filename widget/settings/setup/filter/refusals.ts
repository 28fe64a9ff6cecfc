import type { Texts } from '../../../language/english.ts';
import { problemWords } from '../../../pieces/problem-notice.tsx';
import { type DraftGroup, unfinished } from './filter-draft.ts';

/**
 * What is wrong with conditions, by where it stands in them (`all.0.value`).
 *
 * @param error what the server refused; null: nothing.
 * @param under the name of the filter in a change: `filter`, `filter.left`.
 * @param isTried whether what is missing is told yet.
 */
export function refusalsOf(
  draft: DraftGroup,
  error: unknown,
  { under, isTried, texts }: { readonly under: string; readonly isTried: boolean; readonly texts: Texts },
): ReadonlyMap<string, string> {
  const refused = error === null ? [] : problemWords(error, texts).fields;
  const missing = isTried ? [...unfinished(draft)] : [];
  return new Map([
    ...refused
      .filter(({ field }) => isUnder(field, under))
      .map(({ field, detail }): [string, string] => [field.slice(under.length + 1), detail]),
    ...missing.map(([at, what]): [string, string] => [
      at,
      what === 'field' ? texts.setup.filter.noField : texts.setup.filter.noValue,
    ]),
  ]);
}

/** Whether a refused field is a part of the filter of that name. */
export const isUnder = (field: string, under: string): boolean =>
  field === under || field.startsWith(`${under}.`);
