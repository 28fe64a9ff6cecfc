import type { Sentence } from '../../core/sentence.ts';

/** Why what another application asks for cannot be done now. */

export const TAKES_NO_RECORDS: Sentence = {
  en: 'No record can be handed to this integration. Choose one whose form only sends its answers here, as “Webhook (any form)” does.',
  fr: 'Aucune fiche ne peut être confiée à cette intégration. Choisissez-en une dont le formulaire ne fait qu’envoyer ses réponses ici, comme «\u00a0Webhook (tout formulaire)\u00a0».',
};
export const EMPTY: Sentence = {
  en: 'At least one value is needed that is not blank.',
  fr: 'Il faut au moins une valeur qui ne soit pas vide.',
};
export const OFF: Sentence = {
  en: 'This integration is off. Turn it on in Liaison first.',
  fr: 'Cette intégration est désactivée. Activez-la d’abord dans Liaison.',
};
export const NO_ACCOUNT: Sentence = {
  en: 'The account of this integration is not connected any more. Choose another one in Liaison.',
  fr: 'Le compte de cette intégration n’est plus connecté. Choisissez-en un autre dans Liaison.',
};
export const PAUSED: Sentence = {
  en: 'This sync is paused until somebody has looked. See why in Liaison.',
  fr: 'Cette synchronisation est en pause jusqu’à ce que quelqu’un regarde. Voyez pourquoi dans Liaison.',
};
export const NOT_LIVE: Sentence = {
  en: 'This sync does not run yet. Look at its preview in Liaison and apply it first.',
  fr: 'Cette synchronisation ne tourne pas encore. Regardez son aperçu dans Liaison et appliquez-le d’abord.',
};
export const NOTHING_TO_START: Sentence = {
  en: 'This integration is begun by what happens, and looks at nothing by itself: there is nothing to start.',
  fr: 'Cette intégration est déclenchée par ce qui se passe et ne consulte rien d’elle-même\u00a0: il n’y a rien à lancer.',
};
export const POSTS_NOTHING: Sentence = {
  en: 'This integration posts no messages. Choose an announcement.',
  fr: 'Cette intégration ne publie aucun message. Choisissez une annonce.',
};
export const NO_PLACE: Sentence = {
  en: 'Nobody chose yet where this announcement goes. Choose it in Liaison first.',
  fr: 'Personne n’a encore choisi où va cette annonce. Choisissez-le d’abord dans Liaison.',
};
/** @param longest characters. @param place what messages go to, in words: "A Slack channel". */
export const tooLong = (longest: number, place: Sentence): Sentence => ({
  en: `${place.en} takes ${longest} characters in one message at most. Shorten it.`,
  fr: `${place.fr} accepte ${longest} caractères par message au plus. Raccourcissez-le.`,
});
/** Of a message that another application had posted. */
export const LEADS_HERE = {
  en: { words: 'The rest found no room', title: 'Liaison' },
  fr: { words: 'La suite n’a pas trouvé de place', title: 'Liaison' },
} as const;
export const BUSY: Sentence = {
  en: 'The same message is being posted at this moment. Ask again in a minute to hear what became of it.',
  fr: 'Le même message est en cours de publication. Redemandez dans une minute ce qu’il est devenu.',
};
