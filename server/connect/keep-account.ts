import type { Connector, VendorAccount } from '../core/connector.ts';
import {
  type ConnectionRow,
  connectionById,
  connectionOfAccount,
  reviveConnectionsOf,
  saveConnection,
} from '../store/connections.ts';
import type { Sql } from '../store/database.ts';
import { deleteUnusedGrant, type GrantRow, grantById, saveGrant } from '../store/grants.ts';
import { organisationByExternalId, organisationById, saveOrganisation } from '../store/organisations.ts';
import { readTokens, TOKENS } from '../vault/tokens-text.ts';
import { grantOf } from '../vault/vault.ts';
import type { ConnectDeps } from './deps.ts';
import type { LeftGrant } from './end-grant.ts';
import { noLongerConnected, noOrganisation, otherAccount, otherTenant } from './refusals.ts';

export interface IdentifiedAccount {
  /** The organisation that asked; null when the account names it. */
  readonly organisationId: string | null;
  readonly connector: Connector;
  readonly account: VendorAccount;
  /** The user whose own it will be; null: the organisation's. */
  readonly owner: string | null;
  /** The connection whose access is given anew; null: an account is added. */
  readonly connectionId: string | null;
  readonly grant: Pick<GrantRow, 'family' | 'registration' | 'account' | 'dataCentre' | 'scopes'>;
}

export interface KeptAccount {
  readonly connection: ConnectionRow;
  /** Grants that the connection stood on before, and nothing does any longer: to be ended at the vendor. */
  readonly left: readonly LeftGrant[];
}

/** A connection that is not stored yet: what a connector is handed to find out whose account it is. */
export function draftConnection(
  deps: ConnectDeps,
  wish: { connector: Connector; organisationId: string | null; dataCentre: string | null },
): ConnectionRow {
  const now = new Date(deps.clock());
  return {
    id: deps.randomUUID(),
    organisationId: wish.organisationId ?? '',
    connector: wish.connector.id,
    grantId: '',
    registration: wish.connector.id,
    owner: null,
    hookKey: '',
    account: { id: '', name: '' },
    dataCentre: wish.dataCentre,
    state: 'active',
    createdAt: now,
    updatedAt: now,
  };
}

/**
 * Stores the connection and its grant, in the caller's transaction; the caller stores the grant's secret in the
 * same one. An account that its owner connected before is renewed, whatever page the visit began on.
 *
 * @throws LiaisonError when a connection was to be renewed and the account is another one, or the organisation
 *   is not known.
 */
export async function keepAccount(
  deps: ConnectDeps,
  sql: Sql,
  found: IdentifiedAccount,
): Promise<KeptAccount> {
  const { connector, account } = found;
  const vendor = connector.titles.en;
  const { organisationId: asking } = found;
  if (asking !== null && !(await mayBelongTo(sql, asking, account))) throw otherTenant(vendor, account.name);
  const organisationId = asking ?? (await organisationOf(deps, sql, account));
  if (organisationId === null) throw noOrganisation(vendor);
  const renewed = await renewedConnection(sql, organisationId, found);
  const owner = renewed === null ? found.owner : renewed.owner;
  const grant = await saveGrant(sql, {
    id: deps.randomUUID(),
    organisationId,
    site: null,
    owner,
    ...found.grant,
  });
  await reviveConnectionsOf(sql, grant.id);
  const before =
    renewed ??
    (await connectionOfAccount(sql, {
      organisationId,
      connector: connector.id,
      owner,
      accountId: account.id,
    }));
  const connection = await saveConnection(sql, {
    id: deps.randomUUID(),
    organisationId,
    connector: connector.id,
    grantId: grant.id,
    owner,
    hookKey: deps.randomBytes(24).toString('base64url'),
    account,
  });
  const isMoved = before !== null && before.grantId !== grant.id;
  return { connection, left: isMoved ? await letGo(deps, sql, before) : [] };
}

/** Deletes the grant that a connection stood on before, unless others stand on it. */
async function letGo(deps: ConnectDeps, sql: Sql, before: ConnectionRow): Promise<LeftGrant[]> {
  const grant = await grantById(sql, before.grantId);
  const held = await deps.vault.read(sql, grantOf(before), TOKENS);
  if (grant === null || !(await deleteUnusedGrant(sql, grant.id))) return [];
  return [{ grant, tokens: held === null ? null : readTokens(held.text) }];
}

/** Someone who renews a connection may be signed in to another account at the vendor without noticing. */
async function renewedConnection(
  sql: Sql,
  organisationId: string,
  found: IdentifiedAccount,
): Promise<ConnectionRow | null> {
  const { connector, account, connectionId } = found;
  if (connectionId === null) return null;
  const renewed = await connectionById(sql, connectionId);
  if (renewed === null || renewed.organisationId !== organisationId || renewed.connector !== connector.id)
    throw noLongerConnected(connector.titles.en);
  if (renewed.account.id === account.id) return renewed;
  throw otherAccount(connector.titles.en, ...toldApart(renewed.account, account));
}

/** Two accounts as people tell them apart: two workspaces may be called the same. */
function toldApart(one: VendorAccount, other: VendorAccount): [string, string] {
  if (one.name !== other.name) return [one.name, other.name];
  return [`${one.name} · ${one.id}`, `${other.name} · ${other.id}`];
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
