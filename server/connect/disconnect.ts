import type { Connector, Subscription } from '../core/connector.ts';
import { asLiaisonError, type LiaisonError } from '../core/errors.ts';
import { type ConnectionRow, connectionsOfGrant, deleteConnection } from '../store/connections.ts';
import { deleteUnusedGrant, lockGrant } from '../store/grants.ts';
import { listSubscriptions } from '../store/subscriptions.ts';
import { createTokenEndpoint } from '../vault/token-endpoint.ts';
import { readTokens, type StoredTokens, TOKENS } from '../vault/tokens-text.ts';
import { grantOf } from '../vault/vault.ts';
import type { ConnectDeps } from './deps.ts';

/** What a disconnect undid at the vendor, and what an admin may have to remove there by hand. */
export interface DisconnectReport {
  readonly unsubscribed: number;
  /** `kept`: other connections stand on the same grant; `not-offered`: the vendor has no way to revoke (a pasted key). */
  readonly token: 'revoked' | 'kept' | 'not-offered' | 'not-revoked';
  readonly failures: readonly { readonly what: 'subscription' | 'token'; readonly error: LiaisonError }[];
}

// A vendor that is down must not keep an admin waiting for long.
const TIMEOUT_MS = 10_000;

/**
 * Ends a connection: unsubscribes at the vendor as well as it goes and, where no other connection stands on its
 * grant, revokes that too, then deletes everything that opens the account. The log keeps what was done with it.
 * Safe to repeat.
 */
export async function disconnect(deps: ConnectDeps, connection: ConnectionRow): Promise<DisconnectReport> {
  const failures: { what: 'subscription' | 'token'; error: LiaisonError }[] = [];
  const attempt = async (what: 'subscription' | 'token', work: () => Promise<void>): Promise<boolean> => {
    try {
      await work();
      return true;
    } catch (thrown) {
      const error = asLiaisonError(thrown);
      // What is gone need not be removed.
      if (error.kind === 'gone') return true;
      failures.push({ what, error });
      return false;
    }
  };

  let unsubscribed = 0;
  const connector = deps.connectors.get(connection.connector);
  const unsubscribe = connector?.webhooks?.unsubscribe;
  if (connector !== undefined && unsubscribe !== undefined) {
    const client = connector.client(deps.outbound.open(connector, connection, { timeoutMs: TIMEOUT_MS }));
    for (const { kind, vendorId } of await listSubscriptions(deps.database, connection.id)) {
      const subscription: Subscription = { kind, vendorId };
      if (await attempt('subscription', () => unsubscribe(client, subscription))) unsubscribed += 1;
    }
  }
  const token = await letGo(deps, connection, connector, (work) => attempt('token', work));
  deps.log.info(
    { connector: connection.connector, connection: connection.id, unsubscribed, token },
    'an account was disconnected',
  );
  return { unsubscribed, token, failures };
}

/** Deletes the connection, and its grant with it where nothing else stands on that. */
async function letGo(
  deps: ConnectDeps,
  connection: ConnectionRow,
  connector: Connector | undefined,
  attempt: (work: () => Promise<void>) => Promise<boolean>,
): Promise<DisconnectReport['token']> {
  const { database } = deps;
  const isLast = async (sql: Pick<typeof database, 'query'>) =>
    (await connectionsOfGrant(sql, connection.grantId)).every(({ id }) => id === connection.id);
  // Before anything is deleted: cut short here, it can be repeated.
  let outcome: DisconnectReport['token'] = (await isLast(database))
    ? await revoke(deps, connection, connector, await heldTokens(deps, connection), attempt)
    : 'kept';
  const left = await database.transaction(async (sql) => {
    await lockGrant(sql, connection.grantId);
    const tokens = outcome === 'kept' && (await isLast(sql)) ? await heldTokens(deps, connection) : null;
    await deleteConnection(sql, connection.id);
    await deleteUnusedGrant(sql, connection.grantId);
    return tokens;
  });
  // The others were disconnected meanwhile.
  if (left !== null) outcome = await revoke(deps, connection, connector, left, attempt);
  return outcome;
}

async function heldTokens(deps: ConnectDeps, connection: ConnectionRow): Promise<StoredTokens | null> {
  const held = await deps.vault.read(deps.database, grantOf(connection), TOKENS);
  return held === null ? null : readTokens(held.text);
}

async function revoke(
  deps: ConnectDeps,
  connection: ConnectionRow,
  connector: Connector | undefined,
  tokens: StoredTokens | null,
  attempt: (work: () => Promise<void>) => Promise<boolean>,
): Promise<'revoked' | 'not-offered' | 'not-revoked'> {
  const client = deps.oauthClient(connection.registration);
  if (
    connector?.authorisation.kind !== 'oauth' ||
    connector.authorisation.revokeUrl === undefined ||
    client === null
  ) {
    return 'not-offered';
  }
  const revoked = await attempt(async () => {
    if (tokens === null) return;
    const endpoint = createTokenEndpoint({ ...deps, timeoutMs: TIMEOUT_MS });
    const issuer = { connector, dataCentre: connection.dataCentre, client };
    await endpoint.revoke(issuer, tokens.refreshToken ?? tokens.accessToken);
  });
  return revoked ? 'revoked' : 'not-revoked';
}
