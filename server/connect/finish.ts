import type { Connector } from '../core/connector.ts';
import type { TokenSource } from '../outbound/outbound.ts';
import type { ConnectionRow } from '../store/connections.ts';
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
import { TOKENS, writeTokens } from '../vault/tokens-text.ts';
import { grantOf } from '../vault/vault.ts';
import { digestOf } from './begin.ts';
import { type ConnectDeps, redirectUri } from './deps.ts';
import { checkGrant, dataCentreOfAccount, dataCentreOfCallback, scopesGranted } from './granted.ts';
import { draftConnection, keepAccount } from './keep-account.ts';
import { denied, staleAttempt, vendorRefused } from './refusals.ts';

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
 *   given back.
 */
export async function finishConnect(deps: ConnectDeps, { query, sessionId }: Callback): Promise<Connected> {
  const state = query.get('state') ?? '';
  const attempt = await takeAttempt(deps.database, digestOf(state), digestOf(sessionId));
  const connector = attempt === null ? undefined : deps.connectors.get(attempt.connector);
  if (attempt === null || connector?.authorisation.kind !== 'oauth') throw staleAttempt();
  const { authorisation } = connector;
  const vendor = connector.titles.en;
  const error = query.get('error');
  if (error === 'access_denied') throw denied(vendor);
  if (error !== null || !query.has('code')) throw vendorRefused(vendor, error ?? 'no code');

  const client = deps.oauthClient(connector.id);
  if (client === null) throw notRegistered(vendor);
  const dataCentre = dataCentreOfCallback(connector, authorisation, query)?.id ?? null;
  const issuer: Issuer = { connector, dataCentre, client };
  const endpoint = createTokenEndpoint(deps);
  const grant = await endpoint.exchange(issuer, query, {
    state,
    redirectUri: redirectUri(deps),
    verifier: openVerifier(deps, attempt),
  });
  try {
    checkGrant(connector, authorisation, grant);
    const connection = await keep(deps, attempt, issuer, grant);
    deps.log.info({ connector: connector.id, connection: connection.id }, 'an account was connected');
    return { connection, connector, returnTo: attempt.returnTo };
  } catch (failure) {
    await giveBack(deps, endpoint, issuer, grant);
    throw failure;
  }
}

async function keep(
  deps: ConnectDeps,
  attempt: OAuthAttempt,
  issuer: Issuer,
  grant: TokenGrant,
): Promise<ConnectionRow> {
  const { connector } = issuer;
  const { authorisation } = connector;
  const { organisationId } = attempt;
  const draft = draftConnection(deps, { connector, organisationId, dataCentre: issuer.dataCentre });
  const http = deps.outbound.open(connector, draft, { tokens: onlyToken(grant.accessToken) });
  const account = await connector.identify(connector.client(http));
  const dataCentre =
    authorisation.kind === 'oauth'
      ? (issuer.dataCentre ?? dataCentreOfAccount(connector, authorisation, account))
      : null;
  return deps.database.transaction(async (sql) => {
    const connection = await keepAccount(deps, sql, {
      organisationId,
      connector,
      account,
      dataCentre,
      owner: attempt.owner,
      connectionId: attempt.connectionId,
      scopes: scopesGranted(authorisation, grant),
    });
    await deps.vault.put(sql, grantOf(connection), TOKENS, writeTokens(grant), grant.lifetimeMs);
    // The first access token counts against the new refresh token's limit.
    await forgetRefreshes(sql, connection.grantId);
    const limit = authorisation.kind === 'oauth' ? authorisation.refresh?.limit : undefined;
    if (limit) await noteRefreshes(sql, connection.grantId, limit);
    return connection;
  });
}

/** A new token that is refused is no good: there is nothing to renew yet. */
export function onlyToken(token: string): TokenSource {
  return { authorization: async () => token, renew: async () => token };
}

async function giveBack(
  deps: ConnectDeps,
  endpoint: TokenEndpoint,
  issuer: Issuer,
  grant: TokenGrant,
): Promise<void> {
  try {
    await endpoint.revoke(issuer, grant.refreshToken ?? grant.accessToken);
  } catch {
    deps.log.warn({ connector: issuer.connector.id }, 'tokens that were not kept could not be revoked');
  }
}

function openVerifier(deps: ConnectDeps, attempt: OAuthAttempt): string | null {
  const sealed = { sealed: attempt.sealedVerifier, keyId: attempt.keyId };
  const verifier = deps.vault.unseal(attemptBelonging(attempt.stateDigest), sealed);
  return verifier === '' ? null : verifier;
}
