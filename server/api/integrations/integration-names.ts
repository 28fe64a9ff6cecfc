import { integrationTitle } from '../../core/integration-title.ts';
import { languageOf, type Sentence } from '../../core/sentence.ts';
import type { IntegrationRow } from '../../store/integrations.ts';
import { NAME_TAKEN, type Refusal } from './integration-refusals.ts';

type Titles = ReadonlyMap<string, { readonly titles: Sentence }>;
type Named = Pick<IntegrationRow, 'id' | 'flow' | 'name'>;

const folded = (name: string): string => name.normalize('NFKC').trim().toLocaleLowerCase();

/** What the others are called, in both languages: a name must be told apart in each. */
const taken = (rows: readonly Named[], except: string | null, titles: Titles): Set<string> =>
  new Set(
    rows
      .filter(({ id }) => id !== except)
      .flatMap((row) => Object.values(integrationTitle(row, titles)))
      .map(folded),
  );

/** @param name null: as the flow is called, where no other integration is. */
export function checkName(
  name: string | null,
  own: Named | null,
  rows: readonly Named[],
  titles: Titles,
): Refusal[] {
  const names = taken(rows, own?.id ?? null, titles);
  if (name !== null) return names.has(folded(name)) ? [NAME_TAKEN] : [];
  if (own === null) return [];
  const plain = Object.values(integrationTitle({ ...own, name: null }, titles));
  return plain.some((one) => names.has(folded(one))) ? [NAME_TAKEN] : [];
}

/** A name for an integration that was given none: the flow's, with a number where another one has it. */
export function freeName(
  flow: { readonly id: string; readonly titles: Sentence },
  locale: string,
  rows: readonly Named[],
  titles: Titles,
): string | null {
  const names = taken(rows, null, titles);
  if (!Object.values(flow.titles).some((title) => names.has(folded(title)))) return null;
  const title = flow.titles[languageOf(locale)];
  for (let number = 2; ; number += 1) {
    const name = `${title} ${number}`;
    if (!names.has(folded(name))) return name;
  }
}

const LONGEST_NAME = 80;

const COPY_WORD: Sentence = { en: 'copy', fr: 'copie' };

/** What an earlier copy's name ends with. */
const COPY = / \((?:copy|copie)(?: \d+)?\)$/u;

/** A name for the copy of an integration, that no other one has: that of what is copied, with a word after it. */
export function copyName(of: Sentence, locale: string, rows: readonly Named[], titles: Titles): string {
  const names = taken(rows, null, titles);
  const language = languageOf(locale);
  const word = COPY_WORD[language];
  const like = of[language];
  for (let number = 1; ; number += 1) {
    const end = ` (${word}${number === 1 ? '' : ` ${number}`})`;
    const start = [...like.replace(COPY, '')].slice(0, LONGEST_NAME - end.length).join('');
    const name = `${start.trimEnd()}${end}`;
    if (!names.has(folded(name))) return name;
  }
}
