import type { Subscription } from '../core/connector.ts';
import { asLiaisonError, type LiaisonError } from '../core/errors.ts';
import { type ConnectionRow, deleteConnection } from '../store/connections.ts';
import { listSubscriptions } from '../store/subscriptions.ts';
import { createTokenEndpoint } from '../vault/token-endpoint.ts';
import { readTokens, TOKENS } from '../vault/tokens-text.ts';
import type { ConnectDeps } from './deps.ts';

/** What a disconnect undid at the vendor, and what an admin may have to remove there by hand. */
export interface DisconnectReport {
  readonly unsubscribed: number;
  /** `not-offered`: the vendor has no way to revoke (a pasted key). */
  readonly token: 'revoked' | 'not-offered' | 'not-revoked';
  readonly failures: readonly { readonly what: 'subscription' | 'token'; readonly error: LiaisonError }[];
}

// A vendor that is down must not keep an admin waiting for long.
const TIMEOUT_MS = 10_000;

/**
 * Ends a connection: unsubscribes and revokes at the vendor as well as it goes, then deletes everything
 * that opens the account. The log keeps what was done with it. Safe to repeat.
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
  const token = await revoke(deps, connection, (work) => attempt('token', work));
  await deleteConnection(deps.database, connection.id);
  deps.log.info(
    { connector: connection.connector, connection: connection.id, unsubscribed, token },
    'an account was disconnected',
  );
  return { unsubscribed, token, failures };
}

async function revoke(
  deps: ConnectDeps,
  connection: ConnectionRow,
  attempt: (work: () => Promise<void>) => Promise<boolean>,
): Promise<DisconnectReport['token']> {
  const connector = deps.connectors.get(connection.connector);
  const client = deps.oauthClient(connection.connector);
  if (
    connector?.authorisation.kind !== 'oauth' ||
    connector.authorisation.revokeUrl === undefined ||
    client === null
  ) {
    return 'not-offered';
  }
  const revoked = await attempt(async () => {
    const held = await deps.vault.read(deps.database, connection, TOKENS);
    if (held === null) return;
    const { refreshToken, accessToken } = readTokens(held.text);
    const endpoint = createTokenEndpoint({ ...deps, timeoutMs: TIMEOUT_MS });
    const issuer = { connector, dataCentre: connection.dataCentre, client };
    await endpoint.revoke(issuer, refreshToken ?? accessToken);
  });
  return revoked ? 'revoked' : 'not-revoked';
}
