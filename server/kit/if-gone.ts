import { asLiaisonError, type ErrorKind } from '../core/errors.ts';

/** What the work gives, or the value in its place where what it asked for no longer exists. */
export async function ifGone<Result, Instead>(
  work: () => Promise<Result>,
  instead: Instead,
): Promise<Result | Instead> {
  return ifFailed(['gone'], work, instead);
}

/** The same for failures of several kinds. Every other failure is thrown, classified. */
export async function ifFailed<Result, Instead>(
  kinds: readonly ErrorKind[],
  work: () => Promise<Result>,
  instead: Instead,
): Promise<Result | Instead> {
  try {
    return await work();
  } catch (thrown) {
    const error = asLiaisonError(thrown);
    if (kinds.includes(error.kind)) return instead;
    throw error;
  }
}
