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
export const NO_MAILBOX: Sentence = {
  en: 'Conversations are not logged by themselves yet: log each mail.',
  fr: 'Les conversations ne sont pas encore enregistrées d’elles-mêmes\u00a0: enregistrez chaque e-mail.',
};
