import type { VendorAccount } from '../core/connector.ts';
import type { ConnectionRow } from './connections.ts';
import type { Sql } from './database.ts';

type Named = Pick<ConnectionRow, 'id' | 'organisationId' | 'connector' | 'grantId'>;

/**
 * Gives a connection, its grant and the roles that it has the name of its account. Everything that is known by the
 * connection or the integration stays as it is.
 *
 * @param former the id that the account went by.
 * @returns false, and nothing is changed, where it goes by another id by now, or its owner has a connection of that
 *   account already.
 */
export async function nameAccount(
  sql: Sql,
  { id, organisationId, connector, grantId }: Named,
  former: string,
  account: VendorAccount,
): Promise<boolean> {
  const named = [JSON.stringify(account), former, account.id];
  const renamed = await sql.query(
    `update connections c set account = $2::jsonb, updated_at = now()
     where c.id = $1 and c.account->>'id' = $3 and not exists (select from connections other
       where other.organisation_id = c.organisation_id and other.connector = c.connector
         and other.account->>'id' = $4 and other.owner is not distinct from c.owner and other.id <> c.id)
     returning c.id`,
    [id, ...named],
  );
  if (renamed.length === 0) return false;
  await sql.query(
    `update grants g set account = $2::jsonb, updated_at = now()
     where g.id = $1 and g.account->>'id' = $3 and not exists (select from grants other
       where other.organisation_id = g.organisation_id and other.family = g.family
         and other.registration = g.registration and other.account->>'id' = $4
         and other.owner is not distinct from g.owner and other.id <> g.id)`,
    [grantId, ...named],
  );
  await nameRoles(sql, { organisationId, connector, connectionId: id }, former, account.id);
  return true;
}

/**
 * Roles that had an account by the id that it went by have it by its own.
 *
 * @param of.connectionId null: those whose connection is no more.
 */
export async function nameRoles(
  sql: Sql,
  of: Pick<ConnectionRow, 'organisationId' | 'connector'> & { readonly connectionId: string | null },
  former: string,
  accountId: string,
): Promise<void> {
  await sql.query(
    `update integration_roles set account_id = $5
     where organisation_id = $1 and connector = $2 and connection_id is not distinct from $3::uuid and account_id = $4`,
    [of.organisationId, of.connector, of.connectionId, former, accountId],
  );
}
