import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Log } from '../core/log.ts';
import type { Sentence } from '../core/sentence.ts';
import type { Database, Sql } from '../store/database.ts';
import { deploymentFact, removeDeploymentFact, setDeploymentFact } from '../store/deployment.ts';
import { lockUntilEnd } from '../store/locks.ts';
import { isAlive } from '../store/postgres/process-table.ts';
import { StartFailure } from '../store/postgres/start-failure.ts';
import { forwardPort } from './port-forward.ts';
import { probe, type SandboxAnswer, sourceFingerprint, spawnSandbox, stopSandboxProcess } from './process.ts';

// 'LIAI' and 'SAND' in ASCII: one process at a time decides about the sandbox.
const LOCK = [0x4c494149, 0x53414e44] as const;
const FACT = 'sandbox';

export interface SandboxHostOptions {
  /** 0: any free one. */
  readonly port: number;
  readonly dataFolder: string;
  readonly database: Database;
  readonly log: Log;
  /** File to which the sandbox appends every exchange. */
  readonly record?: string | null | undefined;
  readonly limits?: 'relaxed' | 'real' | undefined;
  readonly liaisonUrl: string;
  /** Aborted: the start is given up. */
  readonly stopAsked: AbortSignal;
  /** Whether no other server process lives on this database. Asked at start and at stop. */
  readonly lastOne: () => Promise<boolean>;
}

export interface SandboxHost {
  /** Where the one sandbox of this deployment answers; the same for every server process. */
  readonly url: string;
  /** Stops it with the last server process that uses it. */
  stop(): Promise<void>;
}

/** What the processes of one deployment know of their sandbox: row `sandbox` of table `deployment`. */
interface Held {
  readonly url: string;
  readonly pid: number;
  readonly port: number;
  readonly record: string | null;
  readonly limits: 'relaxed' | 'real';
}

/**
 * Gives the server its sandbox, a process apart: the one that other servers on this database use, the one
 * that a crash left running when it is of the same data and source, or a new one.
 *
 * @throws StartFailure when the port belongs to another program, or the sandbox does not start.
 */
export async function startSandboxHost(options: SandboxHostOptions): Promise<SandboxHost> {
  const { database, port } = options;
  const held = await database.transaction(async (sql) => {
    await lockUntilEnd(sql, LOCK);
    const chosen = (await reuse(sql, options)) ?? (await begin(options));
    await setDeploymentFact(sql, FACT, chosen);
    return chosen;
  });
  options.log.info({ url: held.url, pid: held.pid }, 'the sandbox is ready');
  await noteServer(options.dataFolder);
  const second = port === 0 || port === held.port ? undefined : await forward(port, held.url);
  return {
    url: held.url,
    async stop() {
      await second?.stop();
      await database.transaction(async (sql) => {
        await lockUntilEnd(sql, LOCK);
        if (!(await options.lastOne())) return;
        const current = await deploymentFact<Held>(sql, FACT);
        if (current !== undefined) await stopSandboxProcess(current.pid);
        await removeDeploymentFact(sql, FACT);
      });
    },
  };
}

/** The deployment's sandbox, if it lives and nothing asks for another. */
async function reuse(sql: Sql, options: SandboxHostOptions): Promise<Held | undefined> {
  const held = await deploymentFact<Held>(sql, FACT);
  if (held === undefined) return undefined;
  const answer = await probe(held.url);
  if (typeof answer === 'string' || answer.pid !== held.pid) return undefined;
  if (!(await options.lastOne())) return held;
  const asWanted =
    (await isOurs(answer, options)) &&
    held.record === (options.record ?? null) &&
    held.limits === (options.limits ?? 'relaxed') &&
    (options.port === 0 || options.port === held.port);
  if (asWanted) return held;
  await stopSandboxProcess(held.pid);
  return undefined;
}

/** A sandbox on our port: a leftover that the database does not know is adopted or ended first. */
async function begin(options: SandboxHostOptions): Promise<Held> {
  const { port, dataFolder } = options;
  const record = options.record ?? null;
  const limits = options.limits ?? 'relaxed';
  if (port !== 0) {
    const url = `http://127.0.0.1:${port}`;
    const answer = await probe(url);
    if (answer === 'foreign') throw new StartFailure(portTaken(port));
    if (answer !== 'nothing') {
      if (record === null && limits === 'relaxed' && (await isOurs(answer, options))) {
        return { url, pid: answer.pid, port, record, limits };
      }
      if (await serves(answer, options))
        throw new StartFailure(anotherLiaison(port, dirname(answer.dataFolder)));
      await stopSandboxProcess(answer.pid);
    }
  }
  const outcome = await spawnSandbox({
    port,
    dataFolder,
    record,
    limits,
    liaisonUrl: options.liaisonUrl,
    signal: options.stopAsked,
  });
  if ('url' in outcome) {
    return { ...outcome, port: Number(new URL(outcome.url).port), record, limits };
  }
  // Somebody may have come in since the port was looked at.
  if (/is in use|EADDRINUSE/.test(outcome.ended)) throw new StartFailure(portTaken(port));
  throw new StartFailure(didNotStart(outcome.ended, join(dataFolder, 'sandbox.log')));
}

async function isOurs(answer: SandboxAnswer, { dataFolder }: SandboxHostOptions): Promise<boolean> {
  return answer.dataFolder === journalOf(dataFolder) && answer.fingerprint === (await sourceFingerprint());
}

const journalOf = (dataFolder: string): string => resolve(dataFolder, 'sandbox');
const serverNote = (dataFolder: string): string => join(dataFolder, 'sandbox-server.pid');

/** Beside the data, for a Liaison with another database that finds our sandbox on its port. */
async function noteServer(dataFolder: string): Promise<void> {
  await writeFile(serverNote(dataFolder), `${process.pid}\n`);
}

/** Whether a sandbox of another data folder still has a server that lives. */
async function serves(answer: SandboxAnswer, { dataFolder }: SandboxHostOptions): Promise<boolean> {
  if (answer.dataFolder === journalOf(dataFolder)) return false;
  const noted = await readFile(serverNote(dirname(answer.dataFolder)), 'utf8').catch(() => '');
  const pid = Number(noted.trim());
  return pid > 0 && pid !== process.pid && isAlive(pid);
}

async function forward(port: number, url: string): Promise<{ stop(): Promise<void> }> {
  return forwardPort(port, new URL(url)).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'EADDRINUSE' ? new StartFailure(portTaken(port), error) : error;
  });
}

const portTaken = (port: number): Sentence => ({
  en: `Port ${port} is used by another program: stop it, or set SANDBOX_PORT to a free port.`,
  fr: `Le port ${port} est utilisé par un autre programme\u00a0: arrêtez-le, ou indiquez un port libre dans SANDBOX_PORT.`,
});

const anotherLiaison = (port: number, dataFolder: string): Sentence => ({
  en: `Port ${port} is used by the sandbox of another Liaison (data folder ${dataFolder}): stop that one, or set SANDBOX_PORT to a free port.`,
  fr: `Le port ${port} est utilisé par le bac à sable d’un autre Liaison (dossier de données ${dataFolder})\u00a0: arrêtez-le, ou indiquez un port libre dans SANDBOX_PORT.`,
});

const didNotStart = (detail: string, logFile: string): Sentence => ({
  en: `The sandbox did not start: ${detail || 'it said nothing.'} The whole story is in ${logFile}.`,
  fr: `Le bac à sable n’a pas démarré\u00a0: ${detail || 'aucun message.'} Le détail se trouve dans ${logFile}.`,
});
