import type { Sentence } from '../../server/core/sentence.ts';
import type { WhyNoCrm } from '../zoho.ts';

export interface NoCrmWords {
  readonly title: Sentence;
  readonly why: Sentence;
  readonly what: Sentence;
}

/** What is said where there is no CRM to speak with; before any text of the other pages is loaded. */
export const NO_CRM: Readonly<Record<WhyNoCrm, NoCrmWords>> = {
  outside: {
    title: { en: 'Open Liaison inside the CRM', fr: 'Ouvrez Liaison dans le CRM' },
    why: {
      en: 'This page belongs beside a record of Zoho CRM, and nothing around it is the CRM.',
      fr: 'Cette page se place à côté d’une fiche de Zoho CRM, et rien autour d’elle n’est le CRM.',
    },
    what: {
      en: 'Open a contact, a lead, an account or a deal in Zoho CRM: Liaison is among its related lists.',
      fr: 'Ouvrez un contact, un prospect, un compte ou une affaire dans Zoho CRM : Liaison se trouve parmi ses listes associées.',
    },
  },
  foreign: {
    title: { en: 'This page is not Zoho CRM', fr: 'Cette page n’est pas Zoho CRM' },
    why: {
      en: 'Liaison shows itself inside Zoho CRM only, and was opened by another site:',
      fr: 'Liaison ne s’affiche que dans Zoho CRM, et a été ouvert par un autre site :',
    },
    what: {
      en: 'Nothing was loaded and nothing is shown. If this is your CRM’s own address, ask your administrator to add it to Liaison.',
      fr: 'Rien n’a été chargé et rien n’est affiché. Si c’est l’adresse de votre CRM, demandez à votre administrateur de l’ajouter à Liaison.',
    },
  },
  script: {
    title: { en: 'Zoho’s script did not load', fr: 'Le script de Zoho ne s’est pas chargé' },
    why: {
      en: 'Liaison speaks with the CRM through a script of Zoho’s, and your browser could not get it.',
      fr: 'Liaison parle avec le CRM grâce à un script de Zoho, que votre navigateur n’a pas pu obtenir.',
    },
    what: {
      en: 'Check your connection and what blocks scripts, then try again.',
      fr: 'Vérifiez votre connexion et ce qui bloque les scripts, puis réessayez.',
    },
  },
  silent: {
    title: { en: 'The CRM does not answer', fr: 'Le CRM ne répond pas' },
    why: {
      en: 'Liaison waited five seconds for the page around it to say which record it shows.',
      fr: 'Liaison a attendu cinq secondes que la page qui l’entoure dise quelle fiche elle montre.',
    },
    what: {
      en: 'Open me inside the CRM: from a record’s related lists or from the Liaison button. If you are there, try again.',
      fr: 'Ouvrez-moi dans le CRM : depuis les listes associées d’une fiche ou le bouton Liaison. Si vous y êtes, réessayez.',
    },
  },
};

export const RETRY: Sentence = { en: 'Try again', fr: 'Réessayer' };
export const CONNECTING: Sentence = { en: 'Connecting to the CRM…', fr: 'Connexion au CRM…' };

const MODULES: Readonly<Record<string, Sentence>> = {
  Contacts: { en: 'Contact', fr: 'Contact' },
  Leads: { en: 'Lead', fr: 'Prospect' },
  Accounts: { en: 'Account', fr: 'Compte' },
  Deals: { en: 'Deal', fr: 'Affaire' },
};

/** What one record of a module is called; a module of the organisation's own keeps its name. */
export const moduleWord = (module: string): Sentence => MODULES[module] ?? { en: module, fr: module };

export const NO_RECORD: Sentence = { en: 'No record is chosen.', fr: 'Aucune fiche n’est choisie.' };

export const oneOf = (count: number): Sentence => ({
  en: `the first of ${count} records`,
  fr: `la première de ${count} fiches`,
});
