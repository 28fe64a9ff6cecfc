import type { VendorAccount } from '../core/connector.ts';
import type { Sql } from './database.ts';

/** What somebody consented to at one vendor account: several connections may stand on it. */
export interface GrantRow {
  readonly id: string;
  readonly organisationId: string;
  /** The connectors that may share it; of a connector that is alone the connector's own id. */
  readonly family: string;
  /** Under which of Liaison's registrations at the vendor it was given. */
  readonly registration: string;
  /** Address of the customer's own; null for vendors that have one for all. */
  readonly site: string | null;
  /** Id of one of the connector's data centres; null for vendors with one. */
  readonly dataCentre: string | null;
  /** Who consented. */
  readonly account: VendorAccount;
  /** What was granted, as the vendor spells it; empty where it was never said. */
  readonly scopes: readonly string[];
  /** The user whose own it is; null: the organisation's. */
  readonly owner: string | null;
  /** `reconnect`: the vendor no longer accepts its tokens. */
  readonly state: 'active' | 'reconnect';
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

const COLUMNS = `id, organisation_id as "organisationId", family, registration, site, data_centre as "dataCentre",
  account, scopes, owner, state, created_at as "createdAt", updated_at as "updatedAt"`;

export async function grantById(sql: Sql, id: string): Promise<GrantRow | null> {
  const rows = await sql.query<GrantRow>(`select ${COLUMNS} from grants where id = $1`, [id]);
  return rows[0] ?? null;
}

/** Grants of one organisation, oldest first. */
export async function grantsOf(sql: Sql, organisationId: string): Promise<GrantRow[]> {
  return sql.query<GrantRow>(
    `select ${COLUMNS} from grants where organisation_id = $1 order by created_at, id`,
    [organisationId],
  );
}

/** Stores a new grant, or renews the one that its owner already has of the same account: its id stays. */
export async function saveGrant(
  sql: Sql,
  wish: Omit<GrantRow, 'state' | 'createdAt' | 'updatedAt'>,
): Promise<GrantRow> {
  const rows = await sql.query<GrantRow>(
    `insert into grants (id, organisation_id, family, registration, site, data_centre, account, scopes, owner, state)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'active')
     on conflict (organisation_id, family, registration, (account->>'id'),
       coalesce(owner, '00000000-0000-0000-0000-000000000000')) do update
       set site = excluded.site, data_centre = excluded.data_centre, account = excluded.account,
         scopes = excluded.scopes, state = 'active', updated_at = now()
     returning ${COLUMNS}`,
    [
      wish.id,
      wish.organisationId,
      wish.family,
      wish.registration,
      wish.site,
      wish.dataCentre,
      JSON.stringify(wish.account),
      wish.scopes,
      wish.owner,
    ],
  );
  const [row] = rows;
  if (row === undefined) throw new Error('the grant was not stored');
  return row;
}

/** Marks that its tokens are accepted no longer. True when they were until now. */
export async function markGrantReconnect(sql: Sql, id: string): Promise<boolean> {
  const rows = await sql.query(
    `update grants set state = 'reconnect', updated_at = now() where id = $1 and state = 'active' returning id`,
    [id],
  );
  return rows.length > 0;
}

/** Until the end of the transaction nobody else adds or ends what stands on the grant by way of this. */
export async function lockGrant(sql: Sql, id: string): Promise<void> {
  await sql.query('select from grants where id = $1 for update', [id]);
}

/**
 * Deletes the grant with its tokens, if no connection stands on it any longer.
 *
 * @returns whether it did.
 */
export async function deleteUnusedGrant(sql: Sql, id: string): Promise<boolean> {
  const rows = await sql.query(
    `delete from grants g where id = $1 and not exists (select from connections c where c.grant_id = g.id)
     returning id`,
    [id],
  );
  return rows.length > 0;
}
