import type { Sentence } from '../sentence.ts';

const REASONS = {
  edited: (field: Sentence) => ({
    en: `${field.en} was changed again since, and is left as it is.`,
    fr: `«\u00a0${field.fr}\u00a0»\u00a0: modifié depuis, et laissé tel quel.`,
  }),
  gone: () => ({
    en: 'The record does not exist any more: there is nothing to take back.',
    fr: 'La fiche n’existe plus\u00a0: il n’y a rien à annuler.',
  }),
  back: () => ({
    en: 'The record exists again, and is left as it is.',
    fr: 'La fiche existe de nouveau, et reste telle quelle.',
  }),
  consent: () => ({
    en: 'An opt-out is never taken back by Liaison: only the person may do that.',
    fr: 'Liaison n’annule jamais une désinscription\u00a0: seule la personne le peut.',
  }),
} satisfies Record<string, (field: Sentence) => Sentence>;

export type UndoReason = keyof typeof REASONS;

/** Why a write is not taken back, in words. @param field what people call it; null: it is not about one. */
export const undoReason = (reason: UndoReason, field: Sentence | null): Sentence =>
  REASONS[reason](field ?? { en: '', fr: '' });
