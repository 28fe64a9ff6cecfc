import type { KeptFilter } from '../core/filter/filter.ts';
import type { SyncFilter } from '../core/sync/side-filter.ts';
import type { Sql } from './database.ts';

/** One set-up of a flow. */
export interface IntegrationRow {
  readonly organisationId: string;
  /** Stays for ever, and is never given to another one. */
  readonly id: string;
  readonly flow: string;
  /** Null: the flow's own title. */
  readonly name: string | null;
  readonly enabled: boolean;
  readonly settings: Record<string, unknown>;
  /** By setting: the value that was looked up at its vendor, and the vendor's id of it. */
  readonly known?: Readonly<Record<string, KnownValue>>;
  /** The user that it belongs to; null: the organisation. */
  readonly owner: string | null;
  /** The accounts that were chosen, one for each role at most. */
  readonly roles: readonly BoundRole[];
  /** Of an automation: which records take part; null or absent: all of them. */
  readonly filter?: KeptFilter | null;
  /** The same of a sync. */
  readonly sideFilters?: SyncFilter | null;
  /** The template whose rules it follows, of one person's own; null or absent: it has its own. */
  readonly template?: string | null;
  /** Under a template: how many records its first write may touch without its person having looked. */
  readonly approves?: number | null;
}

/** The account that an integration uses in one of its roles. */
export interface BoundRole {
  readonly role: string;
  readonly connector: string;
  /** The vendor's own id of it. */
  readonly accountId: string;
  /** Null: the account is not connected any more. */
  readonly connectionId: string | null;
}

/** Whether a connection is the one that was chosen for a role, or may be it where nobody chose. */
export function isBoundTo(roles: readonly BoundRole[], role: string, connectionId: string): boolean {
  const bound = roles.find((one) => one.role === role);
  return bound === undefined || bound.connectionId === connectionId;
}

/** A setting's value as its vendor knows it. */
export interface KnownValue {
  readonly value: unknown;
  readonly reference: string;
}

/** What names an integration everywhere else in the store. */
export interface IntegrationKey {
  readonly organisationId: string;
  readonly integration: string;
}

const ROLES = `coalesce((select jsonb_agg(jsonb_build_object('role', r.role, 'connector', r.connector,
    'accountId', r.account_id, 'connectionId', r.connection_id) order by r.role)
  from integration_roles r where r.organisation_id = i.organisation_id and r.integration = i.id), '[]') as roles`;

/** One column holds either: of an automation one filter, of a sync those of its sides. */
export const filterColumns = (of = ''): string =>
  `case when ${of}filter ? 'leaving' then null else ${of}filter end as filter,
  case when ${of}filter ? 'leaving' then ${of}filter end as "sideFilters"`;

const COLUMNS = `i.organisation_id as "organisationId", i.id, i.flow, i.name, i.enabled, i.settings, i.known, i.owner,
  ${filterColumns('i.')}, i.template, i.approves, ${ROLES}`;

/** Those that stand, the oldest first. */
export async function integrationsOf(sql: Sql, organisationId: string): Promise<IntegrationRow[]> {
  return sql.query<IntegrationRow>(
    `select ${COLUMNS} from integrations i where organisation_id = $1 and deleted_at is null order by created_at, id`,
    [organisationId],
  );
}

/** Null: there is none, or it was deleted. */
export async function integrationById(
  sql: Sql,
  organisationId: string,
  id: string,
): Promise<IntegrationRow | null> {
  const [row] = await sql.query<IntegrationRow>(
    `select ${COLUMNS} from integrations i where organisation_id = $1 and id = $2 and deleted_at is null`,
    [organisationId, id],
  );
  return row ?? null;
}

/** The integration as it stands, held until the transaction ends; null when there is none. */
export async function lockIntegration(
  sql: Sql,
  { organisationId, integration }: IntegrationKey,
): Promise<IntegrationRow | null> {
  const [row] = await sql.query<IntegrationRow>(
    `select ${COLUMNS} from integrations i
     where organisation_id = $1 and id = $2 and deleted_at is null for no key update of i`,
    [organisationId, integration],
  );
  return row ?? null;
}

/** As if it had never been made: for one that was refused as soon as it stood. */
export async function forgetIntegration(sql: Sql, organisationId: string, id: string): Promise<void> {
  await sql.query('delete from integrations where organisation_id = $1 and id = $2', [organisationId, id]);
}

/** Until the end of the transaction no other sync of the organisation begins to write. */
export async function lockSyncs(sql: Sql, organisationId: string): Promise<void> {
  await sql.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`syncs:${organisationId}`]);
}

/** Whether an integration of the flow was ever made, deleted ones too. */
export async function hadIntegration(sql: Sql, organisationId: string, flow: string): Promise<boolean> {
  const rows = await sql.query(
    'select 1 from integrations where organisation_id = $1 and flow = $2 limit 1',
    [organisationId, flow],
  );
  return rows.length > 0;
}

/** Makes an integration, or changes what it is called, whether it is on, and its settings. Its accounts stay. */
export async function saveIntegration(
  sql: Sql,
  row: Pick<IntegrationRow, 'organisationId' | 'id' | 'flow' | 'enabled' | 'settings'> &
    Partial<Pick<IntegrationRow, 'name' | 'owner'>>,
): Promise<void> {
  await sql.query(
    `insert into integrations (organisation_id, id, flow, enabled, settings, name, owner) values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (organisation_id, id) do update
       set enabled = excluded.enabled, settings = excluded.settings, name = excluded.name, updated_at = now()`,
    [
      row.organisationId,
      row.id,
      row.flow,
      row.enabled,
      JSON.stringify(row.settings),
      row.name ?? null,
      row.owner ?? null,
    ],
  );
}

/**
 * Stores an integration that was not there.
 *
 * @param madeBy what the caller named the creation by, so that a repeated one makes nothing.
 * @returns its id; null: the id, or the same creation, is there already.
 */
export async function insertIntegration(
  sql: Sql,
  row: Pick<IntegrationRow, 'organisationId' | 'id' | 'flow' | 'enabled' | 'settings' | 'name' | 'owner'>,
  madeBy: string | null,
): Promise<string | null> {
  const rows = await sql.query<{ id: string }>(
    `insert into integrations (organisation_id, id, flow, enabled, settings, name, owner, idempotency_key)
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing returning id`,
    [
      row.organisationId,
      row.id,
      row.flow,
      row.enabled,
      JSON.stringify(row.settings),
      row.name,
      row.owner,
      madeBy,
    ],
  );
  return rows[0]?.id ?? null;
}

/** The integration that an earlier request of this name made; null: none did. */
export async function integrationMadeBy(
  sql: Sql,
  organisationId: string,
  madeBy: string,
): Promise<string | null> {
  const [row] = await sql.query<{ id: string }>(
    'select id from integrations where organisation_id = $1 and idempotency_key = $2',
    [organisationId, madeBy],
  );
  return row?.id ?? null;
}

/** @param name null: as its flow is called. */
export async function renameIntegration(
  sql: Sql,
  { organisationId, id }: Pick<IntegrationRow, 'organisationId' | 'id'>,
  name: string | null,
): Promise<void> {
  await sql.query(
    'update integrations set name = $3, updated_at = now() where organisation_id = $1 and id = $2',
    [organisationId, id, name],
  );
}

/** @param filter null: every record takes part. */
export async function setFilter(
  sql: Sql,
  { organisationId, id }: Pick<IntegrationRow, 'organisationId' | 'id'>,
  filter: KeptFilter | SyncFilter | null,
): Promise<void> {
  await sql.query(
    'update integrations set filter = $3, updated_at = now() where organisation_id = $1 and id = $2',
    [organisationId, id, filter === null ? null : JSON.stringify(filter)],
  );
}

/** Adds what vendors said of values to what is known of the integration's settings. */
export async function rememberKnown(
  sql: Sql,
  { organisationId, id }: Pick<IntegrationRow, 'organisationId' | 'id'>,
  known: Readonly<Record<string, KnownValue>>,
): Promise<void> {
  await sql.query(`update integrations set known = known || $3 where organisation_id = $1 and id = $2`, [
    organisationId,
    id,
    JSON.stringify(known),
  ]);
}

/**
 * Writes one setting as its vendor writes it now, where it still is what was looked up.
 *
 * @returns whether it was.
 */
export async function followSetting(
  sql: Sql,
  { organisationId, id }: Pick<IntegrationRow, 'organisationId' | 'id'>,
  change: { readonly setting: string; readonly from: unknown; readonly to: unknown },
): Promise<boolean> {
  const rows = await sql.query(
    `update integrations set settings = jsonb_set(settings, array[$3::text], $5::jsonb), updated_at = now()
     where organisation_id = $1 and id = $2 and deleted_at is null
       and (settings->($3::text) is not distinct from $4::jsonb or not settings ? $3::text) returning id`,
    [organisationId, id, change.setting, JSON.stringify(change.from), JSON.stringify(change.to)],
  );
  return rows.length > 0;
}

/** Every integration that is turned on, of every organisation. */
export async function enabledIntegrations(sql: Sql): Promise<IntegrationRow[]> {
  return sql.query<IntegrationRow>(
    `select ${COLUMNS} from integrations i where enabled and deleted_at is null order by created_at, id`,
  );
}

/**
 * Ids of the integrations that are some person's own and not this user's, deleted ones too.
 *
 * @param userId null: nobody is signed in whose own any could be.
 */
export async function integrationsOfOthers(
  sql: Sql,
  organisationId: string,
  userId: string | null,
): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    'select id from integrations where organisation_id = $1 and owner is distinct from $2 and owner is not null',
    [organisationId, userId],
  );
  return rows.map(({ id }) => id);
}

/** Until the transaction ends nobody else names an integration of this organisation: of two, the second sees the first. */
export async function lockNames(transaction: Sql, organisationId: string): Promise<void> {
  await transaction.query(`select pg_advisory_xact_lock(hashtextextended('names ' || $1, 0))`, [
    organisationId,
  ]);
}

/** What an integration is called, also when it was deleted. */
export interface IntegrationName {
  readonly organisationId: string;
  readonly id: string;
  readonly flow: string;
  readonly name: string | null;
}

/** Of one organisation, or of all of them. */
export async function integrationNames(sql: Sql, organisationId?: string): Promise<IntegrationName[]> {
  return sql.query<IntegrationName>(
    `select organisation_id as "organisationId", id, flow, name from integrations
     where $1::uuid is null or organisation_id = $1`,
    [organisationId ?? null],
  );
}
