import { createHash, randomBytes } from 'node:crypto';
import { users } from '../company/index.ts';
import { connectorOf, isLocalAddress } from '../core/oauth-clients.ts';
import type { ConsentWish, VendorDesk } from '../core/simulator.ts';
import { type AccessToken, accountsTables, type Code, type Grant } from './rows.ts';
import { isScope, scopesOf } from './scopes.ts';

// Limits: https://www.zoho.com/accounts/protocol/oauth/web-apps/access-token-expiry.html
export const ACCESS_TOKEN_SECONDS = 3600;
const CODE_MS = 2 * 60_000;
/** https://help.zoho.com/portal/en/community/topic/kaizen-43-tokens-and-limitations: of a user and a client. */
const REFRESH_TOKENS_PER_USER = 20;
const ACCESS_TOKENS_ALIVE = 30;
const REFRESHES = 10;
const REFRESH_WINDOW_MS = 10 * 60_000;

/** The user whose consent it is where nobody is there to choose: the administrator. */
export const CONSENTING_USER = 'hugo';

const token = (): string => `1000.${randomBytes(16).toString('hex')}.${randomBytes(16).toString('hex')}`;

/** What is wrong with an authorisation request, in Zoho's words; null when nothing is. */
export function refusalOf(wish: ConsentWish): string | null {
  if (connectorOf(wish.clientId) === null) return 'Invalid Client ID';
  if (!isLocalAddress(wish.redirectUri)) return 'Invalid Redirect Uri';
  if (wish.account !== undefined && !users.some(({ key }) => key === wish.account)) return 'Invalid User';
  const scopes = scopesOf(wish.scope);
  return scopes.length === 0 || !scopes.every(isScope) ? 'Scope does not exist' : null;
}

/** The code that an accepted consent sends back. It is good once, for two minutes. */
export function issueCode(
  desk: VendorDesk,
  wish: ConsentWish,
  options: { readonly offline: boolean },
): string {
  const { codes } = accountsTables(desk);
  const now = desk.clock().getTime();
  for (const old of codes.all()) if (old.expiresAt <= now) codes.delete(old.code);
  const code = token();
  codes.put(code, {
    code,
    clientId: wish.clientId,
    redirectUri: wish.redirectUri,
    user: wish.account ?? CONSENTING_USER,
    scopes: scopesOf(wish.scope),
    codeChallenge: wish.codeChallenge ?? null,
    offline: options.offline,
    expiresAt: now + CODE_MS,
  });
  return code;
}

/** Takes a code out of the world, whether or not what came with it is right. Null when it is not. */
export function redeemCode(desk: VendorDesk, form: Readonly<Record<string, string>>): Code | null {
  const { codes } = accountsTables(desk);
  const held = codes.get(form.code ?? '');
  if (!held) return null;
  codes.delete(held.code);
  const alive = held.expiresAt > desk.clock().getTime() && held.clientId === form.client_id;
  const verified =
    held.codeChallenge === null || held.codeChallenge === challengeOf(form.code_verifier ?? '');
  return alive && verified ? held : null;
}

function challengeOf(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url');
}

/** Makes a refresh token; the user's oldest one of the client's beyond twenty dies with its access tokens. */
export function issueGrant(
  desk: VendorDesk,
  { clientId, user, scopes }: Pick<Code, 'clientId' | 'user' | 'scopes'>,
): Grant {
  const { grants } = accountsTables(desk);
  const grant: Grant = {
    refreshToken: token(),
    clientId,
    user,
    scopes,
    createdAt: desk.clock().getTime(),
    uses: [],
  };
  grants.put(grant.refreshToken, grant);
  const mine = grants.all().filter((held) => held.user === user && held.clientId === clientId);
  for (const old of mine.slice(0, Math.max(0, mine.length - REFRESH_TOKENS_PER_USER)))
    revoke(desk, old.refreshToken);
  return grant;
}

/** Counts one use of a refresh token; false when the limit of the last ten minutes is reached. */
export function mayRefresh(desk: VendorDesk, grant: Grant): boolean {
  const now = desk.clock().getTime();
  const uses = grant.uses.filter((at) => at > now - REFRESH_WINDOW_MS);
  if (uses.length >= REFRESHES) return false;
  accountsTables(desk).grants.put(grant.refreshToken, { ...grant, uses: [...uses, now] });
  return true;
}

export function issueAccessToken(
  desk: VendorDesk,
  of: Pick<Code, 'clientId' | 'user' | 'scopes'>,
  refreshToken: string | null,
): AccessToken {
  const { accessTokens } = accountsTables(desk);
  const now = desk.clock().getTime();
  const made: AccessToken = {
    token: token(),
    refreshToken,
    clientId: of.clientId,
    user: of.user,
    scopes: of.scopes,
    expiresAt: now + ACCESS_TOKEN_SECONDS * 1000,
  };
  accessTokens.put(made.token, made);
  for (const old of accessTokens.all()) if (old.expiresAt <= now) accessTokens.delete(old.token);
  const siblings = accessTokens
    .all()
    .filter((held) => refreshToken !== null && held.refreshToken === refreshToken);
  for (const old of siblings.slice(0, Math.max(0, siblings.length - ACCESS_TOKENS_ALIVE)))
    accessTokens.delete(old.token);
  return made;
}

/** Ends a refresh token with its access tokens, or one access token. False when there is no such token. */
export function revoke(desk: VendorDesk, text: string): boolean {
  const { grants, accessTokens } = accountsTables(desk);
  for (const held of accessTokens.all()) if (held.refreshToken === text) accessTokens.delete(held.token);
  return [grants.delete(text), accessTokens.delete(text)].some(Boolean);
}

/** Every access token is over now; how many were alive. */
export function expireAll(desk: VendorDesk): number {
  const { accessTokens } = accountsTables(desk);
  const all = accessTokens.all();
  for (const held of all) accessTokens.delete(held.token);
  return all.length;
}
