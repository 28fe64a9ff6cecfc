import type { Connector } from '../core/connector.ts';
import { LiaisonError } from '../core/errors.ts';
import { type ConnectionRow, connectionById, connectionOf } from '../store/connections.ts';
import { KEY } from '../vault/tokens-text.ts';
import { grantOf } from '../vault/vault.ts';
import type { ConnectDeps } from './deps.ts';
import { onlyToken } from './finish.ts';
import { draftConnection, keepAccount } from './keep-account.ts';
import { keyRefused, notAKey } from './refusals.ts';

/**
 * Connects an account with a key that an admin pasted. The vendor is asked whose it is before it is kept.
 *
 * @throws LiaisonError when the vendor does not take the key, or it is of another account than the connection.
 */
export async function connectWithKey(
  deps: ConnectDeps,
  wish: {
    readonly organisationId: string;
    readonly connector: Connector;
    readonly key: string;
    /** The connection that is given another key: it must be of the same account. Absent: an account is added. */
    readonly connectionId?: string;
    /** The user whose own the account will be; absent: the organisation's. */
    readonly owner?: string;
  },
): Promise<ConnectionRow> {
  const { organisationId, connector } = wish;
  if (connector.authorisation.kind !== 'key') throw new Error(`${connector.id} is not connected with a key`);
  const key = wish.key.trim();
  // What cannot stand in a header is no key; a token made by a vendor is visible ASCII.
  if (!/^[\x21-\x7e]{8,1000}$/.test(key)) throw notAKey(connector.titles.en);
  const draft = draftConnection(deps, { connector, organisationId, dataCentre: null });
  const http = deps.outbound.open(connector, draft, { tokens: onlyToken(key) });
  const account = await connector.identify(connector.client(http)).catch(async (thrown: unknown) => {
    if (!(thrown instanceof LiaisonError) || thrown.kind !== 'reconnect') throw thrown;
    // It is the pasted key that is no good: the connection that stands, if one does, was not touched.
    const standing =
      wish.connectionId === undefined
        ? await connectionOf(deps.database, organisationId, connector.id)
        : await connectionById(deps.database, wish.connectionId);
    throw keyRefused(connector.titles.en, standing?.state === 'active', thrown.details.vendorMessage);
  });
  return deps.database.transaction(async (sql) => {
    const { connection } = await keepAccount(deps, sql, {
      organisationId,
      connector,
      account,
      owner: wish.owner ?? null,
      connectionId: wish.connectionId ?? null,
      grant: {
        family: connector.id,
        registration: connector.id,
        account,
        dataCentre: null,
        scopes: [],
      },
    });
    await deps.vault.put(sql, grantOf(connection), KEY, key);
    return connection;
  });
}
