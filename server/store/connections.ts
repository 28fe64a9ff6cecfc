import type { VendorAccount } from '../core/connector.ts';
import type { Sql } from './database.ts';

/** One authorised vendor account of an organisation. */
export interface ConnectionRow {
  readonly id: string;
  readonly organisationId: string;
  readonly connector: string;
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

const COLUMNS = `id, organisation_id as "organisationId", connector, hook_key as "hookKey", account,
  data_centre as "dataCentre", state, created_at as "createdAt", updated_at as "updatedAt"`;

export async function connectionById(sql: Sql, id: string): Promise<ConnectionRow | null> {
  const rows = await sql.query<ConnectionRow>(`select ${COLUMNS} from connections where id = $1`, [id]);
  return rows[0] ?? null;
}

/** The connection that a delivery's address names; null when there is none. */
export async function connectionByHookKey(
  sql: Sql,
  connector: string,
  hookKey: string,
): Promise<ConnectionRow | null> {
  const rows = await sql.query<ConnectionRow>(
    `select ${COLUMNS} from connections where hook_key = $1 and connector = $2`,
    [hookKey, connector],
  );
  return rows[0] ?? null;
}

export async function connectionOf(
  sql: Sql,
  organisationId: string,
  connector: string,
): Promise<ConnectionRow | null> {
  const rows = await sql.query<ConnectionRow>(
    `select ${COLUMNS} from connections where organisation_id = $1 and connector = $2`,
    [organisationId, connector],
  );
  return rows[0] ?? null;
}

/** Connections of one organisation, or of all of them. */
export async function listConnections(sql: Sql, organisationId?: string): Promise<ConnectionRow[]> {
  return sql.query<ConnectionRow>(
    `select ${COLUMNS} from connections where $1::uuid is null or organisation_id = $1 order by created_at, id`,
    [organisationId ?? null],
  );
}

/**
 * Stores a new connection, or renews the one that the organisation already has to the same account: its
 * id, hook key and history stay. Null when the organisation is connected to a different account.
 */
export async function saveConnection(
  sql: Sql,
  wish: Pick<ConnectionRow, 'id' | 'organisationId' | 'connector' | 'hookKey' | 'account' | 'dataCentre'>,
): Promise<ConnectionRow | null> {
  const rows = await sql.query<ConnectionRow>(
    `insert into connections as c (id, organisation_id, connector, hook_key, account, data_centre, state)
     values ($1, $2, $3, $4, $5, $6, 'active')
     on conflict (organisation_id, connector) do update
       set account = excluded.account, data_centre = excluded.data_centre, state = 'active', updated_at = now()
       where c.account->>'id' = excluded.account->>'id'
     returning ${COLUMNS}`,
    [
      wish.id,
      wish.organisationId,
      wish.connector,
      wish.hookKey,
      JSON.stringify(wish.account),
      wish.dataCentre,
    ],
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

/**
 * Takes up again the connections whose last failure was one of these, as vendors word them.
 *
 * @returns the organisations that they belong to.
 */
export async function reviveConnections(sql: Sql, failures: readonly string[]): Promise<string[]> {
  const rows = await sql.query<{ organisationId: string }>(
    `update connections c set state = 'active', updated_at = now() from connection_health h
     where h.connection_id = c.id and c.state = 'reconnect' and h.failure->>'vendorMessage' = any($1)
     returning c.organisation_id as "organisationId"`,
    [failures],
  );
  return [...new Set(rows.map((row) => row.organisationId))];
}

/** Deletes the connection with its secrets, subscriptions and counts. */
export async function deleteConnection(sql: Sql, id: string): Promise<void> {
  await sql.query('delete from connections where id = $1', [id]);
}
