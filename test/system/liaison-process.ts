import { type ChildProcess, spawn } from 'node:child_process';
import { createHmac, randomInt, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const ROOT = join(import.meta.dirname, '..', '..');

/** What every program is started with here, and nothing else of ours. */
export const ofAnyProgram = (): Record<string, string> => ({
  PATH: process.env.PATH ?? '',
  HOME: process.env.HOME ?? '',
  ...(process.env.NODE_COMPILE_CACHE && { NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE }),
});

const [, ...START] = (
  JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: { start: string } }
).scripts.start.split(' ');

/** What `npm start` gives to Node, options first, the program in one file where this run of the suite has packed it. */
export const liaisonProgram = (): readonly string[] => [
  ...START.slice(0, -1),
  process.env.LIAISON_TEST_PROGRAM ?? join(ROOT, START.at(-1) ?? ''),
];

/** Below what systems give to whoever asks for any port: until a server listens there, no other program is given it. */
const [FIRST_PORT, LAST_PORT] = [11_000, 32_000];

/** A port that was free a moment ago, and is not given away meanwhile. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(FIRST_PORT, LAST_PORT);
    const server = createServer();
    const listens = once(server, 'listening').then(
      () => true,
      () => false,
    );
    server.listen(port, '127.0.0.1');
    if (!(await listens)) continue;
    server.close();
    await once(server, 'close');
    return port;
  }
}

export interface Place {
  readonly folder: string;
  readonly port: number;
  readonly sandboxPort: number;
  readonly environment: Readonly<Record<string, string>>;
  /** Removes the database that it was given, once its servers are stopped. */
  drop?(): Promise<void>;
}

/** A data folder and ports for one Liaison. Exchanges are recorded where the suite is asked to. */
export async function newPlace(environment: Record<string, string> = {}): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), 'liaison-system-'));
  const records = process.env.SANDBOX_RECORD_FOLDER;
  return {
    folder,
    port: await freePort(),
    sandboxPort: await freePort(),
    environment: {
      ...(records === undefined ? {} : { SANDBOX_RECORD: join(records, `${randomUUID()}.ndjson`) }),
      ...environment,
    },
  };
}

export interface Liaison {
  readonly url: string;
  readonly sandboxUrl: string;
  readonly output: () => string;
  readonly child: ChildProcess;
  /** `kill -9`, of the server's own process only. */
  kill(): Promise<void>;
  /** As Ctrl-C does; resolves to the exit code. */
  stop(): Promise<number | null>;
}

/** Those that were started and not yet ended, in this suite. */
const alive = new Set<Pick<Liaison, 'url' | 'output'>>();
const LAST_LINES = 12;

/** How the latest runs stand, in one line each. */
async function latestRuns(url: string): Promise<string[]> {
  interface Run {
    readonly state: string;
    readonly integration: { readonly id: string };
    readonly record: { readonly id: string };
    readonly summary: { readonly en: string } | null;
    readonly error: object | null;
  }
  const { runs } = await json<{ runs: Run[] }>(`${url}/api/v1/runs?limit=10`);
  return runs.map(({ state, integration, record, summary, error }) =>
    [state, integration.id, record.id, summary?.en ?? JSON.stringify(error)].join(' · '),
  );
}

/** What those that run have said last, and how their latest runs stand: for a test that waited in vain. */
async function whatIsSaid(): Promise<string> {
  const all = [...alive].map(async ({ url, output }) => {
    const runs = await latestRuns(url).catch((error: Error) => [error.message]);
    return ['', url, ...runs, ...output().split('\n').slice(-LAST_LINES)];
  });
  return (await Promise.all(all)).flat().join('\n');
}

/** Starts Liaison as a user would, and waits until it says that it is ready. */
export async function startLiaison(place: Place, environment: Record<string, string> = {}): Promise<Liaison> {
  const child = spawn(process.execPath, liaisonProgram(), {
    cwd: ROOT,
    env: {
      ...ofAnyProgram(),
      LIAISON_DATA: place.folder,
      PORT: String(place.port),
      SANDBOX_PORT: String(place.sandboxPort),
      ...place.environment,
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (part: Buffer) => {
    output += part.toString();
  });
  child.stderr.on('data', (part: Buffer) => {
    output += part.toString();
  });
  const url = `http://127.0.0.1:${place.port}`;
  for (;;) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`Liaison ended at start: ${output}`);
    const answer = await fetch(`${url}/readyz`).catch(() => null);
    if (answer?.ok === true) break;
    await sleep(50);
  }
  const said = { url, output: () => output };
  alive.add(said);
  child.once('exit', () => alive.delete(said));
  return {
    ...said,
    sandboxUrl: `http://127.0.0.1:${place.sandboxPort}`,
    child,
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      const [code] = (await exited) as [number | null];
      return code;
    },
  };
}

export async function removePlace(place: Place): Promise<void> {
  await rm(place.folder, { recursive: true, force: true });
  await place.drop?.();
}

export async function json<T>(url: string, init?: RequestInit): Promise<T> {
  const answer = await fetch(url, init);
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as T;
}

export interface LedgerEntry {
  readonly vendor: string;
  readonly operation: string;
  readonly object: string;
  readonly action: string;
  readonly id: string;
  readonly marker: string | null;
  readonly record: Record<string, unknown>;
}

export async function ledger(sandboxUrl: string): Promise<LedgerEntry[]> {
  return (await json<{ entries: LedgerEntry[] }>(`${sandboxUrl}/_sandbox/ledger`)).entries;
}

export const play = (sandboxUrl: string, scenario: string, parameters: object = {}) =>
  json<Record<string, unknown>>(`${sandboxUrl}/_sandbox/scenarios/${scenario}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(parameters),
  });

/** Between two questions: soon at first, then seldom enough to leave the processor to what is waited for. */
const [SOON_MS, SELDOM_MS] = [25, 250];
/** An answer that took long cost somebody's processor all that time: the next one is asked for after as long again, and more. */
const [TIMES_AS_LONG, SELDOM_AT_MOST_MS] = [2, 1_000];

/** Asks again until the answer is a truth. Gives up, so that a test that failed does not ask for ever. */
export async function until<T>(
  ask: () => Promise<T | null | undefined | false>,
  patienceMs = 60_000,
): Promise<T> {
  let pauseMs = SOON_MS;
  for (const end = performance.now() + patienceMs; performance.now() < end; ) {
    const askedAt = performance.now();
    const answer = await ask();
    if (answer !== null && answer !== undefined && answer !== false) return answer;
    const costMs = Math.min(TIMES_AS_LONG * (performance.now() - askedAt), SELDOM_AT_MOST_MS);
    await sleep(Math.max(pauseMs, costMs));
    pauseMs = Math.min(pauseMs * 1.2, SELDOM_MS);
  }
  throw new Error(`nothing came of it within ${patienceMs / 1_000} s${await whatIsSaid()}`);
}

export interface Webhook {
  readonly vendor: string;
  readonly url: string;
  readonly secret: string;
  readonly scheme: string;
  readonly carrier: string;
  readonly topics: readonly string[];
}

export async function webhookOf(sandboxUrl: string, vendor: string): Promise<Webhook> {
  const { webhooks } = await json<{ webhooks: Webhook[] }>(`${sandboxUrl}/_sandbox/webhooks`);
  const found = webhooks.find((one) => one.vendor === vendor);
  if (found === undefined) throw new Error(`the sandbox holds no subscription of ${vendor}`);
  return found;
}

/** Delivers an event of the test's own making, signed as Stripe signs. */
export function deliverStripe(webhook: Webhook, event: object, seconds = Math.floor(Date.now() / 1_000)) {
  const body = JSON.stringify(event);
  const signature = createHmac('sha256', webhook.secret).update(`${seconds}.${body}`).digest('hex');
  return fetch(webhook.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'stripe-signature': `t=${seconds},v1=${signature}` },
    body,
  });
}

/** Every run is over, none waits to begin. */
export async function allSettled(url: string): Promise<void> {
  const noneUnderWay = async (): Promise<boolean> => {
    const counts = await json<{ waiting: number; running: number }>(`${url}/api/v1/runs/counts`);
    return counts.waiting + counts.running === 0;
  };
  await until(async () => {
    // Metrics cost the server more than counts: they are asked for when it looks as if all were over.
    if (!(await noneUnderWay())) return false;
    const metrics = await (await fetch(`${url}/metrics`)).text();
    // In this order: an event that has left the inbox has its run.
    return /^liaison_inbox_waiting 0$/m.test(metrics) && noneUnderWay();
  });
}
