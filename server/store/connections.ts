import type { VendorAccount } from '../core/connector.ts';
import type { Sql } from './database.ts';

/** One connector over one grant: an account of a vendor's application that an organisation, or a person, connected. */
export interface ConnectionRow {
  readonly id: string;
  readonly organisationId: string;
  readonly connector: string;
  /** What its tokens belong to; other connections of the family may stand on the same one. */
  readonly grantId: string;
  /** Under which of Liaison's registrations at the vendor the grant was given. */
  readonly registration: string;
  /** The user whose own it is; null: the organisation's. */
  readonly owner: string | null;
  /** Unguessable part of the address that the vendor delivers to. Stays the same over reconnects. */
  readonly hookKey: string;
  readonly account: VendorAccount;
  /** Id of one of the connector's data centres; null for vendors with one. */
  readonly dataCentre: string | null;
  /** `reconnect`: the vendor no longer accepts the credentials, an admin must connect again. */
  readonly state: 'active' | 'reconnect';
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

const SELECT = `select c.id, c.organisation_id as "organisationId", c.connector, c.grant_id as "grantId",
  g.registration, c.owner, c.hook_key as "hookKey", c.account, g.data_centre as "dataCentre",
  case when g.state = 'active' then c.state else 'reconnect' end as state,
  c.created_at as "createdAt", greatest(c.updated_at, g.updated_at) as "updatedAt"
  from connections c join grants g on g.id = c.grant_id`;

export async function connectionById(sql: Sql, id: string): Promise<ConnectionRow | null> {
  const rows = await sql.query<ConnectionRow>(`${SELECT} where c.id = $1`, [id]);
  return rows[0] ?? null;
}

/** The connection that a delivery's address names; null when there is none. */
export async function connectionByHookKey(
  sql: Sql,
  connector: string,
  hookKey: string,
): Promise<ConnectionRow | null> {
  const rows = await sql.query<ConnectionRow>(`${SELECT} where c.hook_key = $1 and c.connector = $2`, [
    hookKey,
    connector,
  ]);
  return rows[0] ?? null;
}

/** The organisation's connections of a connector, oldest first; what is one person's own is not among them. */
export async function connectionsOf(
  sql: Sql,
  organisationId: string,
  connector: string,
): Promise<ConnectionRow[]> {
  return sql.query<ConnectionRow>(
    `${SELECT} where c.organisation_id = $1 and c.connector = $2 and c.owner is null order by c.created_at, c.id`,
    [organisationId, connector],
  );
}

/** The organisation's only connection of a connector; of several the oldest that can be used. */
export async function connectionOf(
  sql: Sql,
  organisationId: string,
  connector: string,
): Promise<ConnectionRow | null> {
  const rows = await connectionsOf(sql, organisationId, connector);
  return rows.find(({ state }) => state === 'active') ?? rows[0] ?? null;
}

/** For each connector the connection that `connectionOf` gives. */
export async function connectionPerConnector(sql: Sql, organisationId: string): Promise<ConnectionRow[]> {
  return sql.query<ConnectionRow>(
    `select distinct on (connector) * from (${SELECT} where c.organisation_id = $1 and c.owner is null) c
     order by connector, state = 'active' desc, "createdAt", id`,
    [organisationId],
  );
}

/** Connections of one organisation, or of all of them, oldest first. */
export async function listConnections(sql: Sql, organisationId?: string): Promise<ConnectionRow[]> {
  return sql.query<ConnectionRow>(
    `${SELECT} where $1::uuid is null or c.organisation_id = $1 order by c.created_at, c.id`,
    [organisationId ?? null],
  );
}

/** Connections that stand on a grant, oldest first. */
export async function connectionsOfGrant(sql: Sql, grantId: string): Promise<ConnectionRow[]> {
  return sql.query<ConnectionRow>(`${SELECT} where c.grant_id = $1 order by c.created_at, c.id`, [grantId]);
}

/**
 * Stores a new connection, or renews the one that its owner already has to the same account: its id, hook key
 * and history stay.
 *
 * @param wish.grantId of a grant of the same organisation and owner.
 */
export async function saveConnection(
  sql: Sql,
  wish: Pick<
    ConnectionRow,
    'id' | 'organisationId' | 'connector' | 'grantId' | 'hookKey' | 'account' | 'owner'
  >,
): Promise<ConnectionRow> {
  const [saved] = await sql.query<{ id: string }>(
    `insert into connections (id, organisation_id, connector, grant_id, owner, hook_key, account, state)
     values ($1, $2, $3, $4, $5, $6, $7, 'active')
     on conflict (organisation_id, connector, (account->>'id'),
       coalesce(owner, '00000000-0000-0000-0000-000000000000')) do update
       set grant_id = excluded.grant_id, account = excluded.account, state = 'active', updated_at = now()
     returning id`,
    [
      wish.id,
      wish.organisationId,
      wish.connector,
      wish.grantId,
      wish.owner,
      wish.hookKey,
      JSON.stringify(wish.account),
    ],
  );
  const row = saved === undefined ? null : await connectionById(sql, saved.id);
  if (row === null) throw new Error('the connection was not stored');
  return row;
}

/** The connection that its owner already has to this account of the vendor's; null: none. */
export async function connectionOfAccount(
  sql: Sql,
  of: Pick<ConnectionRow, 'organisationId' | 'connector' | 'owner'> & { accountId: string },
): Promise<ConnectionRow | null> {
  const rows = await sql.query<ConnectionRow>(
    `${SELECT} where c.organisation_id = $1 and c.connector = $2 and c.account->>'id' = $3
       and c.owner is not distinct from $4::uuid`,
    [of.organisationId, of.connector, of.accountId, of.owner],
  );
  return rows[0] ?? null;
}

/** Marks that an admin must connect again. True when it was active until now. */
export async function markReconnect(sql: Sql, id: string): Promise<boolean> {
  const rows = await sql.query(
    `update connections set state = 'reconnect', updated_at = now() where id = $1 and state = 'active' returning id`,
    [id],
  );
  return rows.length > 0;
}

/** After a grant was renewed: whatever stands on it is good again. */
export async function reviveConnectionsOf(sql: Sql, grantId: string): Promise<void> {
  await sql.query(
    `update connections set state = 'active', updated_at = now() where grant_id = $1 and state = 'reconnect'`,
    [grantId],
  );
}

/**
 * Takes up again the connections whose last failure was one of these, as vendors word them, and all that stand
 * on the same grants.
 *
 * @returns the organisations that they belong to.
 */
export async function reviveConnections(sql: Sql, failures: readonly string[]): Promise<string[]> {
  const rows = await sql.query<{ organisationId: string }>(
    `with failed as (
       select c.grant_id from connections c join grants g on g.id = c.grant_id
         join connection_health h on h.connection_id = c.id
       where 'reconnect' in (c.state, g.state) and h.failure->>'vendorMessage' = any($1)
     ), granted as (
       update grants set state = 'active', updated_at = now()
       where id in (select grant_id from failed) and state = 'reconnect'
     ), connected as (
       update connections set state = 'active', updated_at = now()
       where grant_id in (select grant_id from failed) and state = 'reconnect'
     )
     select distinct organisation_id as "organisationId" from grants where id in (select grant_id from failed)`,
    [failures],
  );
  return rows.map((row) => row.organisationId);
}

/** Deletes the connection with its secrets, subscriptions and counts; its grant stays. */
export async function deleteConnection(sql: Sql, id: string): Promise<void> {
  await sql.query('delete from connections where id = $1', [id]);
}
