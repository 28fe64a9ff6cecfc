import type { Database } from '../store/database.ts';
import { forgetProcess, listProcesses } from '../store/processes.ts';
import { owners, release } from '../store/queue.ts';
import { announce } from './notify.ts';
import { isDead } from './process-identity.ts';

/**
 * Gives back the runs of processes that died with them in hand.
 *
 * @param self the caller's own process id, which is not asked.
 * @returns how many runs were given back.
 */
export async function takeOverFromTheDead(database: Database, self: string): Promise<number> {
  const holders = new Set([
    ...(await owners(database)),
    ...(await listProcesses(database)).map((row) => row.id),
  ]);
  holders.delete(self);
  let released = 0;
  for (const holder of holders) {
    released += await database.transaction(async (sql) => {
      if (!(await isDead(sql, holder))) return 0;
      const runs = await release(sql, holder);
      await forgetProcess(sql, holder);
      if (runs.length > 0) await announce(sql, 'work');
      return runs.length;
    });
  }
  return released;
}
