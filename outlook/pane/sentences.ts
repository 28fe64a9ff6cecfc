import type { Sentence } from '../../server/core/sentence.ts';
import type { WhyNoOutlook } from '../office/outlook.ts';

interface NoOutlookWords {
  readonly title: Sentence;
  readonly what: Sentence;
}

/** What is said where there is no Outlook to speak with. */
export const NO_OUTLOOK: Readonly<Record<WhyNoOutlook, NoOutlookWords>> = {
  outside: {
    title: { en: 'Open Liaison inside Outlook', fr: 'Ouvrez Liaison dans Outlook' },
    what: {
      en: 'This page belongs beside a message. In Outlook, open one and choose Liaison among its applications.',
      fr: 'Cette page se place à côté d’un message. Dans Outlook, ouvrez-en un et choisissez Liaison parmi ses applications.',
    },
  },
  script: {
    title: { en: 'Microsoft’s script did not load', fr: 'Le script de Microsoft ne s’est pas chargé' },
    what: {
      en: 'Liaison speaks with Outlook through a script of Microsoft’s. Check your connection and what blocks scripts, then try again.',
      fr: 'Liaison parle avec Outlook grâce à un script de Microsoft. Vérifiez votre connexion et ce qui bloque les scripts, puis réessayez.',
    },
  },
  old: {
    title: { en: 'This Outlook is too old', fr: 'Cet Outlook est trop ancien' },
    what: {
      en: 'Liaison needs an Outlook of 2019 or later, or Outlook on the web. Update it, or open your mail in a browser.',
      fr: 'Liaison demande un Outlook de 2019 ou plus récent, ou Outlook sur le web. Mettez-le à jour, ou ouvrez votre messagerie dans un navigateur.',
    },
  },
};

export const RETRY: Sentence = { en: 'Try again', fr: 'Réessayer' };
export const CONNECTING: Sentence = { en: 'Connecting to Outlook…', fr: 'Connexion à Outlook…' };
