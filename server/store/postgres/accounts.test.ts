import { chmod, chown, cp, lstat, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { type Account, accountToRunAs, parsePasswd } from './account.ts';
import { delivered } from './binaries.ts';
import { mayPass, obstacle } from './reach.ts';
import { startPostgres } from './start-postgres.ts';
import { startInProcess } from './testing/liaison-process.ts';

const log = { info() {}, warn() {}, error() {} };
const self = { pid: process.pid, url: 'http://127.0.0.1:3999' };
const asRoot = process.getuid?.() === 0;
const accounts = parsePasswd(await readFile('/etc/passwd', 'utf8').catch(() => ''));
const nobody = accounts.find((account) => account.name === 'nobody') as Account;
// Another account can only be tried where we may become it, and where it can enter the project.
const asAnother = asRoot && (await obstacle(import.meta.dirname, nobody)) === undefined;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'liaison-accounts-'));
  await chmod(folder, 0o755);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function answers(connectionString: string | undefined): Promise<unknown> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  const { rows } = await client.query('select 1 as one').finally(() => client.end());
  return rows[0];
}

describe('the accounts of a passwd file', () => {
  it('are read with their numbers, and broken lines are left out', () => {
    const text = 'root:x:0:0:root:/root:/bin/sh\n\n# note\nnobody:x:65534:65533:n:/:/bin/false\nhalf:x:12\n';
    expect(parsePasswd(text)).toEqual([
      { name: 'root', uid: 0, gid: 0 },
      { name: 'nobody', uid: 65534, gid: 65533 },
    ]);
  });
});

describe('passing through a folder', () => {
  it('goes by the owner, else the group, else the rest, never by the best of them', async () => {
    const { uid, gid } = await stat(folder);
    const [owner, member, other] = [
      { name: 'owner', uid, gid: gid + 1 },
      { name: 'member', uid: uid + 1, gid },
      { name: 'other', uid: uid + 1, gid: gid + 1 },
    ] as const;
    const table = [
      [0o700, [true, false, false]],
      [0o710, [true, true, false]],
      [0o701, [true, false, true]],
      [0o011, [false, true, true]],
    ] as const;
    for (const [mode, expected] of table) {
      await chmod(folder, mode);
      expect(await Promise.all([owner, member, other].map((each) => mayPass(folder, each)))).toEqual(
        expected,
      );
    }
    await chmod(folder, 0o755);
  });
});

describe('the account that runs PostgreSQL', () => {
  const machine = async (text: string) => {
    const file = join(folder, 'passwd');
    await writeFile(file, text);
    return accountToRunAs(undefined, file);
  };

  (asRoot ? it : it.skip)(
    'is postgres, or nobody, when Liaison is root, and its absence is told',
    async () => {
      const both = 'nobody:x:65534:65534::/:\npostgres:x:101:104::/:\n';
      expect((await machine(both))?.name).toBe('postgres');
      expect((await machine('nobody:x:65534:65534::/:\n'))?.name).toBe('nobody');
      await expect(machine('root:x:0:0::/:\n')).rejects.toThrow(
        /neither a “postgres” nor a “nobody” account/,
      );
    },
  );

  (asRoot ? it : it.skip)('reaches a private data folder through its group alone', async () => {
    const dataFolder = join(folder, 'data');
    await mkdir(dataFolder, { mode: 0o700 });
    const running = await startPostgres({ dataFolder, log, self, temporaryFolder: tmpdir() });
    expect(await answers(running.connectionString)).toEqual({ one: 1 });
    await running.stop();
    expect((await stat(dataFolder)).mode & 0o777).toBe(0o710);
    expect((await stat(join(dataFolder, 'postgres/cluster'))).uid).not.toBe(0);
  });

  (asRoot ? it : it.skip)(
    'finds binaries and data of a home that only root may enter in a place of the system',
    async () => {
      const home = join(folder, 'root');
      const systemFolder = join(folder, 'lib/liaison');
      const dataFolder = join(home, 'liaison/.data');
      const source = await delivered();
      await mkdir(dataFolder, { recursive: true });
      await chmod(home, 0o700);
      const native = join(home, 'liaison/native');
      await cp(source.folder, native, { recursive: true, verbatimSymlinks: true });
      const binaries = { folder: native, version: source.version };
      const options = { dataFolder, log, self, temporaryFolder: join(folder, 'tmp'), systemFolder, binaries };

      const first = await startPostgres(options);
      expect(await answers(first.connectionString)).toEqual({ one: 1 });
      await first.stop();
      const place = (await readFile(join(dataFolder, 'postgres-location'), 'utf8')).trim();
      expect(place.startsWith(join(systemFolder, 'clusters'))).toBe(true);
      expect(await lstat(join(place, 'cluster/PG_VERSION'))).toBeDefined();

      const second = await startPostgres(options);
      expect(second).toMatchObject({ adopted: false, firstStart: false });
      await second.stop();

      // Without that place: binaries may stand in the temporary folder, data that must last may not.
      await rm(join(dataFolder, 'postgres-location'));
      await writeFile(join(folder, 'file'), '');
      const nowhere = startPostgres({ ...options, systemFolder: join(folder, 'file/liaison') });
      await expect(nowhere).rejects.toThrow(/cannot enter .*\.data/);
    },
  );
});

describe('a normal user', () => {
  (asAnother ? it : it.skip)('has everything in the data folder', async () => {
    const dataFolder = join(folder, 'data');
    await mkdir(dataFolder);
    await chown(dataFolder, nobody.uid, nobody.gid);
    const liaison = await startInProcess(dataFolder, nobody);
    expect(liaison.answer).toMatchObject({ firstStart: true });
    expect(await answers(liaison.answer.connectionString)).toEqual({ one: 1 });
    await liaison.stop();
    expect((await stat(join(dataFolder, 'postgres'))).uid).toBe(nobody.uid);

    // Root after the user: the cluster keeps its owner.
    const asRootNow = await startInProcess(dataFolder);
    expect(await answers(asRootNow.answer.connectionString)).toEqual({ one: 1 });
    await asRootNow.stop();
    const again = await startInProcess(dataFolder, nobody);
    expect(again.answer.failure).toBeUndefined();
    await again.stop();
  });

  (asAnother ? it : it.skip)(
    'is told when the data folder is another account’s or cannot be written',
    async () => {
      const closed = await startInProcess(folder, nobody);
      expect(closed.answer.failure?.en).toContain(`cannot write to its data folder ${folder}`);
      const dataFolder = join(folder, 'data');
      await mkdir(join(dataFolder, 'postgres/cluster'), { recursive: true });
      await writeFile(join(dataFolder, 'postgres/password'), 'of root', { mode: 0o600 });
      await writeFile(join(dataFolder, 'postgres/cluster/PG_VERSION'), '18\n', { mode: 0o600 });
      await chown(dataFolder, nobody.uid, nobody.gid);
      const user = await startInProcess(dataFolder, nobody);
      expect(user.answer.failure?.en).toContain('belongs to another account');
    },
  );
});
