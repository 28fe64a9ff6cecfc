import type { Router } from 'express';
import { company } from '../company/index.ts';
import { mountConsentScreen } from '../core/consent-screen.ts';
import { connectorOf, isLocalAddress } from '../core/oauth-clients.ts';
import { authorisationCodes } from '../core/oauth-codes.ts';
import type { ConsentWish, VendorDesk } from '../core/simulator.ts';
import { accounts, findAccount, isOfGoogle, keyOf } from './account.ts';
import { accountsTables, consentKey } from './rows.ts';
import { SCOPES, scopesOf } from './scopes.ts';

/** What a code carries beside the consent itself. */
export interface CodeDetails {
  /** True: the exchange gives a refresh token too. */
  readonly offline: boolean;
  /** Key of the account that consented. */
  readonly account: string;
  readonly scopes: readonly string[];
}

type Query = Readonly<Record<string, string>>;

/** https://developers.google.com/identity/protocols/oauth2/web-server#creatingclient */
export function mountConsent(router: Router, desk: VendorDesk): void {
  mountConsentScreen(router, {
    path: '/o/oauth2/v2/auth',
    title: 'Google',
    colour: '#4285f4',
    account: company.name,
    accounts: accounts.map(({ key, email }) => ({ id: key, name: email, email })),
    refusal: (wish, query) => refusalOf(wish) ?? parameterRefusal(query),
    scopes: ({ scope = '' }) =>
      scopesOf(scope).map((one) => ({ scope: one, words: SCOPES[one] ?? { en: one, fr: one } })),
    accept: (wish, query) => accepted(desk, wish, query),
  });
}

const OFFLINE: Query = { access_type: 'offline', prompt: 'consent' };

/**
 * As if the user had accepted. Throws a sentence for a wrong request.
 *
 * @param wish.parameters the rest of the request; without them `access_type=offline&prompt=consent`.
 */
export function acceptUnseen(desk: VendorDesk, wish: ConsentWish): Record<string, string> {
  const refusal = refusalOf(wish);
  if (refusal) throw new Error(`Google refuses this request: ${refusal}.`);
  return accepted(desk, wish, wish.parameters ?? OFFLINE);
}

/**
 * With `include_granted_scopes` what the account granted before comes along, and its refresh tokens open all of
 * it. https://developers.google.com/identity/protocols/oauth2/web-server#incrementalAuth
 */
function accepted(desk: VendorDesk, wish: ConsentWish, query: Query): Record<string, string> {
  const { clientId } = wish;
  const { consents, refreshTokens } = accountsTables(desk);
  const account = whoConsents(wish, query);
  const before = consents.get(consentKey(clientId, account));
  const all = [...new Set([...(before?.scopes ?? []), ...scopesOf(wish.scope)])];
  const scopes = query.include_granted_scopes === 'true' ? all : scopesOf(wish.scope);
  const offline = query.access_type === 'offline' && (asksAgain(query) || before === undefined);
  const code = authorisationCodes<CodeDetails>(desk).issue('4/0A', wish, { offline, account, scopes });
  consents.put(consentKey(clientId, account), { clientId, account, scopes: all });
  for (const held of refreshTokens.all())
    if (held.clientId === clientId && keyOf(held.account) === account)
      refreshTokens.put(held.token, { ...held, scopes: all });
  return { ...(wish.state === undefined ? {} : { state: wish.state }), code, scope: scopes.join(' ') };
}

/** The one that was chosen, else the one that the client hints at, else the first. */
function whoConsents(wish: ConsentWish, query: Query): string {
  const hinted = accounts.find(({ email }) => email === query.login_hint?.toLowerCase());
  return wish.account ?? hinted?.key ?? keyOf(undefined);
}

/** To a user who consented before, only `prompt=consent` gives another refresh token. */
const asksAgain = (query: Query): boolean => (query.prompt ?? '').split(' ').includes('consent');

function refusalOf({ clientId, redirectUri, scope, account }: ConsentWish): string | null {
  if (!isOfGoogle(connectorOf(clientId))) return 'invalid_client';
  if (!isLocalAddress(redirectUri)) return 'redirect_uri_mismatch';
  if (findAccount(account) === undefined) return 'invalid_request: account';
  const scopes = scopesOf(scope);
  if (scopes.length === 0) return 'invalid_request: scope';
  const unknown = scopes.find((one) => !(one in SCOPES));
  return unknown === undefined ? null : `invalid_scope: ${unknown}`;
}

function parameterRefusal(query: Query): string | null {
  if (query.response_type !== 'code') return 'invalid_request: response_type';
  if (!['online', 'offline', undefined].includes(query.access_type)) return 'invalid_request: access_type';
  const method = query.code_challenge_method;
  if (query.code_challenge !== undefined && method !== 'S256')
    return 'invalid_request: code_challenge_method';
  return null;
}
