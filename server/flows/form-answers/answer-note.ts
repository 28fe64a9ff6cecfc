import type { ZohoCrmClient } from '../../connectors/zoho-crm/client.ts';
import { fitText } from '../../core/fit-text.ts';
import { type FormAnswer, shownValue } from '../../core/forms/answer.ts';
import type { Language, Sentence } from '../../core/sentence.ts';
import type { Module } from './person-of-answer.ts';

/** https://www.zoho.com/crm/developer/docs/api/v8/create-notes.html */
export const LONGEST_TITLE = 120;
export const LONGEST_CONTENT = 32_000;

export interface Note {
  readonly title: string;
  readonly content: string;
}

/** The whole answer, a question a line, and what of it fills no field that it was to fill, or could not be attached. */
export function noteOf(
  answer: FormAnswer,
  form: string,
  unfit: readonly Sentence[],
  language: Language,
): Note {
  const title = { en: 'Form', fr: 'Formulaire' }[language];
  const sent = { en: 'Sent', fr: 'Envoyé' }[language];
  const colon = { en: ': ', fr: '\u00a0: ' }[language];
  const lines = answer.values
    // The form stands in the title; how it ended is told by deliveries alone.
    .filter(({ key }) => key !== 'told:form' && key !== 'told:ending')
    .map(({ title: asked, titles, value }) => {
      const shown = shownValue(value, language);
      return `${titles?.[language] ?? asked}${colon}${shown}`;
    });
  const content = [
    ...lines,
    ...(answer.at === null ? [] : [`${sent}${colon}${answer.at}`]),
    ...unfit.map((one) => one[language]),
  ].join('\n');
  return {
    title: fitText([title, form].filter(Boolean).join(colon), LONGEST_TITLE),
    content: fitText(content, LONGEST_CONTENT),
  };
}

const same = (one: string, other: string): boolean =>
  one.replace(/\s+/g, ' ').trim() === other.replace(/\s+/g, ' ').trim();

/** The note of this very answer, or null. */
export async function findNote(crm: ZohoCrmClient, module: Module, id: string, note: Note) {
  const found = (await crm.notes(module, id)).find(
    ({ title, content }) => same(title ?? '', note.title) && same(content, note.content),
  );
  return found === undefined ? null : { id: found.id };
}
