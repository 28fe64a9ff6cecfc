import type { Connector, OAuthAuthorisation, VendorAccount } from '../core/connector.ts';
import { familyId, familyOf, missingScopes, registrationFor } from '../core/registration.ts';
import type { TokenSource } from '../outbound/outbound.ts';
import type { ConnectionRow } from '../store/connections.ts';
import { type GrantRow, grantById, grantOfAccount, sharesConsent } from '../store/grants.ts';
import { type OAuthAttempt, takeAttempt } from '../store/oauth-attempts.ts';
import { forgetRefreshes, noteRefreshes } from '../store/token-refreshes.ts';
import { attemptBelonging } from '../vault/attempt-belonging.ts';
import {
  createTokenEndpoint,
  type Issuer,
  type TokenEndpoint,
  type TokenGrant,
} from '../vault/token-endpoint.ts';
import { notRegistered } from '../vault/token-failure.ts';
import { readTokens, TOKENS, writeTokens } from '../vault/tokens-text.ts';
import { grantOf } from '../vault/vault.ts';
import { beginConnect } from './begin.ts';
import { checkCallback } from './callback-signature.ts';
import { type ConnectDeps, redirectUri } from './deps.ts';
import { digestOf } from './digest.ts';
import { endGrant, endRefreshToken } from './end-grant.ts';
import { FurtherConsent } from './further-consent.ts';
import { checkGrant, dataCentreOfAccount, dataCentreOfCallback, scopesGranted } from './granted.ts';
import { draftConnection, keepAccount } from './keep-account.ts';
import { neededScopes } from './needed-scopes.ts';
import {
  denied,
  noLastingAccess,
  missingScopes as notGiven,
  staleAttempt,
  vendorRefused,
} from './refusals.ts';
import { whoseConsent } from './whose-consent.ts';

export interface Callback {
  /** The query that the browser came back with. Nothing of it is believed before its state is found. */
  readonly query: URLSearchParams;
  readonly sessionId: string;
}

export interface Connected {
  readonly connection: ConnectionRow;
  readonly connector: Connector;
  readonly returnTo: string;
}

/**
 * Ends a visit to the vendor's consent page: state, data centre, code, scopes, whose account it is; then,
 * in one transaction, the connection and its sealed tokens.
 *
 * @throws LiaisonError with a sentence for the user. Nothing is stored then, and what the vendor gave is
 *   given back. FurtherConsent where the account must be asked once more, and for all that is needed.
 */
export async function finishConnect(deps: ConnectDeps, { query, sessionId }: Callback): Promise<Connected> {
  const state = query.get('state') ?? '';
  const attempt = await takeAttempt(deps.database, digestOf(state), digestOf(sessionId));
  const connector = attempt === null ? undefined : deps.connectors.get(attempt.connector);
  if (attempt === null || connector?.authorisation.kind !== 'oauth') throw staleAttempt();
  const { authorisation } = connector;
  const vendor = connector.titles.en;
  const error = query.get('error');
  if (error !== null) checkRefusal(deps, connector, attempt, query);
  if (error === 'access_denied') throw denied(vendor);
  if (error !== null || !query.has('code')) throw vendorRefused(vendor, error ?? 'no code');

  const registration = registrationFor(deps.oauthClient, deps.connectors, connector);
  if (registration === null) throw notRegistered(vendor);
  checkCallback(connector, authorisation, query, { site: attempt.site, secret: registration.client.secret });
  const dataCentre = dataCentreOfCallback(connector, authorisation, query)?.id ?? null;
  const issuer: Issuer = { connector, dataCentre, site: attempt.site, client: registration.client };
  const endpoint = createTokenEndpoint(deps);
  const given = await endpoint.exchange(issuer, query, {
    state,
    redirectUri: redirectUri(deps),
    verifier: openVerifier(deps, attempt),
  });
  const visit: Visit = {
    deps,
    attempt,
    connector,
    authorisation,
    issuer,
    endpoint,
    registration: registration.name,
  };
  let person: VendorAccount | null = null;
  try {
    checkGrant(connector, deps.connectors.values(), given);
    person = await whoConsented(visit, sessionId, given);
    const grant = await wholeGrant(visit, sessionId, given, person);
    const connection = await keep(visit, grant, person);
    deps.log.info({ connector: connector.id, connection: connection.id }, 'an account was connected');
    return { connection, connector, returnTo: attempt.returnTo };
  } catch (failure) {
    await giveBack(visit, given, person);
    throw failure;
  }
}

/** @throws LiaisonError where the vendor's refusal says more than that. */
function checkRefusal(
  deps: ConnectDeps,
  connector: Connector,
  { scopes }: OAuthAttempt,
  query: URLSearchParams,
): void {
  const registration = registrationFor(deps.oauthClient, deps.connectors, connector);
  const clientId = registration?.client.id ?? '';
  const asked = { clientId, redirectUri: redirectUri(deps), scopes };
  const refusal = familyOf(connector)?.consentRefusal?.(query, asked) ?? null;
  if (refusal !== null) throw refusal;
}

interface Visit {
  readonly deps: ConnectDeps;
  readonly attempt: OAuthAttempt;
  readonly connector: Connector;
  readonly authorisation: OAuthAuthorisation;
  readonly issuer: Issuer;
  readonly endpoint: TokenEndpoint;
  readonly registration: string;
}

/** Tokens that open all that is needed. */
interface WholeGrant {
  readonly tokens: TokenGrant;
  readonly scopes: readonly string[];
  /** The grant of the same account that they renew or extend. */
  readonly former: GrantRow | null;
}

/** Null for an application that is alone: its own account is all there is to know. */
async function whoConsented(
  visit: Visit,
  sessionId: string,
  given: TokenGrant,
): Promise<VendorAccount | null> {
  const { deps, attempt, connector, issuer } = visit;
  const family = familyOf(connector);
  if (family === null) return null;
  // Somebody else than the one whose grant was to be extended came, and was not asked for all of it.
  const unknown = missingScopes(family.scopes, scopesGranted(attempt.scopes, given));
  if (unknown.length > 0) throw await further(visit, sessionId, null, unknown);
  return whoseConsent(deps, connector, family, issuer.dataCentre, onlyToken(given.accessToken));
}

/**
 * What was given, or the tokens that are held of the same account where the vendor gave no refresh token anew.
 *
 * @throws FurtherConsent where that is not all that is needed, and it was not all asked for.
 */
async function wholeGrant(
  visit: Visit,
  sessionId: string,
  given: TokenGrant,
  person: VendorAccount | null,
): Promise<WholeGrant> {
  const { deps, attempt, connector, authorisation } = visit;
  const { organisationId } = attempt;
  const former =
    organisationId === null || person === null
      ? null
      : await grantOfAccount(deps.database, {
          organisationId,
          family: familyId(connector),
          registration: visit.registration,
          owner: attempt.owner,
          accountId: person.id,
        });
  const needed = await neededScopes(deps.database, deps.connectors, connector, former);
  const isWhole = (tokens: TokenGrant) =>
    missingScopes(needed, scopesGranted(attempt.scopes, tokens)).length === 0;
  // What an application that is alone was given was judged already.
  if (person === null || (given.refreshToken !== null && isWhole(given)))
    return { tokens: given, scopes: scopesGranted(attempt.scopes, given), former };
  const extended =
    former === null || familyOf(connector)?.earlierScopes !== 'included'
      ? null
      : await heldTokens(visit, former);
  if (former !== null && extended !== null && extended.scope !== null && isWhole(extended)) {
    return { tokens: extended, scopes: scopesGranted([], extended), former };
  }
  if (given.refreshToken === null && attempt.whole && authorisation.refresh !== undefined)
    throw noLastingAccess(connector.titles.en);
  const lacking = missingScopes(needed, scopesGranted(attempt.scopes, given));
  throw await further(visit, sessionId, former, lacking);
}

/** Fresh tokens by the refresh token that is held; null where there is none that the vendor takes. */
async function heldTokens(visit: Visit, former: GrantRow): Promise<TokenGrant | null> {
  const { deps, endpoint, issuer } = visit;
  const owner = { kind: 'grant' as const, id: former.id, organisationId: former.organisationId };
  const held = await deps.vault.read(deps.database, owner, TOKENS);
  const refreshToken = held === null ? null : readTokens(held.text).refreshToken;
  if (refreshToken === null) return null;
  try {
    const tokens = await endpoint.refresh({ ...issuer, dataCentre: former.dataCentre }, refreshToken);
    return { ...tokens, refreshToken: tokens.refreshToken ?? refreshToken };
  } catch {
    deps.log.warn({ grant: former.id }, 'a grant could not be extended by the token that is held of it');
    return null;
  }
}

async function further(
  visit: Visit,
  sessionId: string,
  former: GrantRow | null,
  lacking: Parameters<typeof notGiven>[1],
): Promise<Error> {
  const { deps, attempt, connector } = visit;
  if (attempt.whole) return notGiven(connector.titles.en, lacking);
  const address = await beginConnect(deps, {
    organisationId: attempt.organisationId,
    connector,
    connectionId: attempt.connectionId ?? undefined,
    owner: attempt.owner ?? undefined,
    grantId: former?.id,
    whole: true,
    sessionId,
    returnTo: attempt.returnTo,
  });
  return new FurtherConsent(address);
}

async function keep(visit: Visit, grant: WholeGrant, person: VendorAccount | null): Promise<ConnectionRow> {
  const { deps, attempt, connector, authorisation, issuer } = visit;
  const { organisationId } = attempt;
  const { tokens } = grant;
  const { site } = attempt;
  const draft = draftConnection(deps, { connector, organisationId, dataCentre: issuer.dataCentre, site });
  const http = deps.outbound.open(connector, draft, { tokens: onlyToken(tokens.accessToken) });
  const account = await connector.identify(connector.client(http));
  const dataCentre = issuer.dataCentre ?? dataCentreOfAccount(connector, authorisation, account);
  const kept = await deps.database.transaction(async (sql) => {
    const { connection, left } = await keepAccount(deps, sql, {
      organisationId,
      connector,
      account,
      owner: attempt.owner,
      connectionId: attempt.connectionId,
      grant: {
        family: familyId(connector),
        registration: visit.registration,
        account: person ?? account,
        dataCentre,
        site,
        scopes: grant.scopes,
      },
    });
    const before = await deps.vault.read(sql, grantOf(connection), TOKENS);
    await deps.vault.put(sql, grantOf(connection), TOKENS, writeTokens(tokens), tokens.lifetimeMs);
    const replaced = before === null ? null : readTokens(before.text).refreshToken;
    // The first access token counts against a new refresh token's limit.
    if (replaced !== tokens.refreshToken) await forgetRefreshes(sql, connection.grantId);
    const limit = authorisation.refresh?.limit;
    if (limit) await noteRefreshes(sql, connection.grantId, limit);
    return { connection, left, replaced: replaced === tokens.refreshToken ? null : replaced };
  });
  const standing = await grantById(deps.database, kept.connection.grantId);
  if (kept.replaced !== null && standing !== null)
    await endRefreshToken(deps, connector, standing, kept.replaced);
  for (const one of kept.left) await endGrant(deps, connector, one);
  return kept.connection;
}

/** A new token that is refused is no good: there is nothing to renew yet. */
export function onlyToken(token: string): TokenSource {
  return { authorization: async () => token, renew: async () => token };
}

/** What was given is not kept, unless the same consent serves something that is. */
async function giveBack(visit: Visit, given: TokenGrant, person: VendorAccount | null): Promise<void> {
  const { deps, connector, endpoint, issuer, registration } = visit;
  const family = familyOf(connector);
  try {
    if (family?.revoking === 'consent') {
      const of = { family: family.id, registration, accountId: person?.id ?? null, except: null };
      if (await sharesConsent(deps.database, of)) return;
    }
    await endpoint.revoke(issuer, given.refreshToken ?? given.accessToken);
  } catch {
    deps.log.warn({ connector: connector.id }, 'tokens that were not kept could not be revoked');
  }
}

function openVerifier(deps: ConnectDeps, attempt: OAuthAttempt): string | null {
  const sealed = { sealed: attempt.sealedVerifier, keyId: attempt.keyId };
  const verifier = deps.vault.unseal(attemptBelonging(attempt.stateDigest), sealed);
  return verifier === '' ? null : verifier;
}
