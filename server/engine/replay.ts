import type { Database, Sql } from '../store/database.ts';
import { enqueue, hurry } from '../store/queue.ts';
import { forgetReadsAfterLastWrite } from '../store/steps.ts';
import { announceRuns } from './notify.ts';
import type { World } from './ports.ts';

export interface Replayable {
  readonly id: string;
  readonly organisationId: string;
  readonly integration: string;
  readonly flow: string;
  readonly recordId: string;
  readonly eventId: string;
  readonly state: 'shelved' | 'waiting';
}

async function again(sql: Sql, world: World, run: Replayable): Promise<void> {
  const flow = world.flows.find((candidate) => candidate.id === run.flow);
  const reads = Object.entries(flow?.steps ?? {}).flatMap(([name, step]) =>
    step.effect === 'read' ? [name] : [],
  );
  await forgetReadsAfterLastWrite(sql, run.id, reads);
  await sql.query(
    `update runs set state = 'waiting', attempt = 0, due_at = now(), finished_at = null where id = $1`,
    [run.id],
  );
  if (run.state === 'waiting') await hurry(sql, [run.id]);
  else await enqueue(sql, [run]);
}

/**
 * Takes failed runs up again, each from its failed step: what succeeded is not repeated; what was only
 * read, and nothing built on it, is read anew. Runs that wait for their next try are tried now.
 *
 * @param where further SQL conditions on `runs r`, with their values from `$2` on.
 * @returns how many were taken up.
 */
export async function replay(
  parts: { database: Database; world: World },
  organisationId: string,
  where: { sql: string; values: readonly unknown[] },
): Promise<number> {
  return parts.database.transaction(async (sql) => {
    const runs = await sql.query<Replayable>(
      `select r.id, r.organisation_id as "organisationId", r.integration, i.flow, r.record_id as "recordId",
         r.event_id as "eventId", r.state
       from runs r
       join integrations i on i.organisation_id = r.organisation_id and i.id = r.integration and i.deleted_at is null
       where r.organisation_id = $1 and (r.state = 'shelved' or (r.state = 'waiting' and r.attempt > 0)) and (${where.sql})
       order by r.id limit 10000 for update of r`,
      [organisationId, ...where.values],
    );
    for (const run of runs) await again(sql, parts.world, run);
    if (runs.length > 0) {
      await announceRuns(sql, runs, { work: true });
    }
    return runs.length;
  });
}
