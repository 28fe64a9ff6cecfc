import { asLiaisonError, LiaisonError } from '../core/errors.ts';
import { passingFailure } from '../store/database-failure.ts';

/** Liaison's own database was away, and the work with it: nobody's fault but ours, and over when it is well. */
export function ownTrouble(cause: unknown): LiaisonError {
  return new LiaisonError('retry-later', {
    sentence: {
      en: 'Liaison’s own database did not store for a moment. Nothing is lost; it goes on by itself as soon as the database does.',
      fr: 'La base de données de Liaison n’a rien enregistré pendant un moment. Rien n’est perdu\u00a0; la suite se fait d’elle-même dès qu’elle répond.',
    },
    mayHaveHappened: true,
    cause,
  });
}

/** Whether the cause is a database that is away, full or told to refuse, and not the record or a vendor. */
export const isOwnTrouble = (thrown: unknown): boolean => passingFailure(thrown) !== undefined;

/** What went wrong in a run: as `asLiaisonError` says it, but for what our own database refused for now. */
export const asRunError = (thrown: unknown): LiaisonError =>
  isOwnTrouble(thrown) ? ownTrouble(thrown) : asLiaisonError(thrown);
