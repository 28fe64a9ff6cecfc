import type { Connector, DataCentre, OAuthAuthorisation, VendorAccount } from '../core/connector.ts';
import { familyOf, siblingsOf } from '../core/registration.ts';
import type { TokenGrant } from '../vault/token-endpoint.ts';
import { extraScopes, foreignDataCentre, missingScopes, noLastingAccess } from './refusals.ts';

/**
 * The data centre that a callback names, from the connector's list only: the client secret is sent there.
 * The comparison is exact; nothing of the callback is ever parsed into an address.
 *
 * @throws LiaisonError for any other, before anything is sent.
 */
export function dataCentreOfCallback(
  connector: Connector,
  authorisation: OAuthAuthorisation,
  callback: URLSearchParams,
): DataCentre | null {
  const centres = authorisation.dataCentres;
  if (centres === undefined || authorisation.dataCentreFrom === 'account') return null;
  const named = callback.getAll('accounts-server');
  const wanted = named.length === 0 ? [new URL(authorisation.tokenUrl).origin] : named;
  const found = centres.find(({ accountsUrl }) => wanted.length === 1 && wanted[0] === accountsUrl);
  if (found === undefined) throw foreignDataCentre(connector.titles.en);
  return found;
}

/**
 * The data centre that the account names, for vendors whose callback does not: one of the connector's list,
 * so that the token never goes to an address that only an answer knows.
 *
 * @throws LiaisonError for any other.
 */
export function dataCentreOfAccount(
  connector: Connector,
  authorisation: OAuthAuthorisation,
  account: VendorAccount,
): string | null {
  if (authorisation.dataCentreFrom !== 'account') return null;
  const found = authorisation.dataCentres?.find(({ id }) => id === account.facts?.dataCentre);
  if (found === undefined) throw foreignDataCentre(connector.titles.en);
  return found.id;
}

// Sign-in scopes of OpenID Connect: vendors grant them under names of their own, and they open no data.
const SIGN_IN_SCOPE = /^(openid|email|profile|offline_access|.*\/userinfo\.(email|profile))$/;

/**
 * What was granted must be what Liaison asks for: with less than the application needs, flows would fail one by
 * one; with more than the family does, a stolen token would open what nobody meant to give.
 *
 * @throws LiaisonError otherwise.
 */
export function checkGrant(connector: Connector, connectors: Iterable<Connector>, grant: TokenGrant): void {
  const { authorisation } = connector;
  if (authorisation.kind !== 'oauth') return;
  const vendor = connector.titles.en;
  const family = familyOf(connector);
  // Of a family a token may be held already, and further applications may have been consented to before.
  if (family === null && authorisation.refresh !== undefined && grant.refreshToken === null)
    throw noLastingAccess(vendor);
  // A vendor that says nothing granted what was asked for (RFC 6749, 5.1).
  if (grant.scope === null) return;
  const known = family === null ? [connector] : siblingsOf(connectors, connector);
  const asked = scopeSet([
    ...(family?.scopes ?? []).map(({ scope }) => scope),
    ...known.flatMap((one) =>
      one.authorisation.kind === 'oauth' ? one.authorisation.scopes.map(({ scope }) => scope) : [],
    ),
  ]);
  const granted = scopeSet(grant.scope.split(/[\s,]+/));
  const missing = authorisation.scopes.filter(({ scope }) => {
    const [wanted] = scopeSet([scope]);
    return wanted !== undefined && !granted.has(wanted);
  });
  if (missing.length > 0) throw missingScopes(vendor, missing);
  const extra = [...granted].filter((scope) => !asked.has(scope));
  if (extra.length > 0) throw extraScopes(vendor, extra);
}

/** It opens no data, and no vendor lists it: the refresh token that came says that it was granted. */
const LASTING = 'offline_access';

/** What a grant opens: what the vendor says, and where it says nothing what was asked for (RFC 6749, 5.1). */
export function scopesGranted(asked: readonly string[], grant: TokenGrant): readonly string[] {
  if (grant.scope === null) return asked;
  const told = grant.scope.split(/[\s,]+/).filter((scope) => scope !== '');
  const lasts = grant.refreshToken !== null && asked.includes(LASTING) && !told.includes(LASTING);
  return lasts ? [...told, LASTING] : told;
}

function scopeSet(scopes: readonly string[]): ReadonlySet<string> {
  const lower = scopes.map((scope) => scope.toLowerCase());
  return new Set(lower.filter((scope) => scope !== '' && !SIGN_IN_SCOPE.test(scope)));
}
