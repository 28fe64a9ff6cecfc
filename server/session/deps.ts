import type { ConnectDeps } from '../connect/deps.ts';
import type { OAuthClient } from '../core/registration.ts';
import type { SignIn } from '../core/sign-in.ts';

/** What signing in needs of the rest of the server. */
export interface SignInDeps extends Omit<ConnectDeps, 'vault' | 'connectors'> {
  readonly signIn: SignIn;
  /**
   * Whether a page of this origin is one of ours: the popup tells its code to no other.
   *
   * @param origin as a browser writes it.
   */
  readonly isOwnOrigin: (origin: string) => boolean;
}

/** Within ten minutes the user is back from the vendor. */
export const ATTEMPT_MS = 10 * 60_000;
/** The popup's session: a working day. After it, the vendor is asked again who someone is, and what they may do. */
export const SIGN_IN_MS = 8 * 3_600_000;
/** From the popup to the page that opened it: one message and one request. */
export const CODE_MS = 60_000;
export const BEARER_MS = 15 * 60_000;

export type Random = Pick<SignInDeps, 'randomBytes'>;

/** 256 random bits, as text that may stand in an address, a header and a cookie. */
export const newSecret = ({ randomBytes }: Random): string => randomBytes(32).toString('base64url');

/** Where the vendor sends the browser back to: to be registered with it. */
export function signInRedirectUri({ publicUrl, signIn }: Pick<SignInDeps, 'publicUrl' | 'signIn'>): string {
  return `${publicUrl}/auth/${signIn.id}/callback`;
}

/** How Liaison is registered for sign-ins; null when this server was not told. */
export function signInClient({ oauthClient, signIn }: SignInDeps): OAuthClient | null {
  for (const id of [signIn.connector.id, ...signIn.clientsOf]) {
    const client = oauthClient(id);
    if (client !== null) return client;
  }
  return null;
}
