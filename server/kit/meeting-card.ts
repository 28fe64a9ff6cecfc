import { type CardRow, type CardSection, dateValue, textValue, wordsValue } from '../core/record-card.ts';
import type { Sentence } from '../core/sentence.ts';

/** A meeting as the record panel shows it. */
export interface CardMeeting {
  readonly id: string;
  readonly title: string | null;
  /** A day, or a moment with its offset; undefined where nobody knows it. */
  readonly start: string | undefined;
  readonly place: string | null;
  readonly url?: string;
}

export const NO_ADDRESS: Sentence = {
  en: 'The record has no e-mail address, by which meetings would name the person.',
  fr: 'La fiche n’a pas d’adresse e-mail, à laquelle les réunions nommeraient la personne.',
};
const NEXT: Sentence = { en: 'Next meetings', fr: 'Prochaines réunions' };
const LAST: Sentence = { en: 'Last meetings', fr: 'Dernières réunions' };
const NO_NEXT: Sentence = { en: 'No meeting ahead.', fr: 'Aucune réunion à venir.' };
const NO_LAST: Sentence = { en: 'No meeting in the last months.', fr: 'Aucune réunion ces derniers mois.' };

/** The meetings ahead of a person, and the last ones. */
export const meetingSections = (
  next: readonly CardMeeting[],
  last: readonly CardMeeting[],
): CardSection[] => [
  { id: 'next', titles: NEXT, layout: 'rows', rows: next.map(rowOf), empty: NO_NEXT },
  { id: 'last', titles: LAST, layout: 'rows', rows: last.map(rowOf), empty: NO_LAST },
];

function rowOf({ id, title, start, place, url }: CardMeeting): CardRow {
  const isMoment = start?.includes('T') === true;
  const date = start === undefined ? [] : [isMoment ? dateValue(start, undefined, true) : dateValue(start)];
  return {
    id,
    label: title ? textValue(title) : wordsValue('Untitled', 'Sans titre'),
    values: [...date, ...(place ? [textValue(place)] : [])],
    ...(url === undefined ? {} : { url }),
  };
}
