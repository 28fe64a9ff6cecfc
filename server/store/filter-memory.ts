import type { Sql } from './database.ts';
import type { IntegrationKey } from './integrations.ts';
import type { RecordKey } from './runs.ts';

/** Whether each record was taken by its integration's filter when it fitted (true), did not fit yet, or is unknown (null). */
export async function recalled(sql: Sql, records: readonly RecordKey[]): Promise<(boolean | null)[]> {
  const rows = await sql.query<{ fits: boolean | null }>(
    `select m.fits from unnest($1::uuid[], $2::text[], $3::text[])
       with ordinality as w(organisation_id, integration, record_id, place)
     left join lateral (
       select fits from filter_memory m
       where m.organisation_id = w.organisation_id and m.integration = w.integration and m.record_id = w.record_id
       offset 0) m on true
     order by w.place`,
    [records.map((r) => r.organisationId), records.map((r) => r.integration), records.map((r) => r.recordId)],
    'filter-memory',
  );
  return rows.map(({ fits }) => fits);
}

/** Whether the filter of an integration waits for any record until it fits. */
export async function awaitsAny(sql: Sql, { organisationId, integration }: IntegrationKey): Promise<boolean> {
  const rows = await sql.query(
    'select from filter_memory where organisation_id = $1 and integration = $2 and not fits limit 1',
    [organisationId, integration],
  );
  return rows.length > 0;
}

/** Those of these records that the filter of an integration waits for, until they fit. */
export async function awaitedAmong(
  sql: Sql,
  { organisationId, integration }: IntegrationKey,
  recordIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await sql.query<{ id: string }>(
    `select record_id as id from filter_memory
     where organisation_id = $1 and integration = $2 and record_id = any($3) and not fits`,
    [organisationId, integration, recordIds],
  );
  return new Set(rows.map(({ id }) => id));
}

/** Topics of the event that a run began with, and of those that joined it. */
export async function topicsOfRun(sql: Sql, runId: string): Promise<string[]> {
  const rows = await sql.query<{ topic: string }>(
    `select distinct i.topic from inbox i
     where i.id in (select event_id from runs where id = $1 union all select event_id from run_events where run_id = $1)`,
    [runId],
  );
  return rows.map(({ topic }) => topic);
}
