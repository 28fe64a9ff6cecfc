import { type ErrorKind, LiaisonError } from '../core/errors.ts';
import { failureSentence } from '../core/failure-sentences.ts';
import type { Sentence } from '../core/sentence.ts';

/**
 * What the errors of token endpoints mean: RFC 6749, 5.2 and RFC 8628, and the words that vendors use in
 * their place. `access_denied` at a token endpoint is how a vendor says that too many were asked for.
 */
const MEANINGS: Readonly<Record<string, ErrorKind>> = {
  invalid_grant: 'reconnect',
  invalid_code: 'reconnect',
  invalid_token: 'reconnect',
  invalid_refresh_token: 'reconnect',
  bad_refresh_token: 'reconnect',
  token_revoked: 'reconnect',
  token_expired: 'reconnect',
  access_denied: 'rate-limited',
  slow_down: 'rate-limited',
  rate_limited: 'rate-limited',
  ratelimited: 'rate-limited',
  too_many_requests: 'rate-limited',
  temporarily_unavailable: 'retry-later',
  server_error: 'retry-later',
  internal_error: 'retry-later',
};

/**
 * The vendor does not know this server's own registration. No try will mend it, nothing that was stored is
 * replaced, and an admin hears why all stands still; whoever runs the server gives it the right ones and starts
 * it anew, which takes the connections up again.
 */
export const OWN_REGISTRATION: ReadonlySet<string> = new Set([
  'invalid_client',
  'invalid_client_id',
  'invalid_client_secret',
  'bad_client_secret',
  'unauthorized_client',
  'bad_redirect_uri',
  'invalid_redirect_uri',
  'redirect_uri_mismatch',
]);

const registrationSentence = (vendor: string): Sentence => ({
  en: `${vendor} does not know Liaison under the client id and secret that this server was given. Whoever runs the server must correct them and start it anew.`,
  fr: `${vendor} ne reconnaît pas Liaison avec l’identifiant et le secret donnés à ce serveur. La personne qui l’exploite doit les corriger et le relancer.`,
});

/** This server was given no client id and secret for the vendor. */
export function notRegistered(vendor: string): LiaisonError {
  return new LiaisonError('unknown', { sentence: registrationSentence(vendor) });
}

/** @param retryAt epoch milliseconds, where the answer or the vendor's declared limit names a time. */
export function tokenFailure(error: string, vendor: string, retryAt?: number): LiaisonError {
  const kind = OWN_REGISTRATION.has(error) ? 'reconnect' : (MEANINGS[error] ?? 'unknown');
  return new LiaisonError(kind, {
    sentence: OWN_REGISTRATION.has(error) ? registrationSentence(vendor) : failureSentence(kind, vendor),
    vendorMessage: error,
    ...(kind === 'rate-limited' && retryAt !== undefined ? { retryAt } : {}),
  });
}
