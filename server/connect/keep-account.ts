import type { Connector, VendorAccount } from '../core/connector.ts';
import { type ConnectionRow, connectionOf, saveConnection } from '../store/connections.ts';
import type { Sql } from '../store/database.ts';
import { organisationByExternalId, organisationById, saveOrganisation } from '../store/organisations.ts';
import type { ConnectDeps } from './deps.ts';
import { noOrganisation, otherAccount, otherTenant } from './refusals.ts';

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
  const { organisationId: asking } = found;
  if (asking !== null && !(await mayBelongTo(sql, asking, account))) throw otherTenant(vendor, account.name);
  const organisationId = asking ?? (await organisationOf(deps, sql, account));
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

/** What the organisation's home app says of it; null for the account of any other app. */
function homeOf(account: VendorAccount) {
  const { organisationId: externalId, organisationName, locale, timeZone, currency } = account.facts ?? {};
  if (externalId === undefined || locale === undefined || timeZone === undefined || currency === undefined)
    return null;
  return { externalId, name: organisationName ?? account.name, locale, timeZone, currency };
}

/** One organisation's home app is no other's: its records would be shown to people who do not work there. */
async function mayBelongTo(sql: Sql, organisationId: string, account: VendorAccount): Promise<boolean> {
  const home = homeOf(account);
  return home === null || home.externalId === (await organisationById(sql, organisationId))?.externalId;
}

/** The organisation that the account belongs to, made when it is new. Null when the account does not name one. */
async function organisationOf(deps: ConnectDeps, sql: Sql, account: VendorAccount): Promise<string | null> {
  const home = homeOf(account);
  if (home === null) return null;
  const known = await organisationByExternalId(sql, home.externalId);
  const saved = await saveOrganisation(sql, { id: known?.id ?? deps.randomUUID(), ...home });
  return saved.id;
}
