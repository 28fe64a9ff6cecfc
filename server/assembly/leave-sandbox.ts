import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { otherLivingProcesses } from '../engine/process-identity.ts';
import { type Running, type StartWishes, start } from '../start.ts';
import { openDatabase } from '../store/database.ts';
import { turnIntoProduction } from '../store/deployment-mode.ts';
import { MIGRATIONS, tablesOf } from '../store/migrate.ts';

/**
 * Stops the sandbox, deletes everything of it from the database, and starts the same server in production.
 * Where another server turned up on the database meanwhile, or the database fails, nothing is deleted and the
 * sandbox goes on.
 *
 * @param wishes those of the former start: a sandbox that goes on may be left again.
 * @throws what keeps production from starting; nothing is left running then.
 */
export async function leaveSandbox(
  running: Running,
  config: Config,
  log: Logger,
  wishes: StartWishes,
): Promise<Running> {
  const production = config.forProduction();
  await running.stop();
  const isTurned = production.databaseUrl !== null && (await turn(production.databaseUrl, log));
  return start(isTurned ? production : config, log, wishes);
}

async function turn(databaseUrl: string, log: Logger): Promise<boolean> {
  const onError = (error: unknown) =>
    log.error({ err: error }, 'the database was lost while the mode changed');
  const database = openDatabase(databaseUrl, { max: 2, onError });
  try {
    const others = await otherLivingProcesses(database, null);
    return others.length === 0 && (await turnIntoProduction(database, await tablesOf(MIGRATIONS)));
  } catch (error) {
    log.error({ err: error }, 'the sandbox could not be deleted; it goes on as it was');
    return false;
  } finally {
    await database.close();
  }
}
