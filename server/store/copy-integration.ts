import type { Sql } from './database.ts';
import type { IntegrationKey } from './integrations.ts';

export interface CopyWish {
  /** That no integration ever had. */
  readonly id: string;
  readonly name: string;
  /** What the caller named the copying by, so that a repeated one makes nothing. */
  readonly madeBy: string | null;
}

/**
 * Stores an integration that is set as another one is, with its accounts, and off. Nothing of what the other one did
 * or keeps of records goes with it. Belongs in a transaction.
 *
 * @returns its id; null: there is no such integration to copy, or the same copy is there already.
 */
export async function copyIntegration(
  sql: Sql,
  { organisationId, integration }: IntegrationKey,
  { id, name, madeBy }: CopyWish,
): Promise<string | null> {
  const [made] = await sql.query<{ id: string }>(
    `insert into integrations (organisation_id, id, flow, enabled, settings, known, filter, name, owner, idempotency_key)
     select organisation_id, $3, flow, false, settings, known, filter, $4, owner, $5
     from integrations where organisation_id = $1 and id = $2 and deleted_at is null
     on conflict do nothing returning id`,
    [organisationId, integration, id, name, madeBy],
  );
  if (made === undefined) return null;
  await sql.query(
    `insert into integration_roles (organisation_id, integration, role, connector, account_id, connection_id)
     select organisation_id, $3, role, connector, account_id, connection_id
     from integration_roles where organisation_id = $1 and integration = $2`,
    [organisationId, integration, id],
  );
  return made.id;
}
