import type { Sentence } from '../sentence.ts';

const REASONS = {
  edited: (field: string) => ({
    en: `${field} was changed again since, and is left as it is.`,
    fr: `${field} a été modifié depuis, et reste tel quel.`,
  }),
  gone: () => ({
    en: 'The record does not exist any more: there is nothing to take back.',
    fr: 'La fiche n’existe plus : il n’y a rien à annuler.',
  }),
  back: () => ({
    en: 'The record exists again, and is left as it is.',
    fr: 'La fiche existe de nouveau, et reste telle quelle.',
  }),
  consent: () => ({
    en: 'An opt-out is never taken back by Liaison: only the person may do that.',
    fr: 'Liaison n’annule jamais une désinscription : seule la personne le peut.',
  }),
} satisfies Record<string, (field: string) => Sentence>;

export type UndoReason = keyof typeof REASONS;

/** Why a write is not taken back, in words. */
export const undoReason = (reason: UndoReason, field: string | null): Sentence =>
  REASONS[reason](field ?? '');
