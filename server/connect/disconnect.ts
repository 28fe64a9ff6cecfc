import type { Connector, Subscription } from '../core/connector.ts';
import { asLiaisonError, type LiaisonError } from '../core/errors.ts';
import { type ConnectionRow, connectionsOfGrant, deleteConnection } from '../store/connections.ts';
import type { Sql } from '../store/database.ts';
import { deleteUnusedGrant, grantById, lockGrant } from '../store/grants.ts';
import { listSubscriptions } from '../store/subscriptions.ts';
import { readTokens, TOKENS } from '../vault/tokens-text.ts';
import { grantOf } from '../vault/vault.ts';
import type { ConnectDeps } from './deps.ts';
import { endGrant, type LeftGrant, type TokenEnd } from './end-grant.ts';

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
  const attempt = async (work: () => Promise<void>): Promise<boolean> => {
    try {
      await work();
      return true;
    } catch (thrown) {
      const error = asLiaisonError(thrown);
      // What is gone need not be removed.
      if (error.kind === 'gone') return true;
      failures.push({ what: 'subscription', error });
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
      if (await attempt(() => unsubscribe(client, subscription))) unsubscribed += 1;
    }
  }
  const ended = await letGo(deps, connection, connector);
  if (ended.is === 'not-revoked') failures.push({ what: 'token', error: ended.error });
  const token = ended.is === 'shared' ? 'kept' : ended.is;
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
): Promise<TokenEnd> {
  const { database } = deps;
  const isLast = async (sql: Pick<typeof database, 'query'>) =>
    (await connectionsOfGrant(sql, connection.grantId)).every(({ id }) => id === connection.id);
  const end = (left: LeftGrant | null): TokenEnd | Promise<TokenEnd> =>
    left === null || connector === undefined ? { is: 'not-offered' } : endGrant(deps, connector, left);
  // Before anything is deleted: cut short here, it can be repeated.
  const early = (await isLast(database)) ? await end(await heldOf(deps, database, connection)) : null;
  const late = await database.transaction(async (sql) => {
    await lockGrant(sql, connection.grantId);
    const left = early === null && (await isLast(sql)) ? await heldOf(deps, sql, connection) : null;
    await deleteConnection(sql, connection.id);
    await deleteUnusedGrant(sql, connection.grantId);
    return left;
  });
  // The others that stood on it were disconnected meanwhile.
  return early ?? (late === null ? { is: 'shared' } : end(late));
}

async function heldOf(deps: ConnectDeps, sql: Sql, connection: ConnectionRow): Promise<LeftGrant | null> {
  const grant = await grantById(sql, connection.grantId);
  if (grant === null) return null;
  const held = await deps.vault.read(sql, grantOf(connection), TOKENS);
  return { grant, tokens: held === null ? null : readTokens(held.text) };
}
