import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { type Binaries, type Delivered, delivered, runnableBinaries } from './binaries.ts';
import { asStartFailure, findHome, type Home } from './home.ts';
import { ensureCluster, ROLE, readPassword } from './initialise.ts';
import type { Log } from './log.ts';
import { claim, type Ownership } from './ownership.ts';
import { findPostmaster, startPostmaster, stopPostmaster } from './postmaster.ts';
import type { PostmasterFile } from './postmaster-file.ts';
import { SETTINGS, type Settings } from './settings.ts';
import { didNotStart, inUse, StartFailure } from './start-failure.ts';

const DATABASE = 'liaison';
// A process that was killed is gone at once; its session in PostgreSQL a moment later.
const PATIENCE = 3_000;
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
  const password = await readPassword(home);
  let problem: unknown = new Error('it kept stopping.');
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const { file, adopted } = await running(home, binaries, { ...SETTINGS, ...options.settings });
    const address = `postgres://${ROLE}:${password}@127.0.0.1:${file.port}`;
    try {
      const claimed = await claim(`${address}/postgres`, options.self, PATIENCE, options.log);
      if (claimed.taken === undefined) throw new StartFailure(inUse(options.dataFolder, claimed.owner));
      const firstStart = await ensureDatabase(claimed.taken);
      options.log.info({ pid: file.pid, port: file.port, adopted }, 'PostgreSQL is ready');
      return {
        connectionString: `${address}/${DATABASE}`,
        adopted,
        firstStart,
        logFile: home.logFile,
        pid: file.pid,
        async stop() {
          await claimed.taken.release();
          await stopPostmaster(home, binaries, STOP_PATIENCE);
        },
      };
    } catch (error) {
      // Its last owner may be stopping it this very moment: then it is ours to start.
      if (!isGoingAway(error)) throw error;
      problem = error;
      await pause(100);
    }
  }
  throw new StartFailure(didNotStart((problem as Error).message, home.logFile), problem);
}

/** A postmaster that is ready: found, or started, however many others try the same. */
async function running(
  home: Home,
  binaries: Binaries,
  settings: Settings,
): Promise<{ file: PostmasterFile; adopted: boolean }> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const found = await findPostmaster(home.cluster);
    if (found.running !== undefined) return { file: found.running, adopted: true };
    const started = await startPostmaster(home, binaries, settings, found.strangerPid);
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
  return (
    /^57P0[123]$|^ECONNRE/.test(code) ||
    /Connection terminated/.test(message) ||
    (error instanceof pg.DatabaseError && error.code === '57P03')
  );
}
