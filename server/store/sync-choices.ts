import type { Side } from '../core/sync/mapping.ts';
import type { Sql } from './database.ts';
import type { SyncKey } from './sync-links.ts';

/** A person decides every field of every link that waits for a decision. @returns how many links. */
export async function chooseForAll(sql: Sql, key: SyncKey, winner: Side): Promise<number> {
  const rows = await sql.query<{ id: string }>(
    `update sync_links l set choices = (
       select jsonb_object_agg(c->>'field', $3::text) from jsonb_array_elements(l.conflicts) c)
     where organisation_id = $1 and integration = $2 and conflicts is not null and jsonb_array_length(conflicts) > 0
     returning id`,
    [key.organisationId, key.integration, winner],
  );
  await sql.query(
    `update sync_records set dirty = true, urgent = true, due_at = now()
     where organisation_id = $1 and integration = $2 and link_id = any($3::bigint[]) and side = 'left'`,
    [key.organisationId, key.integration, rows.map((row) => row.id)],
  );
  return rows.length;
}
