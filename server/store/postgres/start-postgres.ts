import { setTimeout as pause } from 'node:timers/promises';
import type { Log } from '../../core/log.ts';
import { type Binaries, type Delivered, delivered, runnableBinaries } from './binaries.ts';
import { asStartFailure, findHome, type Home } from './home.ts';
import { ensureCluster, lastComplaint, ROLE, readPassword } from './initialise.ts';
import { claim, type Ownership } from './ownership.ts';
import { findPostmaster, startPostmaster, stopPostmaster } from './postmaster.ts';
import type { PostmasterFile } from './postmaster-file.ts';
import { SETTINGS, type Settings } from './settings.ts';
import { didNotStart, diskFull, inUse, isDiskFull, StartFailure } from './start-failure.ts';

const DATABASE = 'liaison';
// A process that was killed is gone at once; its session in PostgreSQL a moment later.
const TAKEOVER_PATIENCE = 3_000;
const ATTEMPTS = 20;
// The whole of Liaison stops within ten seconds; this is PostgreSQL's share.
const STOP_PATIENCE = 6_000;

export interface StartOptions {
  /** Made when missing. Everything stands here, except where PostgreSQL's account cannot enter. */
  readonly dataFolder: string;
  readonly log: Log;
  /** How a second Liaison on the same folder will name this one. */
  readonly self: { readonly pid: number; readonly url: string };
  readonly systemFolder?: string;
  /** Milliseconds to wait for a Liaison that holds the folder to be gone. */
  readonly patience?: number;
  /** For binaries only, where `systemFolder` cannot be written. */
  readonly temporaryFolder: string;
  /** Over the default ones; a test that needs no durability is faster without it. */
  readonly settings?: Settings;
  readonly binaries?: Delivered;
}

export interface RunningPostgres {
  readonly connectionString: string;
  /** It was left running by a Liaison that ended without stopping it. */
  readonly adopted: boolean;
  /** The database was made just now and is empty. */
  readonly firstStart: boolean;
  readonly logFile: string;
  readonly pid: number;
  /** Ends every session and stops PostgreSQL, adopted or not. At most 7 s. */
  stop(): Promise<void>;
}

/**
 * Gives Liaison a PostgreSQL of its own on the data folder: starts one, or adopts the one that is left
 * running, and keeps every other Liaison off the folder for as long as this process lives.
 *
 * @throws StartFailure with the sentence to print: in use, wrong version, disk full, not writable, no
 *   binaries for this machine, no account to run as.
 */
export async function startPostgres(options: StartOptions): Promise<RunningPostgres> {
  const { dataFolder, systemFolder = '/var/lib/liaison' } = options;
  const home = await findHome(dataFolder, systemFolder);
  const asRoot = home.account !== undefined;
  const copyPlaces = asRoot ? [systemFolder, options.temporaryFolder] : [dataFolder];
  try {
    const binaries = await runnableBinaries(
      options.binaries ?? (await delivered()),
      home.account,
      copyPlaces,
    );
    await ensureCluster(home, binaries);
    return await serve(home, binaries, options);
  } catch (error) {
    throw asStartFailure(error, dataFolder);
  }
}

async function serve(home: Home, binaries: Binaries, options: StartOptions): Promise<RunningPostgres> {
  const { dataFolder, log, self, patience = TAKEOVER_PATIENCE } = options;
  const settings = { ...SETTINGS, ...options.settings };
  const password = await readPassword(home);
  let problem: unknown;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const { file, adopted } = await running(home, binaries, settings);
    const address = `postgres://${ROLE}:${password}@127.0.0.1:${file.port}`;
    // Should it be killed while we live, it comes back where our connections look for it.
    const revive = () => running(home, binaries, settings, file.port);
    const claimed = await claim(`${address}/postgres`, { self, patience, log, revive }).catch(
      (error: unknown) => {
        problem = error;
      },
    );
    if (claimed === undefined) {
      if (!isGoingAway(problem)) break;
      // Its last owner may be stopping it this very moment: then it is ours to start.
      await pause(100);
      continue;
    }
    if (claimed.taken === undefined) throw new StartFailure(inUse(dataFolder, claimed.owner));
    const stop = async () => {
      await claimed.taken.release();
      await stopPostmaster(home, binaries, STOP_PATIENCE);
    };
    const firstStart = await ensureDatabase(claimed.taken).catch(async (error: unknown) => {
      await stop();
      throw isDiskFull(String(error)) ? new StartFailure(diskFull(dataFolder), error) : error;
    });
    log.info({ pid: file.pid, port: file.port, adopted }, 'PostgreSQL is ready');
    const connectionString = `${address}/${DATABASE}`;
    return { connectionString, adopted, firstStart, logFile: home.logFile, pid: file.pid, stop };
  }
  throw new StartFailure(didNotStart(lastComplaint(String(problem)), home.logFile), problem);
}

/** A postmaster that is ready: found, or started, however many others try the same. */
async function running(
  home: Home,
  binaries: Binaries,
  settings: Settings,
  port?: number,
): Promise<{ file: PostmasterFile; adopted: boolean }> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const found = await findPostmaster(home.cluster);
    if (found.running !== undefined) return { file: found.running, adopted: true };
    const { strangerPid } = found;
    const started = await startPostmaster(home, binaries, settings, { port, strangerPid });
    if (started.running !== undefined) return { file: started.running, adopted: false };
    if (started.again === 'memory') await pause(250);
  }
  throw new StartFailure(
    didNotStart('it found no free port, or another start was in the way.', home.logFile),
  );
}

async function ensureDatabase({ client }: Ownership): Promise<boolean> {
  const { rowCount } = await client.query('select from pg_database where datname = $1', [DATABASE]);
  if (rowCount !== 0) return false;
  await client.query(`create database ${DATABASE}`);
  return true;
}

/** A server that refuses or drops connections because it is on its way down (SQLSTATE class 57P) or already gone. */
function isGoingAway(error: unknown): boolean {
  const { code = '', message = '' } = error as { code?: string; message?: string };
  return /^57P0[123]$|^ECONNRE/.test(code) || /Connection terminated/.test(message);
}
