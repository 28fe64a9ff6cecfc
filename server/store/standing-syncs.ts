import type { Sql } from './database.ts';
import type { StoredError } from './runs.ts';
import type { Pause, SyncPhase } from './syncs.ts';

/** How a sync stands, as far as a list tells it. */
export interface StandingSync {
  readonly integration: string;
  readonly phase: SyncPhase;
  readonly pause: Pause | null;
  readonly error: StoredError | null;
  /** What its latest finished preview foretells; null: it is not waiting with one. */
  readonly plan: unknown;
}

/** Of these integrations; those that were never looked at are not among them. */
export async function standingSyncs(
  sql: Sql,
  organisationId: string,
  integrations: readonly string[],
): Promise<ReadonlyMap<string, StandingSync>> {
  const rows = await sql.query<StandingSync>(
    `select s.integration, s.phase, s.pause, s.error, p.plan from syncs s
     left join lateral (select plan from sync_passes p
       where p.organisation_id = s.organisation_id and p.integration = s.integration and p.kind = 'preview'
         and p.state = 'done' order by p.started_at desc limit 1) p on s.phase = 'previewed'
     where s.organisation_id = $1 and s.integration = any($2)`,
    [organisationId, integrations],
  );
  return new Map(rows.map((row) => [row.integration, row]));
}
