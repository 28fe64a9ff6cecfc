import { isNameless, type KeyAccount } from '../core/account-of-key.ts';
import { readAddressList } from '../core/address-list.ts';
import type { Connector, KeyAuthorisation, KeyField, VendorAccount } from '../core/connector.ts';
import { LiaisonError } from '../core/errors.ts';
import type { KeyConnection } from '../core/key-connection.ts';
import { readKeys, writeKeys } from '../outbound/credential.ts';
import { type ConnectionRow, connectionById, connectionOf } from '../store/connections.ts';
import type { Sql } from '../store/database.ts';
import { KEY } from '../vault/tokens-text.ts';
import { grantOf } from '../vault/vault.ts';
import type { ConnectDeps } from './deps.ts';
import { onlyToken } from './finish.ts';
import { acceptOnly, acceptSecret } from './hook-secrets.ts';
import { draftConnection, keepAccount } from './keep-account.ts';
import { accountBehind, nameAccounts, takeForNameless } from './name-accounts.ts';
import { keyRefused, notAddresses, notAKey } from './refusals.ts';
import { readSite } from './site.ts';

// What cannot stand in a header is no key; a token made by a vendor is visible ASCII.
const KEY_TEXT = /^[\x21-\x7e]{8,1000}$/;
/** A user's name or a number, beside a key. */
const SHOWN_TEXT = /^[\x21-\x7e]{1,200}$/;
/** What people call something. */
const NAME_TEXT = /^\P{Cc}{1,100}$/u;
/** Nobody guesses so long a one, whoever thought of it. */
const MADE_TEXT = /^[\x21-\x7e]{16,200}$/;

function formOf({ shown, isText, made }: KeyField): RegExp {
  if (isText === true) return NAME_TEXT;
  if (made === true) return MADE_TEXT;
  return shown === true ? SHOWN_TEXT : KEY_TEXT;
}

/** All that was given, as the one text that is sealed. @throws LiaisonError when one of them is no key at all. */
function secretOf(
  { titles }: Connector,
  { fields }: KeyAuthorisation,
  {
    key = '',
    keys = {},
  }: { readonly key?: string | undefined; readonly keys?: Readonly<Record<string, string>> | undefined },
): string {
  const read = (text: string, form: RegExp): string => {
    const trimmed = text.trim();
    if (!form.test(trimmed)) throw notAKey(titles.en);
    return trimmed;
  };
  const readField = (text: string, field: KeyField): string => {
    if (field.isAddresses !== true) return read(text, formOf(field));
    const addresses = readAddressList(text);
    if ('refused' in addresses) throw notAddresses(addresses.refused);
    return addresses.list;
  };
  if (fields === undefined) return read(key, KEY_TEXT);
  return writeKeys(
    Object.fromEntries(
      Object.entries(fields).map(([name, field]) => [name, readField(keys[name] ?? '', field)]),
    ),
  );
}

/**
 * Connects an account with a key that an admin pasted. The vendor is asked whose it is before it is kept.
 *
 * @throws LiaisonError when the vendor does not take the key, or it is of another account than the connection.
 */
export async function connectWithKey(deps: ConnectDeps, wish: KeyConnection): Promise<ConnectionRow> {
  const { organisationId, connector } = wish;
  if (connector.authorisation.kind !== 'key') throw new Error(`${connector.id} is not connected with a key`);
  const secret = secretOf(connector, connector.authorisation, wish);
  const site = connector.site === undefined ? null : readSite(wish.site ?? '', connector.site);
  const draft = draftConnection(deps, { connector, organisationId, dataCentre: null, site });
  const http = deps.outbound.open(connector, draft, { tokens: onlyToken(secret) });
  const said = await connector.identify(connector.client(http)).catch(async (thrown: unknown) => {
    if (!(thrown instanceof LiaisonError) || thrown.kind !== 'reconnect') throw thrown;
    // It is the pasted key that is no good: the connection that stands, if one does, was not touched.
    const standing =
      wish.connectionId === undefined
        ? await connectionOf(deps.database, organisationId, connector.id)
        : await connectionById(deps.database, wish.connectionId);
    throw keyRefused(connector.titles.en, standing?.state === 'active', thrown.details.vendorMessage);
  });
  await nameAccounts(deps, { organisationId, connector });
  const account = await accountFor(deps, wish, said, secret);
  return deps.database.transaction(async (sql) => {
    const owner = wish.owner ?? null;
    const connectionId = wish.connectionId ?? null;
    await takeForNameless(sql, { organisationId, owner, connector, connectionId }, account);
    const { connection } = await keepAccount(deps, sql, {
      organisationId,
      connector,
      account,
      owner,
      connectionId,
      grant: {
        family: connector.id,
        registration: connector.id,
        account,
        dataCentre: null,
        site,
        scopes: [],
      },
    });
    await deps.vault.put(sql, grantOf(connection), KEY, secret);
    await acceptEntered(deps, sql, connector, connection, secret);
    return connection;
  });
}

/** What people entered here and at the tool proves deliveries from now on, and the one before for a while. */
async function acceptEntered(
  { vault }: ConnectDeps,
  sql: Sql,
  { webhooks }: Connector,
  connection: ConnectionRow,
  sealed: string,
): Promise<void> {
  const { enteredSecret: entered, enteredAddresses } = webhooks ?? {};
  if (enteredAddresses !== undefined) {
    const list = readKeys(sealed)[enteredAddresses] ?? '';
    await acceptOnly(vault, sql, connection, 'from-address', list === '' ? null : list);
  }
  const secret = entered === undefined ? undefined : readKeys(sealed)[entered];
  if (secret === undefined) return;
  for (const { kind } of webhooks?.schemes ?? [])
    if (kind !== 'from-address') await acceptSecret(vault, sql, connection, kind, secret);
}

/** A connection that is renewed with a key of which the vendor says nothing is the account that it was. */
async function accountFor(
  { database }: ConnectDeps,
  { connector, connectionId }: KeyConnection,
  said: KeyAccount,
  secret: string,
): Promise<VendorAccount> {
  if (connector.authorisation.kind !== 'key') throw new Error(`${connector.id} is not connected with a key`);
  const account = accountBehind(connector.authorisation, said, secret);
  if (said.isUnsaid !== true || connectionId === undefined) return account;
  const standing = await connectionById(database, connectionId);
  const isNamed = standing !== null && !isNameless(connector.id, standing.account.id);
  if (!isNamed) return account;
  return said.namedBy === undefined ? standing.account : { ...standing.account, name: account.name };
}
