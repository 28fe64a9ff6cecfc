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
    several: 'Liaison:',
    instead: 'You are told here because the place that was chosen for alerts could not be reached. ',
    link: 'What to do: ',
    test: 'Liaison: a test alert',
    tested: 'Alerts arrive here. Somebody asked for this test in Liaison’s settings; nothing is wrong.',
  },
  fr: {
    one: 'demande votre attention',
    many: 'points demandent votre attention',
    over: 'Terminé\u00a0: ',
    allOver: 'Liaison\u00a0: tout est rentré dans l’ordre',
    several: 'Liaison\u00a0:',
    instead: 'Vous êtes averti ici parce que l’endroit choisi pour les alertes n’a pas pu être joint. ',
    link: 'Que faire\u00a0: ',
    test: 'Liaison\u00a0: une alerte d’essai',
    tested:
      'Les alertes arrivent ici. Quelqu’un a demandé cet essai dans les réglages de Liaison\u00a0; tout va bien.',
  },
} as const;

/**
 * One message for all that is to be told at once, in the organisation's language.
 *
 * @param about.link where the alerts are shown, with what to do.
 * @param about.instead set where it goes elsewhere than was chosen: why the chosen place was not reached.
 */
export function composeAlerts(
  told: readonly Told[],
  language: Language,
  about: { readonly link: string; readonly instead?: Sentence | undefined },
): AlertMessage {
  const words = WORDS[language];
  const open = told.filter((one) => !one.closed);
  const title =
    open.length === 0
      ? words.allOver
      : open.length === 1
        ? `Liaison ${words.one}`
        : `${words.several} ${open.length} ${words.many}`;
  return {
    title,
    lines: [
      ...open.map((one) => one.sentence[language]),
      ...told.filter((one) => one.closed).map((one) => `${words.over}${one.sentence[language]}`),
      ...(about.instead === undefined ? [] : [`${words.instead}${about.instead[language]}`]),
      `${words.link}${about.link}`,
    ],
  };
}

/** What a person sends from the settings to see where alerts arrive. */
export const testAlert = (language: Language): AlertMessage => ({
  title: WORDS[language].test,
  lines: [WORDS[language].tested],
});
