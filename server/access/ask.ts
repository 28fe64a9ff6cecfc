import { type AccessScope, isAccessScope } from '../core/access.ts';
import type { Sentence } from '../core/sentence.ts';
import { mayReturnTo, type RegisteredApplication } from './applications.ts';

/** What an application asks a person for. */
export interface AccessAsk {
  readonly application: RegisteredApplication;
  readonly redirectUri: string;
  readonly scopes: readonly AccessScope[];
  readonly state: string | null;
  /** SHA-256 in base64url of what the application will show. */
  readonly challenge: string;
}

/** RFC 6749, 4.1.2.1. */
export type AuthoriseError =
  | 'invalid_request'
  | 'unsupported_response_type'
  | 'invalid_scope'
  | 'access_denied';

export type ReadAsk =
  | { readonly kind: 'ask'; readonly ask: AccessAsk }
  /** Nobody vouches for the address: the browser stays here. */
  | { readonly kind: 'refused'; readonly sentence: Sentence }
  | {
      readonly kind: 'back';
      readonly redirectUri: string;
      readonly state: string | null;
      readonly error: AuthoriseError;
      readonly description: string;
    };

/** What a SHA-256 in base64url looks like. RFC 7636, 4.2. */
const CHALLENGE = /^[A-Za-z0-9_-]{43}$/;
const LONGEST_STATE = 2_000;
export const PARAMETERS = [
  'response_type',
  'client_id',
  'redirect_uri',
  'scope',
  'state',
  'code_challenge',
  'code_challenge_method',
] as const;

/**
 * Reads what a browser was sent here with. The address to send it back to is judged first: whatever else is wrong, it is
 * sent nowhere that is not registered. RFC 6749, 4.1.1 and 4.1.2.1; a challenge by S256 is always asked for (RFC 9700, 2.1.1).
 */
export function readAsk(
  parameters: URLSearchParams,
  applications: ReadonlyMap<string, RegisteredApplication>,
): ReadAsk {
  const one = (name: string): string | null => {
    const all = parameters.getAll(name);
    return all.length === 1 ? (all[0] ?? null) : null;
  };
  const application = applications.get(one('client_id') ?? '');
  if (application === undefined) return { kind: 'refused', sentence: UNKNOWN };
  const redirectUri = one('redirect_uri');
  if (redirectUri === null || !mayReturnTo(application, redirectUri))
    return { kind: 'refused', sentence: ELSEWHERE };
  const state = one('state');
  const back = (error: AuthoriseError, description: string): ReadAsk => ({
    kind: 'back',
    redirectUri,
    state: state !== null && state.length <= LONGEST_STATE ? state : null,
    error,
    description,
  });
  const twice = PARAMETERS.find((name) => parameters.getAll(name).length > 1);
  if (twice !== undefined) return back('invalid_request', `${twice} is given more than once`);
  if (one('response_type') !== 'code') return back('unsupported_response_type', 'response_type must be code');
  if ((state ?? '').length > LONGEST_STATE) return back('invalid_request', 'state is too long');
  const challenge = one('code_challenge') ?? '';
  if (one('code_challenge_method') !== 'S256' || !CHALLENGE.test(challenge))
    return back('invalid_request', 'a code_challenge with code_challenge_method S256 is needed (PKCE)');
  const named = (one('scope') ?? 'read').split(' ').filter((scope) => scope !== '');
  const scopes = [...new Set(named)].filter(isAccessScope);
  if (scopes.length === 0 || scopes.length < new Set(named).size)
    return back('invalid_scope', 'scope is made of read, write and hooks');
  return { kind: 'ask', ask: { application, redirectUri, scopes, state, challenge } };
}

/** The address with what is answered added to its query. `iss`: RFC 9207. */
export function backTo(
  redirectUri: string,
  issuer: string,
  answer: Readonly<Record<string, string | null>>,
): string {
  const url = new URL(redirectUri);
  for (const [name, value] of Object.entries({ ...answer, iss: issuer }))
    if (value !== null) url.searchParams.set(name, value);
  return url.href;
}

const UNKNOWN: Sentence = {
  en: 'No application of this id is registered with this Liaison. Begin again from the application; if this comes back, tell whoever runs Liaison.',
  fr: 'Aucune application de cet identifiant n’est enregistrée auprès de ce Liaison. Recommencez depuis l’application\u00a0; si cela se reproduit, prévenez la personne qui gère Liaison.',
};
const ELSEWHERE: Sentence = {
  en: 'The application wants the answer at an address that is not registered for it. Nothing was allowed.',
  fr: 'L’application veut la réponse à une adresse qui n’est pas enregistrée pour elle. Rien n’a été autorisé.',
};
