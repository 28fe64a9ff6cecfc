import type { Router } from 'express';
import { mountConsentScreen } from '../core/consent-screen.ts';
import { connectorOf, isLocalAddress } from '../core/oauth-clients.ts';
import { authorisationCodes } from '../core/oauth-codes.ts';
import type { ConsentWish, VendorDesk } from '../core/simulator.ts';
import { account } from './account.ts';
import { accountsTables } from './rows.ts';
import { SCOPES, scopesOf } from './scopes.ts';

/** What a code carries beside the consent itself. */
export interface CodeDetails {
  /** True: the exchange gives a refresh token too. */
  readonly offline: boolean;
}

type Query = Readonly<Record<string, string>>;

/** https://developers.google.com/identity/protocols/oauth2/web-server#creatingclient */
export function mountConsent(router: Router, desk: VendorDesk): void {
  mountConsentScreen(router, {
    path: '/o/oauth2/v2/auth',
    title: 'Google',
    colour: '#4285f4',
    account: account.email,
    refusal: (wish, query) => refusalOf(wish) ?? parameterRefusal(query),
    scopes: ({ scope = '' }) =>
      scopesOf(scope).map((one) => ({ scope: one, words: SCOPES[one] ?? { en: one, fr: one } })),
    accept: (wish, query) => accepted(desk, wish, givesRefreshToken(desk, wish, query)),
  });
}

/** As if the user had accepted `access_type=offline&prompt=consent`. Throws a sentence for a wrong request. */
export function acceptOffline(desk: VendorDesk, wish: ConsentWish): Record<string, string> {
  const refusal = refusalOf(wish);
  if (refusal) throw new Error(`Google refuses this request: ${refusal}.`);
  return accepted(desk, wish, true);
}

function accepted(desk: VendorDesk, wish: ConsentWish, offline: boolean): Record<string, string> {
  const code = authorisationCodes<CodeDetails>(desk).issue('4/0A', wish, { offline });
  accountsTables(desk).consents.put(wish.clientId, { clientId: wish.clientId });
  return {
    ...(wish.state === undefined ? {} : { state: wish.state }),
    code,
    scope: scopesOf(wish.scope).join(' '),
  };
}

/** To a user who consented before, only `prompt=consent` gives another refresh token. */
function givesRefreshToken(desk: VendorDesk, { clientId }: ConsentWish, query: Query): boolean {
  const asksAgain = (query.prompt ?? '').split(' ').includes('consent');
  return query.access_type === 'offline' && (asksAgain || !accountsTables(desk).consents.get(clientId));
}

function refusalOf({ clientId, redirectUri, scope }: ConsentWish): string | null {
  if (!connectorOf(clientId)?.startsWith('google-')) return 'invalid_client';
  if (!isLocalAddress(redirectUri)) return 'redirect_uri_mismatch';
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
