import type { Sql } from './database.ts';

/** A run that failed, for good or until its next try. */
export interface Replayable {
  readonly id: string;
  readonly organisationId: string;
  readonly integration: string;
  readonly flow: string;
  readonly recordId: string;
  readonly eventId: string;
  readonly state: 'shelved' | 'waiting';
}

const AT_ONCE = 10_000;

/**
 * The oldest of them, held until the transaction ends.
 *
 * @param where further SQL conditions on `runs r`, with their values from `$2` on.
 */
export function lockReplayable(
  sql: Sql,
  organisationId: string,
  where: { readonly sql: string; readonly values: readonly unknown[] },
): Promise<Replayable[]> {
  return sql.query<Replayable>(
    `select r.id, r.organisation_id as "organisationId", r.integration, i.flow, r.record_id as "recordId",
       r.event_id as "eventId", r.state
     from runs r
     join integrations i on i.organisation_id = r.organisation_id and i.id = r.integration and i.deleted_at is null
     where r.organisation_id = $1 and (r.state = 'shelved' or (r.state = 'waiting' and r.attempt > 0)) and (${where.sql})
     order by r.id limit ${AT_ONCE} for update of r`,
    [organisationId, ...where.values],
  );
}

/** It begins anew, its attempts forgotten. */
export async function beginAnew(sql: Sql, runId: string): Promise<void> {
  await sql.query(
    `update runs set state = 'waiting', attempt = 0, due_at = now(), finished_at = null where id = $1`,
    [runId],
  );
}
