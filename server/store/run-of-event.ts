import type { RecordRef } from '../core/flow.ts';
import type { Sql } from './database.ts';
import type { IntegrationKey } from './integrations.ts';

/** The run that an event began, by the name that the event came under; null: none yet. */
export async function runOfEvent(
  sql: Sql,
  { organisationId, integration }: IntegrationKey,
  event: { readonly connector: string; readonly account: string; readonly eventKey: string },
): Promise<{ readonly id: string; readonly about: readonly RecordRef[] } | null> {
  const [row] = await sql.query<{ id: string; about: readonly RecordRef[] }>(
    `select r.id, coalesce((select json_agg(json_build_object('object', n.object, 'id', n.record_id) order by n.object, n.record_id)
       from run_records n where n.run_id = r.id), '[]') as about
     from inbox i join runs r on r.organisation_id = i.organisation_id and r.event_id = i.id and r.integration = $2
     where i.organisation_id = $1 and i.connector = $3 and i.account = $4 and i.event_key = $5`,
    [organisationId, integration, event.connector, event.account, event.eventKey],
  );
  return row ?? null;
}

/** Looks at a source at once. @returns false where it has none that is looked at. */
export async function lookNow(sql: Sql, { organisationId, integration }: IntegrationKey): Promise<boolean> {
  const rows = await sql.query(
    `update cursors set next_at = least(next_at, now()) where organisation_id = $1 and integration = $2 returning integration`,
    [organisationId, integration],
  );
  return rows.length > 0;
}
