import type { Sql } from './database.ts';
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

/** Topics of the event that a run began with, and of those that joined it. */
export async function topicsOfRun(sql: Sql, runId: string): Promise<string[]> {
  const rows = await sql.query<{ topic: string }>(
    `select distinct i.topic from inbox i
     where i.id in (select event_id from runs where id = $1 union all select event_id from run_events where run_id = $1)`,
    [runId],
  );
  return rows.map(({ topic }) => topic);
}
