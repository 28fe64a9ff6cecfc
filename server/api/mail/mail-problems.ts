import type { Sentence } from '../../core/sentence.ts';
import { invalid, notNow, type Problem } from '../problem.ts';

/** What of a body cannot be, in words. */
export const refused = (path: readonly (string | number)[], sentence: Sentence): Problem =>
  invalid('body', (language) => [{ path, message: sentence[language] }]);

export const notConnected = (): Problem =>
  notNow({
    en: 'The CRM is not connected. An admin can connect it in the settings of Liaison.',
    fr: 'Le CRM n’est pas connecté. Un administrateur peut le connecter dans les paramètres de Liaison.',
  });

export const NO_ADDRESS: Sentence = {
  en: 'That is no e-mail address.',
  fr: 'Ce n’est pas une adresse e-mail.',
};
export const NO_SUCH_RECORD: Sentence = {
  en: 'The CRM has no such record (any more).',
  fr: 'Le CRM n’a pas (ou plus) cette fiche.',
};
export const WANTED: Sentence = {
  en: 'The CRM wants this to be filled in.',
  fr: 'Le CRM exige que ce champ soit rempli.',
};
export const tooLong = (most: number): Sentence => ({
  en: `The CRM takes no more than ${most} characters here.`,
  fr: `Le CRM n’accepte pas plus de ${most} caractères ici.`,
});
export const NOT_SET_UP: Sentence = {
  en: 'Logging e-mails is not set up. An admin can add “E-mails logged in the CRM” to the integrations of Liaison.',
  fr: 'L’enregistrement des e-mails n’est pas en place. Un administrateur peut ajouter «\u00a0E-mails enregistrés dans le CRM\u00a0» aux intégrations de Liaison.',
};
export const TURNED_OFF: Sentence = {
  en: 'Logging e-mails is turned off. An admin can turn “E-mails logged in the CRM” on in the integrations of Liaison.',
  fr: 'L’enregistrement des e-mails est désactivé. Un administrateur peut activer «\u00a0E-mails enregistrés dans le CRM\u00a0» dans les intégrations de Liaison.',
};
export const CONNECT_MAILBOX: Sentence = {
  en: 'Connect your own mailbox first: only the mails of conversations that you choose are read.',
  fr: 'Connectez d’abord votre propre boîte : seuls les e-mails des conversations que vous choisissez sont lus.',
};
export const NOBODY_SIGNED_IN: Sentence = {
  en: 'Nobody is signed in here: a conversation is logged out of a person’s own mailbox.',
  fr: 'Personne n’est connecté ici : une conversation est enregistrée depuis la boîte d’une personne.',
};
export const SWITCHED_OFF: Sentence = {
  en: 'Your conversations are not logged now: you turned that off. Turning this one on turns it on again.',
  fr: 'Vos conversations ne sont pas enregistrées en ce moment : vous l’avez désactivé. Activer celle-ci le réactive.',
};
export const OTHER_MAILBOX: Sentence = {
  en: 'Your conversations were logged out of a mailbox that is not connected any more. Turning this one on logs them out of the one that is.',
  fr: 'Vos conversations étaient enregistrées depuis une boîte qui n’est plus connectée. Activer celle-ci les enregistre depuis celle qui l’est.',
};
export const NO_RECORD: Sentence = {
  en: 'Choose at least one record where its mails are logged.',
  fr: 'Choisissez au moins une fiche où enregistrer ses e-mails.',
};
