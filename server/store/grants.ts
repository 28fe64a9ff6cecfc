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

/** The grant that an owner has of an account of a family; null: none under this registration. */
export async function grantOfAccount(
  sql: Sql,
  of: Pick<GrantRow, 'organisationId' | 'family' | 'registration' | 'owner'> & { accountId: string },
): Promise<GrantRow | null> {
  const rows = await sql.query<GrantRow>(
    `select ${COLUMNS} from grants where organisation_id = $1 and family = $2 and registration = $3
       and account->>'id' = $4 and owner is not distinct from $5::uuid`,
    [of.organisationId, of.family, of.registration, of.accountId, of.owner],
  );
  return rows[0] ?? null;
}

/**
 * Whether any owner, of whatever organisation, has a grant that lives by the same consent at the vendor.
 *
 * @param of.accountId null: whose consent it is was not found out; any of the registration counts.
 * @param of.except a grant that is not asked about.
 */
export async function sharesConsent(
  sql: Sql,
  of: { family: string; registration: string; accountId: string | null; except: string | null },
): Promise<boolean> {
  const rows = await sql.query(
    `select from grants where family = $1 and registration = $2 and ($3::text is null or account->>'id' = $3)
       and ($4::uuid is null or id <> $4) limit 1`,
    [of.family, of.registration, of.accountId, of.except],
  );
  return rows.length > 0;
}

/** Notes a refresh token that lives on at the vendor, though nobody here holds it. */
export async function addStrayRefreshToken(
  sql: Sql,
  of: Pick<GrantRow, 'family' | 'registration' | 'account'>,
  most: number,
): Promise<void> {
  await sql.query('insert into stray_refresh_tokens (family, registration, account_id) values ($1, $2, $3)', [
    of.family,
    of.registration,
    of.account.id,
  ]);
  // The vendor ends the oldest beyond its limit.
  await sql.query(
    `delete from stray_refresh_tokens where id in (
       select id from stray_refresh_tokens where family = $1 and registration = $2 and account_id = $3
       order by id desc offset $4)`,
    [of.family, of.registration, of.account.id, most],
  );
}

/** How many refresh tokens the account of a grant has by now, as far as Liaison gave rise to them. */
export async function countRefreshTokens(
  sql: Sql,
  of: Pick<GrantRow, 'family' | 'registration' | 'account'>,
): Promise<number> {
  const [row] = await sql.query<{ count: number }>(
    `select ((select count(*) from grants
         where family = $1 and registration = $2 and account->>'id' = $3)
       + (select count(*) from stray_refresh_tokens
         where family = $1 and registration = $2 and account_id = $3))::int as count`,
    [of.family, of.registration, of.account.id],
  );
  return row?.count ?? 0;
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

/**
 * Until the end of the transaction nobody else adds or ends what stands on the grant by way of this.
 *
 * @returns whether there is such a grant.
 */
export async function lockGrant(sql: Sql, id: string): Promise<boolean> {
  return (await sql.query('select from grants where id = $1 for update', [id])).length > 0;
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
