import { spawn } from 'node:child_process';
import { chown, open, readFile, stat, truncate } from 'node:fs/promises';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Binaries } from './binaries.ts';
import type { Home } from './home.ts';
import { lastComplaint } from './initialise.ts';
import { type PostmasterFile, readPostmasterFile, servesCluster } from './postmaster-file.ts';
import { isAlive } from './process-table.ts';
import { run, runAs } from './program.ts';
import { asArguments, type Settings } from './settings.ts';
import { didNotStart, diskFull, isDiskFull, StartFailure } from './start-failure.ts';

const LOG_LIMIT = 8 * 1024 * 1024;
const POLL = 20;
// Going through a long write-ahead log after a crash takes minutes at worst.
const RECOVERY_PATIENCE = 120_000;

/** Running and ready; or gone, with the pid of a process of somebody else's that the file still names. */
export type Found =
  | { readonly running: PostmasterFile }
  | { readonly running: undefined; readonly strangerPid?: number };

/** Looks for a postmaster that serves the cluster, waiting for one that is on its way up or down. */
export async function findPostmaster(cluster: string): Promise<Found> {
  const until = performance.now() + RECOVERY_PATIENCE;
  for (;;) {
    const file = await readPostmasterFile(cluster);
    if (file === undefined || !isAlive(file.pid)) return { running: undefined };
    if (!(await servesCluster(file.pid, cluster))) return { running: undefined, strangerPid: file.pid };
    if (file.status === 'ready') return { running: file };
    if (performance.now() > until) return { running: file };
    await pause(POLL);
  }
}

export type Started =
  | { readonly running: PostmasterFile }
  /** Another start was faster (`taken`), or somebody took the port, or the last one's memory is still let go. */
  | { readonly running: undefined; readonly again: 'taken' | 'port' | 'memory' };

/**
 * Starts a postmaster as a process of its own: it outlives us, however we end.
 *
 * @param wish.port any free one when it is left out; `strangerPid`: see `findPostmaster`.
 * @throws StartFailure with what PostgreSQL said.
 */
export async function startPostmaster(
  home: Home,
  binaries: Binaries,
  settings: Settings,
  wish: { port?: number | undefined; strangerPid?: number | undefined },
): Promise<Started> {
  const { strangerPid } = wish;
  const port = wish.port ?? (await freePort());
  const logFrom = await trimLog(home.logFile);
  const log = await open(home.logFile, 'a', 0o600);
  if (home.account !== undefined) await chown(home.logFile, home.account.uid, home.account.gid);
  const how = runAs(home.account);
  // PostgreSQL takes a file that names its own grandparent for a leftover, and keeps its other safeguards.
  if (strangerPid !== undefined) how.env = { ...how.env, PG_GRANDPARENT_PID: String(strangerPid) };
  const child = spawn(binaries.postgres, ['-D', home.cluster, ...asArguments({ ...settings, port })], {
    ...how,
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
  });
  const ended = new Promise<'ended'>((resolve) => {
    child.on('exit', () => resolve('ended'));
    child.on('error', () => resolve('ended'));
  });
  await log.close();
  child.unref();

  for (;;) {
    const file = await readPostmasterFile(home.cluster);
    if (file?.pid === child.pid && file?.status === 'ready') return { running: file };
    if ((await Promise.race([ended, pause(POLL)])) === 'ended') break;
  }
  const said = (await readFile(home.logFile)).subarray(logFrom).toString();
  if (/lock file "postmaster.pid" already exists|is another postmaster/.test(said)) {
    return { running: undefined, again: 'taken' };
  }
  if (/could not bind|Address already in use/.test(said)) return { running: undefined, again: 'port' };
  if (/shared memory block .* is still in use/.test(said)) return { running: undefined, again: 'memory' };
  if (isDiskFull(said)) throw new StartFailure(diskFull(home.folder));
  throw new StartFailure(didNotStart(lastComplaint(said), home.logFile));
}

/**
 * Stops the postmaster that serves the cluster, if one does: sessions are ended and everything is
 * written; after `patience` milliseconds it is cut off, and the next start recovers.
 */
export async function stopPostmaster(home: Home, binaries: Binaries, patience: number): Promise<void> {
  const file = await readPostmasterFile(home.cluster);
  if (file === undefined || !isAlive(file.pid) || !(await servesCluster(file.pid, home.cluster))) return;
  for (const [mode, signal, limit] of [
    ['fast', 'SIGINT', patience],
    ['immediate', 'SIGQUIT', 1_000],
  ] as const) {
    if (process.platform === 'win32')
      await run(binaries.pgCtl, ['stop', '-W', '-m', mode, '-D', home.cluster]);
    else if (isAlive(file.pid)) process.kill(file.pid, signal);
    if (await gone(home.cluster, file.pid, limit)) return;
  }
}

async function gone(cluster: string, pid: number, limit: number): Promise<boolean> {
  for (const until = performance.now() + limit; performance.now() < until; await pause(POLL)) {
    // The file is the last thing it removes; a container's first process may never bury the dead.
    if (!isAlive(pid) || (await readPostmasterFile(cluster))?.pid !== pid) return true;
  }
  return false;
}

/** Keeps the log from growing over the years; what a start adds begins at the offset returned. */
async function trimLog(file: string): Promise<number> {
  const size = await stat(file).then(
    (found) => found.size,
    () => 0,
  );
  if (size <= LOG_LIMIT) return size;
  await truncate(file);
  return 0;
}

/** A port that nobody listens on now. It can be lost before it is used: the caller tries again. */
async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen({ port: 0, host: '127.0.0.1' }, () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
