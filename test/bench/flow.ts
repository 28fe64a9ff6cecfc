import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Database, openDatabase } from '../../server/store/database.ts';
import {
  allSettled,
  json,
  type Liaison,
  newPlace,
  removePlace,
  startLiaison,
  until,
  type Webhook,
  webhookOf,
} from '../system/liaison-process.ts';
import { parentOf, processorOf, processorOfFamily, residentMegabytes } from './processor.ts';

const CONNECTIONS = 20;
const BATCH = 500;
const WARM_UP = 1_500;
const SETTLING_MS = 5_000;

export interface FlowCost {
  readonly dealsPerSecond: number;
  /** Milliseconds of processor per deal. */
  readonly server: number;
  readonly postgres: number;
  /** Kilobytes that the database grew by, per deal. */
  readonly kilobytes: number;
  /** Milliseconds from delivery to message, at a steady rate. */
  readonly p50: number;
  readonly p99: number;
  readonly residentMegabytes: number;
  /** Bytes per deal of the tables that grew most, indexes included. */
  readonly tables: readonly { readonly name: string; readonly bytes: number; readonly indexes: number }[];
}

interface Size {
  readonly name: string;
  readonly total: number;
  readonly indexes: number;
}

const sizes = (database: Database): Promise<Size[]> =>
  database.query<Size>(
    `select coalesce(i.inhparent::regclass::text, c.oid::regclass::text) as name, sum(pg_total_relation_size(c.oid))::float8 as total,
       sum(pg_indexes_size(c.oid))::float8 as indexes
     from pg_class c left join pg_inherits i on i.inhrelid = c.oid
     where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace group by 1`,
  );

/** One whole request as the CRM's workflow rule sends it. */
function delivery(webhook: Webhook, id: number): Buffer {
  const { pathname, host } = new URL(webhook.url);
  const body = JSON.stringify({ id: String(id), module: 'Deals' });
  return Buffer.from(
    [
      `POST ${pathname} HTTP/1.1`,
      `Host: ${host}`,
      'Content-Type: application/json',
      `${webhook.carrier}: ${webhook.secret}`,
      `Content-Length: ${Buffer.byteLength(body)}`,
      '',
      body,
    ].join('\r\n'),
  );
}

/** Connections that send one delivery after the other, each when the one before was answered. */
class Sender {
  readonly #sockets: Socket[] = [];
  readonly #waiting: Buffer[] = [];
  readonly #free: Socket[] = [];
  readonly #busy = new Set<Socket>();
  answered = 0;
  refused = 0;

  /** Afresh for each phase: a server closes what was idle. */
  async open(port: number): Promise<void> {
    this.close();
    for (let i = 0; i < CONNECTIONS; i += 1) {
      const socket = connect(port, '127.0.0.1');
      socket.setNoDelay(true);
      await once(socket, 'connect');
      socket.on('data', (bytes: Buffer) => {
        if (!bytes.toString('latin1', 0, 12).startsWith('HTTP/1.1')) return;
        // A connection that was left idle is told so, and closed.
        if (!this.#busy.delete(socket)) return;
        this.answered += 1;
        if (bytes[9] !== 0x32) this.refused += 1;
        const next = this.#waiting.shift();
        if (next === undefined) this.#free.push(socket);
        else this.#write(socket, next);
      });
      socket.on('end', () => {
        const place = this.#free.indexOf(socket);
        if (place >= 0) this.#free.splice(place, 1);
      });
      this.#sockets.push(socket);
      this.#free.push(socket);
    }
  }
  send(request: Buffer): void {
    const socket = this.#free.pop();
    if (socket === undefined) this.#waiting.push(request);
    else this.#write(socket, request);
  }
  #write(socket: Socket, request: Buffer): void {
    this.#busy.add(socket);
    socket.write(request);
  }
  close(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#sockets.length = 0;
    this.#free.length = 0;
    this.#busy.clear();
  }
}

async function replaceSandbox(liaison: Liaison): Promise<ChildProcess> {
  const { pid } = await json<{ pid: number }>(`${liaison.sandboxUrl}/_sandbox`);
  process.kill(pid, 'SIGKILL');
  await until(async () => (await fetch(`${liaison.sandboxUrl}/_sandbox`).catch(() => null)) === null);
  const stub = spawn(
    process.execPath,
    [new URL('./stub-vendor.ts', import.meta.url).pathname, new URL(liaison.sandboxUrl).port],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  await once(stub.stdout, 'data');
  return stub;
}

/**
 * Won deals through a whole server, each two calls to a vendor that costs nothing: a burst for what it costs, then
 * a steady rate for how long each takes.
 */
export async function flowCost(
  connectionString: string,
  wish: { readonly deals: number; readonly perSecond: number; readonly seconds: number },
): Promise<FlowCost> {
  const place = await newPlace({
    DATABASE_URL: connectionString,
    LIAISON_SWEEP_SECONDS: '86400',
    SANDBOX_RECORD: '',
    ...(process.env.BENCH_NODE_OPTIONS ? { NODE_OPTIONS: process.env.BENCH_NODE_OPTIONS } : {}),
  });
  const liaison = await startLiaison(place);
  const database = openDatabase(connectionString, { max: 1, onError() {} });
  const sender = new Sender();
  let stub: ChildProcess | null = null;
  try {
    // What the sandbox begins with, the rows of its sheet, is done by then.
    await sleep(SETTLING_MS);
    await allSettled(liaison.url);
    const webhook = await webhookOf(liaison.sandboxUrl, 'zoho-crm');
    stub = await replaceSandbox(liaison);
    const pid = liaison.child.pid ?? 0;
    const [backend] = await database.query<{ pid: number }>('select pg_backend_pid() as pid');
    const postmaster = await parentOf(backend?.pid ?? 0);
    let next = 1_000_000;

    async function burst(count: number): Promise<void> {
      await sender.open(place.port);
      const { count: before } = await json<{ count: number }>(`${liaison.sandboxUrl}/seen`);
      for (let sent = 0; sent < count; sent += 1) {
        sender.send(delivery(webhook, next));
        next += 1;
        if (sent % BATCH === BATCH - 1) await sleep(1);
      }
      await until(
        async () => (await json<{ count: number }>(`${liaison.sandboxUrl}/seen`)).count === before + count,
        300_000,
      );
      const [failed] = await database.query<{ error: unknown }>(
        'select error from runs where error is not null limit 1',
      );
      if (failed !== undefined) throw new Error(`a run failed: ${JSON.stringify(failed)}`);
      await allSettled(liaison.url);
    }

    await burst(WARM_UP);
    await database.query('checkpoint');
    const was = new Map((await sizes(database)).map((one) => [one.name, one]));
    const spent = [await processorOf(pid), await processorOfFamily(postmaster)] as const;
    const began = performance.now();
    await burst(wish.deals);
    const seconds = (performance.now() - began) / 1_000;
    const server = ((await processorOf(pid)) - spent[0]) / wish.deals;
    const postgres = ((await processorOfFamily(postmaster)) - spent[1]) / wish.deals;
    const grown = (await sizes(database))
      .map(({ name, total, indexes }) => ({
        name,
        bytes: (total - (was.get(name)?.total ?? 0)) / wish.deals,
        indexes: (indexes - (was.get(name)?.indexes ?? 0)) / wish.deals,
      }))
      .filter(({ bytes }) => bytes > 8)
      .sort((a, b) => b.bytes - a.bytes);

    await json(`${liaison.sandboxUrl}/times`);
    await sender.open(place.port);
    const sentAt = new Map<string, number>();
    const steadyBegan = performance.now();
    const total = wish.perSecond * wish.seconds;
    while (sentAt.size < total) {
      const due = Math.min(total, ((performance.now() - steadyBegan) / 1_000) * wish.perSecond);
      while (sentAt.size < due) {
        sentAt.set(String(next), performance.timeOrigin + performance.now());
        sender.send(delivery(webhook, next));
        next += 1;
      }
      await sleep(2);
    }
    await until(
      async () => (await json<{ count: number }>(`${liaison.sandboxUrl}/seen`)).count === total,
      60_000,
    );
    const seen = await json<Record<string, number>>(`${liaison.sandboxUrl}/times`);
    const times = [...sentAt]
      .map(([id, at]) => (seen[id] ?? Number.POSITIVE_INFINITY) - at)
      .sort((a, b) => a - b);
    const part = (share: number): number => times[Math.floor(times.length * share)] ?? 0;
    if (sender.refused > 0) throw new Error(`${sender.refused} deliveries were refused`);
    return {
      dealsPerSecond: wish.deals / seconds,
      server,
      postgres,
      kilobytes: grown.reduce((sum, { bytes }) => sum + bytes, 0) / 1_024,
      p50: part(0.5),
      p99: part(0.99),
      residentMegabytes: await residentMegabytes(pid),
      tables: grown,
    };
  } finally {
    sender.close();
    await database.close();
    await liaison.stop();
    stub?.kill();
    await removePlace(place);
  }
}
