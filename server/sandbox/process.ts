import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, open, readdir, readFile, stat } from 'node:fs/promises';
import { getCompileCacheDir } from 'node:module';
import { join, sep } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { commandLine, isAlive } from '../store/postgres/process-table.ts';

export const SANDBOX_SOURCE = join(import.meta.dirname, '..', '..', 'sandbox');
const POLL = 20;
const PROBE_PATIENCE = 2_000;

/** What a sandbox says of itself at `GET /_sandbox`. */
export interface SandboxAnswer {
  readonly pid: number;
  /** Its journal's folder. */
  readonly dataFolder: string;
  readonly fingerprint: string;
}

/** What answers at an address: nothing, a program that is no sandbox of Liaison, or a sandbox. */
export async function probe(url: string): Promise<'nothing' | 'foreign' | SandboxAnswer> {
  let response: Response;
  try {
    response = await fetch(`${url}/_sandbox`, { signal: AbortSignal.timeout(PROBE_PATIENCE) });
  } catch (error) {
    const { cause } = error as { cause?: { code?: string } };
    return cause?.code === 'ECONNREFUSED' ? 'nothing' : 'foreign';
  }
  const answer = (await response.json().catch(() => undefined)) as Record<string, unknown> | undefined | null;
  if (answer?.product !== 'liaison-sandbox') return 'foreign';
  return {
    pid: Number(answer.pid),
    dataFolder: String(answer.dataFolder),
    fingerprint: String(answer.fingerprint),
  };
}

/**
 * Tells one state of the sandbox's source from another, as the sandbox itself does (neither imports the
 * other): SHA-256 over `<path>\t<size>\t<whole milliseconds of the last change>\n` of each `.ts` file that
 * is no test, sorted.
 */
export async function sourceFingerprint(folder: string = SANDBOX_SOURCE): Promise<string> {
  const names = (await readdir(folder, { recursive: true }))
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .sort();
  const hash = createHash('sha256');
  for (const name of names) {
    const { size, mtimeMs } = await stat(join(folder, name));
    hash.update(`${name.split(sep).join('/')}\t${size}\t${Math.floor(mtimeMs)}\n`);
  }
  return hash.digest('hex');
}

export interface SandboxStart {
  readonly port: number;
  readonly dataFolder: string;
  readonly record: string | null;
  /** `real`: the vendors' own limits on calls, instead of ones that never stand in the way. */
  readonly limits: 'relaxed' | 'real';
  /** Where this server's log is, for the sandbox's pages to link to. */
  readonly liaisonUrl: string;
  /** Aborted: the start is given up, and what was begun is ended. */
  readonly signal: AbortSignal;
}

/** Ready at an address, or ended with its last words. */
export type SandboxOutcome = { readonly url: string; readonly pid: number } | { readonly ended: string };

/**
 * Starts the sandbox as a process of its own, which outlives us; its output goes to `sandbox.log`.
 *
 * @throws the signal's reason when it was given up.
 */
export async function spawnSandbox(start: SandboxStart): Promise<SandboxOutcome> {
  await mkdir(start.dataFolder, { recursive: true });
  const logFile = join(start.dataFolder, 'sandbox.log');
  const log = await open(logFile, 'w');
  const compiled = getCompileCacheDir();
  const child = spawn(process.execPath, [join(SANDBOX_SOURCE, 'main.ts')], {
    detached: true,
    cwd: join(SANDBOX_SOURCE, '..'),
    windowsHide: true,
    stdio: ['ignore', log.fd, log.fd],
    env: {
      SANDBOX_PORT: String(start.port),
      LIAISON_DATA: start.dataFolder,
      SANDBOX_LIMITS: start.limits,
      LIAISON_URL: start.liaisonUrl,
      ...(compiled === undefined ? {} : { NODE_COMPILE_CACHE: compiled }),
      ...(start.record === null ? {} : { SANDBOX_RECORD: start.record }),
    },
  });
  const ended = new Promise<'ended'>((resolve) => {
    child.on('exit', () => resolve('ended'));
    child.on('error', () => resolve('ended'));
  });
  await log.close();
  child.unref();
  for (;;) {
    if (start.signal.aborted) {
      child.kill();
      await ended;
      throw start.signal.reason;
    }
    const outcome = await Promise.race([ended, pause(POLL)]);
    const said = await readFile(logFile, 'utf8');
    const url = readyUrl(said);
    if (outcome === 'ended') return { ended: said.trim().split('\n').at(-1) ?? '' };
    if (url !== undefined && child.pid !== undefined) return { url, pid: child.pid };
  }
}

/** The sandbox prints one JSON line when it listens. */
function readyUrl(said: string): string | undefined {
  const line = said.split('\n').find((each) => each.startsWith('{"ready":true') && each.endsWith('}'));
  return line === undefined ? undefined : (JSON.parse(line) as { url: string }).url;
}

/** Stops a sandbox by its pid, if that pid is one; cuts it off after three seconds. */
export async function stopSandboxProcess(pid: number): Promise<void> {
  const lives = async () => isAlive(pid) && (await commandLine(pid)).includes(join('sandbox', 'main.ts'));
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    if (!(await lives())) return;
    process.kill(pid, signal);
    for (const until = performance.now() + 3_000; performance.now() < until && (await lives()); )
      await pause(POLL);
  }
}
