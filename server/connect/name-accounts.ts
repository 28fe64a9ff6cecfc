import { createHash } from 'node:crypto';
import { accountOfKey, isNameless, type KeyAccount } from '../core/account-of-key.ts';
import type { Connector, KeyAuthorisation, VendorAccount } from '../core/connector.ts';
import { asLiaisonError } from '../core/errors.ts';
import { announce } from '../engine/notify.ts';
import { readKeys } from '../outbound/credential.ts';
import { type ConnectionRow, connectionById, listConnections } from '../store/connections.ts';
import type { Sql } from '../store/database.ts';
import { nameAccount, nameRoles } from '../store/name-account.ts';
import { KEY } from '../vault/tokens-text.ts';
import { grantOf } from '../vault/vault.ts';
import type { ConnectDeps } from './deps.ts';

/** Enough to tell the keys of one organisation apart, and too little to find one by. */
const FINGERPRINT = 16;

/** The account that a pasted key opens, by what its vendor says of it. */
export function accountBehind(
  authorisation: KeyAuthorisation,
  said: KeyAccount,
  secret: string,
): VendorAccount {
  const fingerprint = createHash('sha256').update(secret).digest('hex').slice(0, FINGERPRINT);
  const keys = authorisation.fields === undefined ? {} : readKeys(secret);
  return accountOfKey(authorisation, said, { secret, fingerprint, keys });
}

/**
 * Connections of before accounts had names: each is asked with its own key whose it is, and named so. What cannot be
 * asked now is asked the next time.
 *
 * @param of absent: of every organisation.
 */
export async function nameAccounts(
  deps: ConnectDeps,
  of?: { readonly organisationId: string; readonly connector: Connector },
): Promise<void> {
  const { database, log } = deps;
  let changed = false;
  for (const connection of await listConnections(database, of?.organisationId)) {
    const connector = deps.connectors.get(connection.connector);
    if (connector === undefined || (of !== undefined && of.connector.id !== connector.id)) continue;
    if (connection.state !== 'active' || !isNameless(connector.id, connection.account.id)) continue;
    try {
      changed = (await name(deps, connector, connection)) || changed;
    } catch (thrown) {
      const { kind, message } = asLiaisonError(thrown);
      log.warn({ connection: connection.id, kind, reason: message }, 'an account could not be named');
    }
  }
  if (changed) await announce(database, 'directory');
}

async function name(deps: ConnectDeps, connector: Connector, connection: ConnectionRow): Promise<boolean> {
  const { database, vault, outbound } = deps;
  if (connector.authorisation.kind !== 'key') return false;
  const held = await vault.read(database, grantOf(connection), KEY);
  if (held === null) return false;
  const said = await connector.identify(connector.client(outbound.open(connector, connection)));
  const account = accountBehind(connector.authorisation, said, held.text);
  return database.transaction((sql) => nameAccount(sql, connection, connector.id, account));
}

/**
 * Before a key is kept: what stands without a name and could not be asked is taken for the account of the key, which
 * renews it, and so are roles whose connection of then is no more.
 *
 * @param wish.connectionId the connection that the key renews; null: none was named.
 */
export async function takeForNameless(
  sql: Sql,
  wish: Pick<ConnectionRow, 'organisationId' | 'owner'> & {
    readonly connector: Connector;
    readonly connectionId: string | null;
  },
  account: VendorAccount,
): Promise<void> {
  const { organisationId, owner, connector, connectionId } = wish;
  const standing =
    connectionId === null
      ? await listConnections(sql, organisationId)
      : [await connectionById(sql, connectionId)];
  for (const one of standing) {
    if (one === null || one.connector !== connector.id || !isNameless(connector.id, one.account.id)) continue;
    const isMeant = one.id === connectionId || (one.owner === owner && one.state === 'reconnect');
    if (isMeant && one.organisationId === organisationId) await nameAccount(sql, one, connector.id, account);
  }
  await nameRoles(
    sql,
    { organisationId, connector: connector.id, connectionId: null },
    connector.id,
    account.id,
  );
}
