import { asLiaisonError, LiaisonError } from './errors.ts';

/**
 * Runs what follows a first write that succeeded. A failure then leaves a write half done: whoever asked for
 * it has to look before it asks again.
 */
export async function halfDone<Result>(rest: () => Promise<Result>): Promise<Result> {
  try {
    return await rest();
  } catch (thrown) {
    const { kind, details } = asLiaisonError(thrown);
    throw new LiaisonError(kind, { ...details, mayHaveHappened: true });
  }
}
