import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../server/store/database.ts';
import { migrate } from '../../server/store/migrate.ts';
import { startPostgres } from '../../server/store/postgres/start-postgres.ts';

/** A PostgreSQL with the settings of production, and nothing in it. */
export async function withPostgres<T>(work: (connectionString: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'liaison-bench-'));
  const postgres = await startPostgres({
    dataFolder: folder,
    log: { info() {}, warn() {}, error() {} },
    self: { pid: process.pid, url: 'bench' },
    temporaryFolder: tmpdir(),
  });
  try {
    return await work(postgres.connectionString);
  } finally {
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** The same, migrated, with one organisation. */
export function withDatabase<T>(
  work: (connectionString: string, organisationId: string) => Promise<T>,
): Promise<T> {
  return withPostgres(async (connectionString) => {
    const database = openDatabase(connectionString, { max: 2, onError() {} });
    await migrate(database, join(import.meta.dirname, '..', '..', 'server', 'store', 'migrations'));
    const organisationId = randomUUID();
    await database.query(
      `insert into organisations (id, external_id, name, locale, time_zone, currency) values ($1, '1', 'B', 'fr-FR', 'Europe/Paris', 'EUR')`,
      [organisationId],
    );
    await database.close();
    return work(connectionString, organisationId);
  });
}
