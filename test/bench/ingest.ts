import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { generate } from './generator.ts';
import { PATH, sign } from './servers.ts';

export interface Load {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly failed: number;
}

const CONNECTIONS = 50;
const WARM_UP_SECONDS = 2;
/** More than a server can take in one run: a repeated event would cost less than it should. */
const EVENTS = 250_000;
const PADDING = 'x'.repeat(900);

/** Whole signed requests of about 1 KB of body, each of another event, all of one length in one buffer. */
function makeRequests(count: number): (index: number) => Buffer {
  const one = (): string => {
    // Random, as vendors' ids are to an index.
    const body = JSON.stringify({ id: randomUUID(), type: 'nothing.listens', padding: PADDING });
    return [
      `POST ${PATH} HTTP/1.1`,
      'Host: 127.0.0.1',
      'User-Agent: bench',
      'Content-Type: application/json',
      `X-Signature: ${sign(body)}`,
      `Content-Length: ${body.length}`,
      '',
      body,
    ].join('\r\n');
  };
  const { length } = one();
  const all = Buffer.allocUnsafe(length * count);
  for (let index = 0; index < count; index += 1) all.write(one(), index * length, 'latin1');
  return (index) => all.subarray((index % count) * length, ((index % count) + 1) * length);
}

let requests: ((index: number) => Buffer) | null = null;

async function start(args: readonly string[]): Promise<{ port: number; child: ChildProcess }> {
  const child = spawn(process.execPath, [new URL('./servers.ts', import.meta.url).pathname, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout });
  const [port] = (await once(lines, 'line')) as [string];
  return { port: Number(port), child };
}

/** Loads one of the servers with 50 connections; the client sends the very same requests to each. */
export async function load(args: readonly string[], seconds: number): Promise<Load> {
  requests ??= makeRequests(EVENTS);
  const request = requests;
  const { port, child } = await start(args);
  let sent = 0;
  const run = (duration: number) =>
    generate(port, { connections: CONNECTIONS, seconds: duration, next: () => request(sent++) });
  const result = await run(WARM_UP_SECONDS)
    .then(() => run(seconds))
    .finally(async () => {
      child.kill('SIGTERM');
      await once(child, 'exit');
    });
  const times = result.times.sort();
  const part = (share: number): number => Math.round(times[Math.floor(times.length * share)] ?? 0);
  return {
    perSecond: result.succeeded / result.seconds,
    p50: part(0.5),
    p99: part(0.99),
    failed: result.failed,
  };
}
