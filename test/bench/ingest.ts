import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import autocannon from 'autocannon';
import { PATH, sign } from './servers.ts';

export interface Load {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly failed: number;
}

const PADDING = 'x'.repeat(950);
/** About 1 KB, a new event each time: a repeated one would cost less than it should. */
const freshBody = (): string =>
  JSON.stringify({ id: randomUUID(), type: 'nothing.listens', padding: PADDING });

async function start(args: readonly string[]): Promise<{ port: number; child: ChildProcess }> {
  const child = spawn(process.execPath, [new URL('./servers.ts', import.meta.url).pathname, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout });
  const [port] = (await once(lines, 'line')) as [string];
  return { port: Number(port), child };
}

/** Loads one of the servers with 50 connections; the client does the very same work for each. */
export async function load(args: readonly string[], seconds: number): Promise<Load> {
  const { port, child } = await start(args);
  const run = (duration: number) =>
    autocannon({
      url: `http://127.0.0.1:${port}${PATH}`,
      connections: 50,
      duration,
      requests: [
        {
          method: 'POST',
          setupRequest(request) {
            const body = freshBody();
            return {
              ...request,
              body,
              headers: { 'content-type': 'application/json', 'x-signature': sign(body) },
            };
          },
        },
      ],
    });
  await run(2);
  const result = await run(seconds);
  child.kill('SIGKILL');
  await once(child, 'exit');
  return {
    perSecond: result['2xx'] / result.duration,
    p50: result.latency.p50,
    p99: result.latency.p99,
    failed: result.non2xx + result.errors,
  };
}
