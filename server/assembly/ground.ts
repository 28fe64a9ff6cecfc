import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { type DeploymentClock, deploymentClock } from '../clock.ts';
import type { Engine } from '../engine/engine.ts';
import { isOwnTrouble } from '../engine/own-trouble.ts';
import type { Timing } from '../engine/ports.ts';
import { otherLivingProcesses, type ProcessIdentity, takeIdentity } from '../engine/process-identity.ts';
import { type HttpServer, listen } from '../http-server.ts';
import { sandboxHome } from '../sandbox/home.ts';
import { type Database, openDatabase } from '../store/database.ts';
import { databaseTime } from '../store/database-time.ts';
import { holdMode } from '../store/deployment-mode.ts';
import { MIGRATIONS, migrate } from '../store/migrate.ts';
import { publicUrlOf } from './addresses.ts';
import type { Beginning } from './beginning.ts';
import { findDatabase } from './find-database.ts';

/** What everything else stands on: a port, a database of today's form, a clock, a name among the processes. */
export interface Ground {
  readonly http: HttpServer;
  readonly publicUrl: string;
  readonly connectionString: string;
  readonly database: Database;
  readonly clock: DeploymentClock;
  readonly timing: Timing;
  /** Of the whole deployment. */
  readonly dataFolder: string;
  readonly presence: ProcessIdentity;
  /** Set once the engine is open: what stands before it asks for it when it is needed. */
  readonly atWork: { engine: Engine | null };
  /** Server processes that live on this database, the engine's own row left out. */
  readonly others: () => ReturnType<typeof otherLivingProcesses>;
  readonly onError: (error: unknown) => void;
}

const timingOf = (now: () => number): Timing => ({
  now,
  random: Math.random,
  pause: (ms, signal) => sleep(ms, undefined, signal === undefined ? {} : { signal }).catch(() => {}),
});

/** @throws an error with a `sentence` where the port, the database or the data folder cannot be had. */
export async function layGround({ config, log, stops, stopAsked }: Beginning): Promise<Ground> {
  const http = await listen(config.host, config.port);
  const url = `http://${config.host === '0.0.0.0' ? '127.0.0.1' : config.host}:${http.port}`;
  const publicUrl = publicUrlOf(config) ?? url;
  const atWork: Ground['atWork'] = { engine: null };
  const onError = (error: unknown): void => {
    // A line for every delivery that a full disk refuses would fill the disk of the log, too.
    if (atWork.engine !== null && isOwnTrouble(error)) atWork.engine.trouble.refused(error);
    else log.error({ err: error }, 'something failed; the server goes on');
  };

  const connectionString = await findDatabase(config, log, url, stops);
  const database = openDatabase(connectionString, { onError });
  stops.add(() => database.close());
  stopAsked.throwIfAborted();
  const clock = deploymentClock({ ask: () => databaseTime(database) });
  await clock.measure();
  await migrate(database, MIGRATIONS, stopAsked);
  stopAsked.throwIfAborted();
  await holdMode(database, config.mode);
  // A database of one's own lies in the data folder, and goes where it goes.
  const sharesSandbox = config.mode === 'sandbox' && config.databaseUrl !== null;
  const dataFolder = sharesSandbox ? await sandboxHome(database, config.dataFolder) : config.dataFolder;

  // Shown to the others before the sandbox is looked at: of two servers that start together neither may think itself alone.
  const presence = await takeIdentity(database, { host: hostname(), pid: process.pid, url: publicUrl });
  // Should the sandbox not start: the session must end before the database does.
  stops.add(() => presence.release());
  return {
    http,
    publicUrl,
    connectionString,
    database,
    clock,
    timing: timingOf(clock.now),
    dataFolder,
    presence,
    atWork,
    others: () => otherLivingProcesses(database, atWork.engine?.processId ?? null),
    onError,
  };
}
