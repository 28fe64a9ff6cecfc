import type { Language, Sentence } from '../core/sentence.ts';

/** What is told in one message: what began, and what is over. */
export interface Told {
  readonly sentence: Sentence;
  readonly closed: boolean;
}

export interface AlertMessage {
  readonly title: string;
  /** One line each. */
  readonly lines: readonly string[];
}

const WORDS = {
  en: {
    one: 'needs your attention',
    many: 'things need your attention',
    over: 'Over: ',
    allOver: 'Liaison: all is well again',
  },
  fr: {
    one: 'demande votre attention',
    many: 'points demandent votre attention',
    over: 'Terminé : ',
    allOver: 'Liaison : tout est rentré dans l’ordre',
  },
} as const;

/** One message for all that is to be told at once, in the organisation's language. */
export function composeAlerts(told: readonly Told[], language: Language): AlertMessage {
  const words = WORDS[language];
  const open = told.filter((one) => !one.closed);
  const title =
    open.length === 0
      ? words.allOver
      : open.length === 1
        ? `Liaison ${words.one}`
        : `Liaison : ${open.length} ${words.many}`;
  return {
    title,
    lines: [
      ...open.map((one) => one.sentence[language]),
      ...told.filter((one) => one.closed).map((one) => `${words.over}${one.sentence[language]}`),
    ],
  };
}

/** French where the organisation's locale says so. */
export const languageOf = (locale: string): Language => (locale.toLowerCase().startsWith('fr') ? 'fr' : 'en');
