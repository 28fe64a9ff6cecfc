import type { Sentence } from '../../core/sentence.ts';

/** What a run comes to, in words. */
export const said = {
  notChosen: {
    en: 'Choose the portal in the integration’s settings, then retry.',
    fr: 'Choisissez le portail dans les réglages de l’intégration, puis relancez.',
  },
  gone: {
    en: 'The record no longer exists, and nothing was told of it.',
    fr: 'La fiche n’existe plus, et rien n’en avait été dit.',
  },
  noAddress: {
    en: 'The record has no e-mail address, by which the chat would know the visitor.',
    fr: 'La fiche n’a pas d’adresse e-mail, à laquelle le chat reconnaîtrait le visiteur.',
  },
  noContact: {
    en: 'The deal has no contact with an e-mail address: no visitor to tell of.',
    fr: 'L’affaire n’a pas de contact avec une adresse e-mail\u00a0: aucun visiteur dont parler.',
  },
  unknown: (email: string): Sentence => ({
    en: `No visitor with the address ${email} is known to the chat: there is nobody to tell of.`,
    fr: `Le chat ne connaît aucun visiteur avec l’adresse ${email}\u00a0: il n’y a de qui parler.`,
  }),
  same: {
    en: 'Operators see it so already: nothing to do.',
    fr: 'Les opérateurs le voient déjà ainsi\u00a0: rien à faire.',
  },
  told: (name: string, email: string): Sentence => ({
    en: `Operators see what the CRM knows of ${name} (${email}).`,
    fr: `Les opérateurs voient ce que le CRM sait de ${name} (${email}).`,
  }),
  toldGone: (email: string): Sentence => ({
    en: `Operators see that nobody in the CRM has the address ${email} any more.`,
    fr: `Les opérateurs voient que plus personne dans le CRM n’a l’adresse ${email}.`,
  }),
} as const;
