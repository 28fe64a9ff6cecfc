import { addAttempt } from '../store/oauth-attempts.ts';
import { attemptBelonging } from '../vault/attempt-belonging.ts';
import type { ConnectWish } from './begin.ts';
import type { ConnectDeps } from './deps.ts';
import { digestOf } from './digest.ts';
import { ownPath } from './own-path.ts';

/** How long a visit may take. */
const TEN_MINUTES = 10 * 60_000;

/**
 * Keeps what is known of a visit to a vendor's page until the browser comes back.
 *
 * @param visit `secret`: what is kept sealed for whoever ends it.
 * @returns the word by which it is known again, which is kept nowhere here.
 */
export async function openVisit(
  deps: ConnectDeps,
  wish: ConnectWish,
  visit: {
    readonly site: string | null;
    readonly scopes: readonly string[];
    readonly whole: boolean;
    readonly secret: string;
  },
): Promise<string> {
  const { secret, ...asked } = visit;
  const word = deps.randomBytes(32).toString('base64url');
  const stateDigest = digestOf(word);
  const { sealed, keyId } = deps.vault.seal(attemptBelonging(stateDigest), secret);
  await addAttempt(
    deps.database,
    {
      ...asked,
      stateDigest,
      organisationId: wish.organisationId,
      connector: wish.connector.id,
      connectionId: wish.connectionId ?? null,
      owner: wish.owner ?? null,
      sessionDigest: digestOf(wish.sessionId),
      sealedVerifier: sealed,
      keyId,
      returnTo: ownPath(wish.returnTo),
    },
    TEN_MINUTES,
  );
  return word;
}
