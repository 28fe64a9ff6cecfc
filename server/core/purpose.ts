import type { Sentence } from './sentence.ts';

/** What flows are for, in the order in which the catalogue shows them. */
export const PURPOSES = {
  announce: { en: 'Tell a team', fr: 'Prévenir une équipe' },
  leads: { en: 'Take in new leads', fr: 'Recueillir de nouveaux prospects' },
  people: { en: 'Keep contacts up to date on both sides', fr: 'Tenir les contacts à jour des deux côtés' },
  meetings: {
    en: 'Keep meetings up to date on both sides',
    fr: 'Tenir les rendez-vous à jour des deux côtés',
  },
  mail: { en: 'Keep e-mails beside records', fr: 'Garder les e-mails avec les fiches' },
  orders: { en: 'Take in orders', fr: 'Recueillir les commandes' },
  products: {
    en: 'Keep products up to date on both sides',
    fr: 'Tenir les produits à jour des deux côtés',
  },
  payments: { en: 'Enter payments in the books', fr: 'Comptabiliser les paiements' },
  pages: { en: 'Share records outside the CRM', fr: 'Partager des fiches hors du CRM' },
  figures: { en: 'Feed your figures', fr: 'Alimenter vos chiffres' },
  support: { en: 'Help your support team', fr: 'Aider votre support' },
} as const satisfies Readonly<Record<string, Sentence>>;

export type Purpose = keyof typeof PURPOSES;
