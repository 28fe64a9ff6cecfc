import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from './start-postgres.ts';

const log = { info() {}, warn() {}, error() {} };
const self = { pid: process.pid, url: 'http://127.0.0.1:3999' };
const WORKING_POSTGRES = 'echo "postgres (PostgreSQL) 18.4"';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'liaison-broken-'));
  await chmod(folder, 0o755);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Programs that fail as PostgreSQL's do on such a machine. */
async function startWith(programs: Readonly<Record<string, string>>): Promise<unknown> {
  const native = join(folder, 'native');
  await mkdir(join(native, 'bin'), { recursive: true });
  for (const [name, script] of Object.entries(programs)) {
    await writeFile(join(native, 'bin', name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  }
  return startPostgres({
    dataFolder: join(folder, 'data'),
    log,
    self,
    temporaryFolder: join(folder, 'tmp'),
    systemFolder: join(folder, 'system'),
    binaries: { folder: native, version: '18.4' },
  });
}

describe('a machine where PostgreSQL cannot be made', () => {
  it('with a full disk: one sentence, and nothing half made is left', async () => {
    const initdb = 'echo "initdb: error: could not write to file: No space left on device" >&2; exit 1';
    await expect(startWith({ postgres: WORKING_POSTGRES, initdb })).rejects.toThrow(
      /disk that holds .* is full/,
    );
    expect(await readdir(join(folder, 'data'))).toEqual([]);
  });

  it('with any other refusal: PostgreSQL’s own words', async () => {
    const initdb = 'echo "creating subdirectories ... initdb: error: no luck today" >&2; exit 1';
    await expect(startWith({ postgres: WORKING_POSTGRES, initdb })).rejects.toThrow(
      /did not start: no luck today\./,
    );
  });

  it('with a missing library: what the loader said, and what to do', async () => {
    const postgres = 'echo "postgres: libfoo.so.1: cannot open shared object file" >&2; exit 127';
    await expect(startWith({ postgres })).rejects.toThrow(/libfoo\.so\.1.*npm ci.*DATABASE_URL/);
  });

  it('with binaries of another version, or none: the same', async () => {
    await expect(startWith({ postgres: 'echo "postgres (PostgreSQL) 16.1"' })).rejects.toThrow(/16\.1/);
    await rm(join(folder, 'native/bin/postgres'));
    await expect(startWith({})).rejects.toThrow(/npm ci/);
  });
});
