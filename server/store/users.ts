import type { Sql } from './database.ts';

/** A person of an organisation, as the vendor's own API described them when they last signed in. */
export interface UserRow {
  readonly id: string;
  readonly organisationId: string;
  /** The vendor's own id of the user. */
  readonly externalId: string;
  readonly name: string;
  readonly email: string | null;
  /** BCP 47. */
  readonly locale: string | null;
  readonly role: 'rep' | 'admin';
}

const COLUMNS = `id, organisation_id as "organisationId", external_id as "externalId", name, email, locale, role`;

/** Stores what the vendor says of the user; one that is known keeps its id. */
export async function saveUser(sql: Sql, wish: UserRow): Promise<UserRow> {
  const rows = await sql.query<UserRow>(
    `insert into users (id, organisation_id, external_id, name, email, locale, role)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (organisation_id, external_id) do update
       set name = excluded.name, email = excluded.email, locale = excluded.locale, role = excluded.role,
           signed_in_at = now()
     returning ${COLUMNS}`,
    [wish.id, wish.organisationId, wish.externalId, wish.name, wish.email, wish.locale, wish.role],
  );
  const [row] = rows;
  if (row === undefined) throw new Error('the user was not stored');
  return row;
}

/** Notes who of these administers the organisation no longer. @returns the users who did until now. */
export async function demoteUsers(
  sql: Sql,
  organisationId: string,
  externalIds: readonly string[],
): Promise<string[]> {
  if (externalIds.length === 0) return [];
  const rows = await sql.query<{ id: string }>(
    `update users set role = 'rep' where organisation_id = $1 and external_id = any($2) and role = 'admin' returning id`,
    [organisationId, externalIds],
  );
  return rows.map(({ id }) => id);
}

/** The user whose an integration is, as the vendor knows them; null: it is nobody's own. */
export async function ownerOf(
  sql: Sql,
  organisationId: string,
  owner: string | null,
): Promise<{ readonly id: string; readonly name: string } | null> {
  if (owner === null) return null;
  const [row] = await sql.query<{ id: string; name: string }>(
    'select external_id as id, name from users where organisation_id = $1 and id = $2',
    [organisationId, owner],
  );
  return row ?? null;
}

/** Names of an organisation's users, by id. */
export async function userNames(sql: Sql, organisationId: string): Promise<ReadonlyMap<string, string>> {
  const rows = await sql.query<{ id: string; name: string }>(
    'select id, name from users where organisation_id = $1',
    [organisationId],
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** The addresses of the organisation's admins who ever signed in. */
export async function adminAddresses(sql: Sql, organisationId: string): Promise<string[]> {
  const rows = await sql.query<{ email: string }>(
    `select distinct email from users where organisation_id = $1 and role = 'admin' and email is not null`,
    [organisationId],
  );
  return rows.map((row) => row.email);
}
