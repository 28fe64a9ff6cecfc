import { chmod, chown, mkdtemp, readdir, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { StartFailure } from './start-failure.ts';
import { type RunningPostgres, startPostgres } from './start-postgres.ts';
import { type LiaisonProcess, startInProcess } from './testing/liaison-process.ts';

const log = { info() {}, warn() {}, error() {} };
const self = { pid: process.pid, url: 'http://127.0.0.1:3999' };
const start = (dataFolder: string) => startPostgres({ dataFolder, log, self, temporaryFolder: tmpdir() });

let folder: string;
let dataFolder: string;
const makeFolder = async () => {
  folder = await mkdtemp(join(tmpdir(), 'liaison-postgres-'));
  dataFolder = join(folder, 'data');
  await chmod(folder, 0o755);
};
const removeFolder = () => rm(folder, { recursive: true, force: true });

async function query(connectionString: string | undefined, text: string): Promise<unknown[][]> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  const { rows } = await client.query({ text, rowMode: 'array' }).finally(() => client.end());
  return rows as unknown[][];
}

/** Settles when a Liaison holds the cluster again. */
async function held(connectionString: string): Promise<void> {
  const count = `select count(*)::int from pg_locks where locktype = 'advisory' and granted`;
  while ((await query(connectionString, count).catch(() => []))[0]?.[0] !== 1);
}

async function withPostgres<T>(use: (running: RunningPostgres) => Promise<T>): Promise<T> {
  const running = await start(dataFolder);
  return use(running).finally(() => running.stop());
}

describe('PostgreSQL of a new data folder', () => {
  beforeEach(makeFolder);
  afterEach(removeFolder);

  it('outlives a kill of its Liaison and is adopted by the next one, with the data', async () => {
    const first = await startInProcess(dataFolder);
    expect(first.answer).toMatchObject({ adopted: false, firstStart: true });
    await query(first.answer.connectionString, `create table kept as select 'é' as word`);
    await first.kill();

    await withPostgres(async (running) => {
      expect(running).toMatchObject({ adopted: true, firstStart: false, pid: first.answer.pid });
      expect(await query(running.connectionString, 'select word from kept')).toEqual([['é']]);
    });
    // What was adopted is stopped all the same.
    expect(await readdir(join(dataFolder, 'postgres/cluster'))).not.toContain('postmaster.pid');

    await withPostgres(async (running) => {
      expect(running).toMatchObject({ adopted: false, firstStart: false });
      expect(await query(running.connectionString, 'select word from kept')).toEqual([['é']]);
    });
  });

  it('is made once when two first starts race: one wins, the other is told', async () => {
    const both = await Promise.all([startInProcess(dataFolder), startInProcess(dataFolder)]);
    const winners = both.filter((one) => one.answer.failure === undefined);
    const [loser] = both.filter((one) => one.answer.failure !== undefined);
    expect(winners).toHaveLength(1);
    const [winner] = winners as [LiaisonProcess];
    expect(loser?.answer.failure?.en).toContain(`process ${winner.pid}`);
    expect(await query(winner.answer.connectionString, 'select current_database()')).toEqual([['liaison']]);
    await winner.stop();
    expect(await readdir(dataFolder)).toEqual(['postgres']);
  });

  it('is not made where a file stands', async () => {
    await writeFile(dataFolder, '');
    await expect(start(dataFolder)).rejects.toThrow(/is not a folder/);
  });
});

describe('PostgreSQL of a data folder', () => {
  beforeAll(async () => {
    await makeFolder();
    await withPostgres(async () => {});
  });
  afterAll(removeFolder);

  it('keeps what it acknowledged, listens on this machine only and asks for the password', async () => {
    await withPostgres(async ({ connectionString }) => {
      const [settings] = await query(
        connectionString,
        `select current_setting('fsync'), current_setting('synchronous_commit'), current_setting('listen_addresses'),
           current_setting('server_encoding'), current_setting('data_checksums')`,
      );
      expect(settings).toEqual(['on', 'on', '127.0.0.1', 'UTF8', 'on']);
      const stranger = new URL(connectionString);
      stranger.password = 'guess';
      await expect(query(stranger.href, 'select 1')).rejects.toThrow('password authentication failed');
    });
    const { mode } = await stat(join(dataFolder, 'postgres/password'));
    expect(mode & 0o777).toBe(0o600);
  });

  it('serves one live Liaison: a second is told who holds it, and the first goes on', async () => {
    const first = await startInProcess(dataFolder);
    const second = await startInProcess(dataFolder);
    expect(second.answer.failure?.en).toContain(`process ${first.pid}, http://127.0.0.1:3000`);
    expect(second.answer.failure?.en).toContain(dataFolder);
    expect(second.answer.failure?.fr).toContain(`processus ${first.pid}`);
    expect(await query(first.answer.connectionString, 'select 1')).toEqual([[1]]);
    await first.stop();
    await expect(query(first.answer.connectionString, 'select 1')).rejects.toThrow('ECONNREFUSED');
  });

  it('starts although its pid file names a process that is somebody else’s', async () => {
    const cluster = join(await realpath(dataFolder), 'postgres/cluster');
    const file = join(cluster, 'postmaster.pid');
    await writeFile(
      file,
      `${process.pid}\n${cluster}\n1700000000\n5432\n\n127.0.0.1\n  1234567   999999\nready   \n`,
    );
    const { uid, gid } = await stat(cluster);
    await chown(file, uid, gid);
    await withPostgres(async (running) => {
      expect(running.adopted).toBe(false);
      expect(await query(running.connectionString, 'select 1')).toEqual([[1]]);
    });
  });

  it('stays this Liaison’s after PostgreSQL ended every session, and comes back after it was killed', async () => {
    await withPostgres(async ({ connectionString, pid }) => {
      await query(
        connectionString,
        'select pg_terminate_backend(pid) from pg_locks where locktype = $$advisory$$',
      );
      await held(connectionString);
      process.kill(pid, 'SIGQUIT');
      await held(connectionString);
      const second = await startInProcess(dataFolder);
      expect(second.answer.failure?.en).toContain(`process ${process.pid}`);
    });
  });

  it('that is not whole, or of another version, is refused in words that say so', async () => {
    const cluster = join(dataFolder, 'postgres/cluster');
    const version = join(cluster, 'PG_VERSION');
    await writeFile(version, '17\n');
    await expect(start(dataFolder)).rejects.toThrow(/PostgreSQL 17, and this Liaison brings PostgreSQL 18/);
    await rm(version);
    await expect(start(dataFolder)).rejects.toThrow(/incomplete/);
    await writeFile(version, '18\n');
    await chmod(version, 0o644);
    await rm(join(cluster, 'global/pg_control'));
    const failure = await start(dataFolder).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(StartFailure);
    expect((failure as StartFailure).sentence.en).toMatch(/pg_control.*postgres\.log/s);
  });
});
