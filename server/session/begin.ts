import { createHmac } from 'node:crypto';
import { digestOf } from '../connect/digest.ts';
import type { OAuthAuthorisation } from '../core/connector.ts';
import type { Language } from '../core/sentence.ts';
import { addSignInAttempt } from '../store/sign-ins.ts';
import { notRegistered } from '../vault/token-failure.ts';
import { ATTEMPT_MS, newSecret, type SignInDeps, signInClient, signInRedirectUri } from './deps.ts';

export interface SignInWish {
  /** The popup's cookie: the vendor must send the browser back with the same one. */
  readonly browser: string;
  /** SHA-256 in base64url of what only the page that opened the popup knows. */
  readonly challenge: string;
  /** Origin of that page; one of ours. */
  readonly opener: string;
  /** Instead of a popup's page: a path of ours that the browser then goes to. */
  readonly returnTo: string | null;
  readonly language: Language;
  /** E-mail address of whom the page around belongs to, empty where unknown: only a hint for the vendor's page. */
  readonly person: string;
  /** The user wants to choose again who they are. */
  readonly again: boolean;
}

/** Roughly: what is no address is not passed on. */
const EMAIL_ADDRESS = /^[^\s@]{1,64}@[^\s@]{1,190}$/;

/**
 * Starts a visit to the vendor's consent page.
 *
 * @returns the address to send the popup to: the vendor's, or in the sandbox the simulator's.
 * @throws LiaisonError when this server is not registered at the vendor.
 */
export async function beginSignIn(deps: SignInDeps, wish: SignInWish): Promise<URL> {
  const { connector } = deps.signIn;
  const authorisation = oauthOf(deps);
  const client = signInClient(deps);
  if (client === null) throw notRegistered(connector.titles.en);
  const state = newSecret(deps);
  await addSignInAttempt(
    deps.database,
    {
      stateDigest: digestOf(state),
      browserDigest: digestOf(wish.browser),
      challenge: wish.challenge,
      opener: wish.opener,
      language: wish.language,
      returnTo: wish.returnTo,
    },
    ATTEMPT_MS,
  );
  const url = new URL(authorisation.authorizeUrl);
  const parameters = {
    ...authorisation.authorizeParameters,
    ...(wish.again ? { prompt: 'consent' } : {}),
    // A server that does not know the parameter ignores it: RFC 6749, 3.1.
    // https://openid.net/specs/openid-connect-core-1_0.html#AuthRequest
    ...(EMAIL_ADDRESS.test(wish.person) && !wish.again ? { login_hint: wish.person } : {}),
    response_type: 'code',
    client_id: client.id,
    redirect_uri: signInRedirectUri(deps),
    scope: authorisation.scopes.map(({ scope }) => scope).join(authorisation.scopeSeparator),
    state,
    code_challenge: digestOf(codeVerifier(wish.browser, state)).toString('base64url'),
    code_challenge_method: 'S256',
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return deps.door.locate(connector, url);
}

export function oauthOf({ signIn }: Pick<SignInDeps, 'signIn'>): OAuthAuthorisation {
  if (signIn.connector.authorisation.kind === 'oauth') return signIn.connector.authorisation;
  throw new Error(`${signIn.connector.id} does not sign in with OAuth`);
}

/**
 * The PKCE verifier of a visit. Made of two secrets of which the server keeps only digests, and which only
 * the browser brings back together: nothing has to be stored for it, and nobody who sees the callback's
 * address alone can make it.
 */
export function codeVerifier(browser: string, state: string): string {
  return createHmac('sha256', browser).update(`sign-in ${state}`).digest('base64url');
}
