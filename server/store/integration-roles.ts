import type { Sql } from './database.ts';
import type { IntegrationKey } from './integrations.ts';

/** A role that nobody chose an account for yet, and which connector can take it. */
export interface OpenRole {
  readonly role: string;
  readonly connector: string;
}

/** Gives roles the accounts that were chosen for them; the other roles stay as they are. */
export async function bindRoles(
  sql: Sql,
  { organisationId, integration }: IntegrationKey,
  chosen: Readonly<Record<string, string>>,
): Promise<void> {
  const entries = Object.entries(chosen);
  if (entries.length === 0) return;
  await sql.query(
    `insert into integration_roles (organisation_id, integration, role, connector, account_id, connection_id)
     select $1, $2, w.role, c.connector, c.account->>'id', c.id
     from unnest($3::text[], $4::uuid[]) as w(role, connection_id)
     join connections c on c.id = w.connection_id and c.organisation_id = $1
     on conflict (organisation_id, integration, role) do update
       set connector = excluded.connector, account_id = excluded.account_id, connection_id = excluded.connection_id`,
    [organisationId, integration, entries.map(([role]) => role), entries.map(([, connection]) => connection)],
  );
}

/**
 * Gives roles that nobody chose an account for the organisation's only account of their connector, where it is the
 * only one. Safe to repeat.
 *
 * @param roles by the flow's id.
 * @param organisationId absent: of every organisation.
 */
export async function bindOpenRoles(
  sql: Sql,
  roles: ReadonlyMap<string, readonly OpenRole[]>,
  organisationId?: string,
): Promise<void> {
  const open = [...roles].flatMap(([flow, all]) =>
    all.map(({ role, connector }) => ({ flow, role, connector })),
  );
  await sql.query(
    `insert into integration_roles (organisation_id, integration, role, connector, account_id, connection_id)
     select i.organisation_id, i.id, w.role, c.connector, c.account->>'id', c.id
     from unnest($1::text[], $2::text[], $3::text[]) as w(flow, role, connector)
     join integrations i on i.flow = w.flow and i.deleted_at is null
     join connections c on c.organisation_id = i.organisation_id and c.connector = w.connector
       and (c.owner is null or c.owner = i.owner)
     where ($4::uuid is null or i.organisation_id = $4)
       and not exists (select from connections other
         where other.organisation_id = c.organisation_id and other.connector = c.connector and other.id <> c.id
           and (other.owner is null or other.owner = i.owner))
     on conflict do nothing`,
    [
      open.map(({ flow }) => flow),
      open.map(({ role }) => role),
      open.map(({ connector }) => connector),
      organisationId ?? null,
    ],
  );
}

/**
 * Accounts that are connected again take the roles that they had.
 *
 * @param organisationId absent: of every organisation.
 */
export async function rebindRoles(sql: Sql, organisationId?: string): Promise<void> {
  await sql.query(
    `update integration_roles r set connection_id = c.id from connections c, integrations i
     where ($1::uuid is null or r.organisation_id = $1) and r.connection_id is null and c.organisation_id = r.organisation_id
       and i.organisation_id = r.organisation_id and i.id = r.integration and (c.owner is null or c.owner = i.owner)
       and c.connector = r.connector and c.account->>'id' = r.account_id`,
    [organisationId ?? null],
  );
}
