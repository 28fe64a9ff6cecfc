import { tmpdir } from 'node:os';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { checkDatabase } from '../store/check-database.ts';
import { startPostgres } from '../store/postgres/start-postgres.ts';
import type { StopList } from './stop-list.ts';

/**
 * Where the database is: the given one, or one of our own, which `stops` then ends.
 *
 * @param url this server's address, for whoever finds the data folder in use.
 * @returns its connection string.
 * @throws StartFailure with a sentence that says what keeps it from being used.
 */
export async function findDatabase(
  config: Config,
  log: Logger,
  url: string,
  stops: StopList,
): Promise<string> {
  if (config.databaseUrl !== null) {
    await checkDatabase(config.databaseUrl);
    return config.databaseUrl;
  }
  const postgres = await startPostgres({
    dataFolder: config.dataFolder,
    log,
    self: { pid: process.pid, url },
    temporaryFolder: tmpdir(),
  });
  stops.add(() => postgres.stop());
  return postgres.connectionString;
}
