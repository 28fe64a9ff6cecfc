import type { Sql } from './database.ts';
import type { StoredError } from './runs.ts';

/** How the calls of a connection went last. */
export interface HealthRow {
  readonly connectionId: string;
  readonly successAt: Date | null;
  readonly failureAt: Date | null;
  readonly failure: StoredError | null;
}

/** What one process saw of a connection since it last told. */
export interface HealthNote {
  readonly id: string;
  readonly successAt: Date | null;
  readonly failureAt: Date | null;
  readonly failure: StoredError | null;
}

/** Adds what was seen to what is known; of two processes the later sight counts. A connection that is gone is left out. */
export async function saveHealth(sql: Sql, notes: readonly HealthNote[]): Promise<void> {
  // In one order everywhere: two processes that write the same rows must not wait for each other.
  await sql.query(
    `insert into connection_health as h (connection_id, success_at, failure_at, failure)
     select c.id, n."successAt", n."failureAt", n.failure
     from jsonb_to_recordset($1) as n(id uuid, "successAt" timestamptz, "failureAt" timestamptz, failure jsonb)
     join connections c on c.id = n.id
     order by c.id
     for key share of c
     on conflict (connection_id) do update set
       success_at = greatest(h.success_at, excluded.success_at),
       failure = case when excluded.failure_at >= coalesce(h.failure_at, '-infinity') then excluded.failure else h.failure end,
       failure_at = greatest(h.failure_at, excluded.failure_at)`,
    [JSON.stringify(notes)],
  );
}

/** What is known of an organisation's connections; of one that was never used there is no row. */
export function healthOf(sql: Sql, organisationId: string): Promise<HealthRow[]> {
  return sql.query<HealthRow>(
    `select h.connection_id as "connectionId", h.success_at as "successAt", h.failure_at as "failureAt", h.failure
     from connection_health h join connections c on c.id = h.connection_id where c.organisation_id = $1`,
    [organisationId],
  );
}
