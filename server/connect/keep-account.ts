import type { Connector, VendorAccount } from '../core/connector.ts';
import { type ConnectionRow, connectionOf, saveConnection } from '../store/connections.ts';
import type { Sql } from '../store/database.ts';
import { organisationByExternalId, saveOrganisation } from '../store/organisations.ts';
import type { ConnectDeps } from './deps.ts';
import { noOrganisation, otherAccount } from './refusals.ts';

export interface IdentifiedAccount {
  /** The organisation that asked; null when the account names it. */
  readonly organisationId: string | null;
  readonly connector: Connector;
  readonly account: VendorAccount;
  readonly dataCentre: string | null;
}

/** A connection that is not stored yet: what a connector is handed to find out whose account it is. */
export function draftConnection(
  deps: ConnectDeps,
  connector: Connector,
  organisationId: string | null,
  dataCentre: string | null,
): ConnectionRow {
  const now = new Date(deps.clock());
  return {
    id: deps.randomUUID(),
    organisationId: organisationId ?? '',
    connector: connector.id,
    hookKey: '',
    account: { id: '', name: '' },
    dataCentre,
    state: 'active',
    createdAt: now,
    updatedAt: now,
  };
}

/**
 * Stores the connection, in the caller's transaction; the caller stores its secret in the same one.
 *
 * @throws LiaisonError when the organisation is connected to another account, or is not known.
 */
export async function keepAccount(
  deps: ConnectDeps,
  sql: Sql,
  found: IdentifiedAccount,
): Promise<ConnectionRow> {
  const { connector, account, dataCentre } = found;
  const vendor = connector.titles.en;
  const organisationId = found.organisationId ?? (await organisationOf(deps, sql, account));
  if (organisationId === null) throw noOrganisation(vendor);
  const connection = await saveConnection(sql, {
    id: deps.randomUUID(),
    organisationId,
    connector: connector.id,
    hookKey: deps.randomBytes(24).toString('base64url'),
    account,
    dataCentre,
  });
  if (connection !== null) return connection;
  const connected = await connectionOf(sql, organisationId, connector.id);
  throw otherAccount(vendor, connected?.account.name ?? '');
}

/**
 * The organisation that the account belongs to, made when it is new. Null when the account does not say
 * all that an organisation is known by: only the organisation's home app does.
 */
async function organisationOf(deps: ConnectDeps, sql: Sql, account: VendorAccount): Promise<string | null> {
  const { organisationId: externalId, organisationName, locale, timeZone, currency } = account.facts ?? {};
  if (externalId === undefined || locale === undefined || timeZone === undefined || currency === undefined)
    return null;
  const known = await organisationByExternalId(sql, externalId);
  const saved = await saveOrganisation(sql, {
    id: known?.id ?? deps.randomUUID(),
    externalId,
    name: organisationName ?? account.name,
    locale,
    timeZone,
    currency,
  });
  return saved.id;
}
