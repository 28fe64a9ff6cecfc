import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../server/store/database.ts';
import { migrate } from '../../server/store/migrate.ts';
import { startPostgres } from '../../server/store/postgres/start-postgres.ts';
import { memoryFolder } from './memory-folder.ts';
import { keepTestServer, withDatabase } from './test-server.ts';

const MIGRATIONS = new URL('../../server/store/migrations/', import.meta.url).pathname;
const silent = { info() {}, warn() {}, error() {} };

/** What Node made of each module is kept here: a server that a suite starts need not make it anew. */
const COMPILED = new URL('../../node_modules/.cache/liaison-compiled/', import.meta.url).pathname;

/** What Jest was asked to run. */
interface Wish {
  readonly testPathPatterns?: { readonly patterns: readonly string[] };
  readonly testNamePattern?: string;
  readonly onlyChanged?: boolean;
}

/**
 * One PostgreSQL for the whole run, with a migrated database that every suite's own is copied from; and the programs
 * that suites start, packed where all suites are run at their usual size. One suite that is run by itself, and the
 * full size, start the sources as they are.
 */
export default async function setUp(wish: Wish = {}): Promise<void> {
  process.env.NODE_COMPILE_CACHE ??= COMPILED;
  const isWhole = wish.testPathPatterns?.patterns.length === 0 && !wish.testNamePattern && !wish.onlyChanged;
  if (isWhole && process.env.LIAISON_TEST_SIZE !== 'full' && process.env.LIAISON_TEST_PROGRAM === undefined) {
    const { packPrograms } = await import('../packed/pack-programs.ts');
    process.env.LIAISON_TEST_PROGRAM = await packPrograms();
  }
  const given = process.env.DATABASE_URL_TEST;
  const server = given === undefined ? await startOwn() : { url: given, stop: async () => {} };
  const template = `liaison_template_${randomBytes(6).toString('hex')}`;
  const admin = openDatabase(server.url, { max: 1, onError() {} });
  await admin.query(`create database ${template}`);
  const database = openDatabase(withDatabase(server.url, template), { max: 1, onError() {} });
  await migrate(database, MIGRATIONS);
  await database.close();
  keepTestServer({
    url: server.url,
    template,
    async stop() {
      await admin.query(`drop database ${template}`);
      await admin.close();
      await server.stop();
    },
  });
}

async function startOwn(): Promise<{ url: string; stop(): Promise<void> }> {
  const inMemory = process.env.TMPDIR === undefined ? await memoryFolder() : null;
  const folder = inMemory ?? (await mkdtemp(join(tmpdir(), 'liaison-test-')));
  // What suites put aside stands there too, and goes with it. Binaries are many and the same each time: not they.
  const temporaryFolder = tmpdir();
  if (inMemory !== null) process.env.TMPDIR = inMemory;
  const postgres = await startPostgres({
    dataFolder: folder,
    log: silent,
    self: { pid: process.pid, url: 'tests' },
    temporaryFolder,
    settings: { fsync: 'off', full_page_writes: 'off', max_connections: 600, cluster_name: 'liaison-tests' },
  });
  const guard = guardAgainst(folder, postgres.pid);
  return {
    url: postgres.connectionString,
    async stop() {
      await postgres.stop();
      guard.ref();
      guard.stdin?.end();
      await new Promise((resolve) => guard.on('exit', resolve));
    },
  };
}

/**
 * A process that waits for the end of ours, whatever ends it (Ctrl-C, a kill, a crash): its input ends
 * then, and it ends PostgreSQL and removes its folder.
 */
function guardAgainst(folder: string, postmaster: number) {
  const script = `cat >/dev/null; kill -QUIT "$1" 2>/dev/null
    for turn in $(seq 100); do [ -e "$2"/postgres/cluster/postmaster.pid ] || break; sleep 0.05; done
    rm -rf "$2"`;
  const guard = spawn('sh', ['-c', script, 'sh', String(postmaster), folder], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  guard.unref();
  return guard;
}
