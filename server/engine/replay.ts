import type { Database, Sql } from '../store/database.ts';
import { enqueue, hurry } from '../store/queue.ts';
import { beginAnew, lockReplayable, type Replayable } from '../store/replayable.ts';
import { forgetReadsAfterLastWrite } from '../store/steps.ts';
import { announceRuns } from './notify.ts';
import type { World } from './ports.ts';

async function again(sql: Sql, world: World, run: Replayable): Promise<void> {
  const flow = world.flows.find((candidate) => candidate.id === run.flow);
  const reads = Object.entries(flow?.steps ?? {}).flatMap(([name, step]) =>
    step.effect === 'read' ? [name] : [],
  );
  await forgetReadsAfterLastWrite(sql, run.id, reads);
  await beginAnew(sql, run.id);
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
    const runs = await lockReplayable(sql, organisationId, where);
    for (const run of runs) await again(sql, parts.world, run);
    if (runs.length > 0) {
      await announceRuns(sql, runs, { work: true });
    }
    return runs.length;
  });
}
