import { randomBytes } from 'node:crypto';
import { chmod, chown, lstat, mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Binaries, POSTGRES_MAJOR } from './binaries.ts';
import type { Home } from './home.ts';
import { run } from './program.ts';
import { PG_HBA } from './settings.ts';
import { damaged, didNotStart, diskFull, isDiskFull, StartFailure, wrongVersion } from './start-failure.ts';

/** The one role; PostgreSQL listens on this machine only, and asks it for its password. */
export const ROLE = 'liaison';

/**
 * Makes the cluster where there is none. It is built beside its place and renamed into it, so that a
 * start that is killed, or a second one at the same moment, leaves a whole cluster or none.
 *
 * @throws StartFailure when the data is of another version or incomplete, or the disk is full.
 */
export async function ensureCluster(home: Home, binaries: Binaries): Promise<void> {
  if ((await lstat(home.folder).catch(() => undefined)) === undefined) await build(home, binaries);
  await checkVersion(home);
}

async function checkVersion(home: Home): Promise<void> {
  const version = await readIfThere(join(home.cluster, 'PG_VERSION'));
  const password = await readIfThere(home.passwordFile);
  if (version === undefined || password === undefined) throw new StartFailure(damaged(home.folder));
  if (version !== String(POSTGRES_MAJOR)) {
    throw new StartFailure(wrongVersion(home.folder, version, POSTGRES_MAJOR));
  }
}

/** The password of the role, as the first start made it. */
export async function readPassword(home: Home): Promise<string> {
  return (await readFile(home.passwordFile, 'utf8')).trim();
}

async function readIfThere(file: string): Promise<string | undefined> {
  // PG_VERSION can be read by its owner alone: as root we may, as another account the refusal is the answer.
  return readFile(file, 'utf8').then(
    (text) => text.trim() || undefined,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
      throw error;
    },
  );
}

async function build(home: Home, binaries: Binaries): Promise<void> {
  const aside = `${home.folder}.new-${randomBytes(4).toString('hex')}`;
  try {
    await mkdir(aside);
    await chmod(aside, home.account === undefined ? 0o700 : 0o755);
    await initialise(aside, home, binaries);
    await rename(aside, home.folder).catch((error: NodeJS.ErrnoException) => {
      // Another first start came in before us: its cluster is the cluster.
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST' && error.code !== 'EPERM') throw error;
    });
    await syncFolder(dirname(home.folder));
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

async function initialise(aside: string, home: Home, binaries: Binaries): Promise<void> {
  const { account } = home;
  const cluster = join(aside, 'cluster');
  const passwordFile = join(aside, 'password');
  await mkdir(cluster, { mode: 0o700 });
  await writeFile(passwordFile, `${randomBytes(24).toString('hex')}\n`, { mode: 0o600, flush: true });
  if (account !== undefined) {
    await chown(cluster, account.uid, account.gid);
    await chown(passwordFile, account.uid, account.gid);
  }
  const { code, output } = await run(
    binaries.initdb,
    [
      `--pgdata=${cluster}`,
      `--username=${ROLE}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--no-instructions',
    ],
    account,
  );
  if (isDiskFull(output)) throw new StartFailure(diskFull(dirname(aside)));
  if (code !== 0) throw new StartFailure(didNotStart(lastComplaint(output), cluster));
  await writeFile(join(cluster, 'pg_hba.conf'), PG_HBA, { flush: true });
}

/** The sentence of PostgreSQL that says why: the last line that is an error, or else the last line. */
export function lastComplaint(output: string): string {
  const lines = output.trim().split('\n');
  const complaint = lines.findLast((line) => /\b(FATAL|PANIC|error):/.test(line)) ?? lines.at(-1) ?? '';
  const sentence = complaint.replace(/^.*?\b(?:FATAL|PANIC|error):\s*/, '').trim();
  return sentence === '' ? 'it said nothing.' : sentence.replace(/[.]?$/, '.');
}

async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}
