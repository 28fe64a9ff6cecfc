import type { Request, Router } from 'express';
import { bodyOf } from '../core/body.ts';
import type { Words } from '../core/consent-page.ts';
import { mountConsentScreen } from '../core/consent-screen.ts';
import { connectorOf, isLocalAddress } from '../core/oauth-clients.ts';
import { authorisationCodes } from '../core/oauth-codes.ts';
import type { ConsentWish, VendorDesk } from '../core/simulator.ts';
import { handled } from '../kit/api.ts';
import type { Reply } from '../kit/refusal.ts';
import { platformTables, type TokenRow } from './rows.ts';
import { ownShop, shopOf, shops } from './shop.ts';
import { APP_SECRET, signedCallback } from './sign.ts';

const LIFE_SECONDS = 3_600;
const REFRESH_LIFE_SECONDS = 90 * 86_400;

/** https://shopify.dev/docs/api/usage/access-scopes */
const SCOPES: Readonly<Record<string, Words>> = {
  read_orders: {
    en: 'see orders, payments and refunds',
    fr: 'voir les commandes, paiements et remboursements',
  },
  read_customers: { en: 'see customers', fr: 'voir les clients' },
  read_products: { en: 'see products', fr: 'voir les produits' },
  write_products: { en: 'change products', fr: 'modifier les produits' },
  read_locations: { en: 'see locations', fr: 'voir les emplacements' },
  read_inventory: { en: 'see stock', fr: 'voir le stock' },
  write_inventory: { en: 'change stock', fr: 'modifier le stock' },
};

const scopesIn = (text: string): string[] => text.split(/[\s,]+/).filter(Boolean);

interface Details {
  readonly shop: string;
  readonly scopes: readonly string[];
}

/** https://shopify.dev/docs/apps/build/authentication-authorization/access-tokens/authorization-code-grant */
export function mountOAuth(router: Router, desk: VendorDesk): void {
  mountConsentScreen(router, {
    path: '/admin/oauth/authorize',
    title: 'Shopify',
    colour: '#5e8e3e',
    account: ownShop.name,
    accounts: shops.map(({ key, domain }) => ({ id: key, name: domain })),
    refusal: refusalOf,
    scopes: ({ scope = '' }) =>
      scopesIn(scope).map((one) => ({ scope: one, words: SCOPES[one] ?? { en: one, fr: one } })),
    accept: (wish) => accepted(desk, wish),
  });
  router.post(
    '/admin/oauth/access_token',
    handled((request) => tokenReply(desk, request)),
  );
}

/** As if whoever owns the shop had accepted. Throws a sentence for a wrong request. */
export function acceptConsent(desk: VendorDesk, wish: ConsentWish): Record<string, string> {
  const refusal = refusalOf(wish);
  if (refusal) throw new Error(`Shopify refuses this request: ${refusal}.`);
  return accepted(desk, wish);
}

function refusalOf({ clientId, redirectUri, scope, account }: ConsentWish): string | null {
  if (connectorOf(clientId) !== 'shopify')
    return 'invalid_request: Could not find Shopify API application with api_key';
  if (!isLocalAddress(redirectUri)) return 'invalid_request: The redirect_uri is not whitelisted';
  if (shopOf(account) === undefined) return 'There is no such shop';
  const unknown = scopesIn(scope).find((one) => !(one in SCOPES));
  return unknown === undefined ? null : `invalid_scope: ${unknown}`;
}

function accepted(desk: VendorDesk, wish: ConsentWish): Record<string, string> {
  const { key, domain } = shopOf(wish.account) ?? ownShop;
  // Shopify knows no PKCE: a challenge is not looked at.
  const { clientId, redirectUri, scope, state = '' } = wish;
  const details = { shop: key, scopes: scopesIn(scope) };
  const code = authorisationCodes<Details>(desk).issue('', { clientId, redirectUri, scope }, details);
  // Whoever registers an application enters there where it is told what the law asks of it.
  const privacyUrl = new URL('/hooks/shopify/application', redirectUri).href;
  platformTables(desk).application.put('own', { privacyUrl });
  const host = Buffer.from(`admin.shopify.com/store/${domain.split('.')[0]}`)
    .toString('base64')
    .replace(/=+$/, '');
  const timestamp = String(Math.floor(desk.clock().getTime() / 1_000));
  return signedCallback({ code, host, shop: domain, state, timestamp });
}

const refused = (status: number, error: string, description: string): Reply => ({
  status,
  body: { error, error_description: description },
});

function tokenReply(desk: VendorDesk, request: Request): Reply {
  const { form: fields, json } = bodyOf(request);
  const form = (json ?? fields) as Readonly<Record<string, string | undefined>>;
  const { client_id: clientId = '', client_secret: secret = '' } = form;
  if (connectorOf(clientId) !== 'shopify' || secret !== APP_SECRET)
    return refused(401, 'invalid_client', 'The client credentials are invalid.');
  if (form.grant_type === 'refresh_token') return refreshed(desk, form.refresh_token ?? '');
  const redeemed = authorisationCodes<Details>(desk).redeem({
    code: form.code ?? '',
    clientId,
    redirectUri: form.redirect_uri ?? '',
    verifier: undefined,
  });
  if (!redeemed.ok)
    return refused(400, 'invalid_request', 'The authorization code was not found or was already used.');
  return { body: issue(desk, redeemed.grant.details, form.expiring === '1').body };
}

/**
 * Without `expiring=1` a token lasts for ever and has none that follows it.
 * https://shopify.dev/docs/apps/build/authentication-authorization/access-tokens/offline-access-tokens
 */
function issue(desk: VendorDesk, { shop, scopes }: Details, isExpiring: boolean) {
  const { tokens, refreshTokens } = platformTables(desk);
  const now = desk.clock().getTime();
  const token = desk.id('shpat_', 32).toLowerCase();
  tokens.put(token, { token, shop, scopes, expiresAt: isExpiring ? now + LIFE_SECONDS * 1_000 : null });
  const said = { access_token: token, scope: scopes.join(',') };
  if (!isExpiring) return { token, refresh: null, body: said };
  const refresh = desk.id('shprt_', 32).toLowerCase();
  const expiresAt = now + REFRESH_LIFE_SECONDS * 1_000;
  refreshTokens.put(refresh, { token: refresh, shop, scopes, expiresAt, replacedBy: null });
  const body = {
    ...said,
    expires_in: LIFE_SECONDS,
    refresh_token: refresh,
    refresh_token_expires_in: REFRESH_LIFE_SECONDS,
  };
  return { token, refresh, body };
}

/**
 * Each refresh gives another refresh token. The one before is good until what replaced it is used, so that an answer
 * may be lost. https://shopify.dev/changelog/more-resilient-refreshes-for-expiring-offline-access-tokens
 */
function refreshed(desk: VendorDesk, given: string): Reply {
  const { refreshTokens, tokens } = platformTables(desk);
  const held = refreshTokens.get(given);
  if (held === undefined || held.expiresAt <= desk.clock().getTime())
    return refused(400, 'invalid_grant', 'This request requires an active refresh_token');
  if (held.replacedBy !== null) {
    refreshTokens.delete(held.replacedBy.refresh);
    tokens.delete(held.replacedBy.access);
  }
  const { token, refresh, body } = issue(desk, held, true);
  refreshTokens.put(given, { ...held, replacedBy: { refresh: refresh ?? '', access: token } });
  return { body };
}

/** The token of a request; null: it opens nothing (any more). */
export function believe(desk: VendorDesk, given: string | undefined): TokenRow | null {
  const { tokens, refreshTokens } = platformTables(desk);
  const row = tokens.get(given ?? '');
  if (row === undefined || (row.expiresAt !== null && row.expiresAt <= desk.clock().getTime())) return null;
  for (const old of refreshTokens.all())
    if (old.replacedBy?.access === row.token) refreshTokens.delete(old.token);
  return row;
}

/** The shop takes the application out. */
export function endAccess(desk: VendorDesk, shop: string): void {
  const { tokens, refreshTokens } = platformTables(desk);
  for (const one of tokens.all()) if (one.shop === shop) tokens.delete(one.token);
  for (const one of refreshTokens.all()) if (one.shop === shop) refreshTokens.delete(one.token);
}

/** Every access token ends now; refresh tokens stay. Answers how many there were. */
export function expireAll(desk: VendorDesk): number {
  const { tokens } = platformTables(desk);
  const live = tokens.all();
  for (const { token } of live) tokens.delete(token);
  return live.length;
}
