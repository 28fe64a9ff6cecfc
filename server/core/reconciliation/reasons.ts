import type { Sentence } from '../sentence.ts';

/** Why the books do not say what the vendor says. A closed list: a difference without a reason does not exist. */
export const REASONS = [
  'not-booked',
  'twice',
  'edited',
  'deleted',
  'voided',
  'refund-not-carried',
  'fee-unknown',
  'currency-missing',
  'left-out',
  'off',
  'shelved',
  'own-fee',
] as const;
export type Reason = (typeof REASONS)[number];

export const REASON_WORDS: Readonly<Record<Reason, Sentence>> = {
  'not-booked': { en: 'Not booked yet', fr: 'Pas encore enregistré' },
  twice: { en: 'Booked twice by hand', fr: 'Saisi une seconde fois à la main' },
  edited: { en: 'Edited in the books', fr: 'Modifié dans les livres' },
  deleted: { en: 'Deleted in the books', fr: 'Supprimé dans les livres' },
  voided: { en: 'Voided in the books', fr: 'Annulé dans les livres' },
  'refund-not-carried': {
    en: 'Refund or dispute not carried over',
    fr: 'Remboursement ou litige non reporté',
  },
  'fee-unknown': { en: 'Fee not known yet', fr: 'Commission pas encore connue' },
  'currency-missing': { en: 'Currency missing in the books', fr: 'Devise absente des livres' },
  'left-out': { en: 'Left out by the filter', fr: 'Laissé de côté par le filtre' },
  off: { en: 'The integration was off', fr: 'L’intégration était désactivée' },
  shelved: { en: 'Set aside with an error', fr: 'Mis de côté avec une erreur' },
  'own-fee': { en: 'Fee of no payment: yours to book', fr: 'Frais sans paiement, à saisir à la main' },
};

/** What somebody decided: nobody needs to do anything about these. */
const DECIDED: ReadonlySet<Reason> = new Set<Reason>(['left-out', 'off', 'fee-unknown']);

/** Whether somebody has to look at a difference of this reason. */
export const needsSomebody = (reason: Reason): boolean => !DECIDED.has(reason);
