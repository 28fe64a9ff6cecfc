import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import pg from 'pg';

/** A backend that was signed in, and whose bytes are ours from then on. */
async function signIn(connectionString: string): Promise<Socket> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  const { stream } = (client as unknown as { connection: { stream: Socket } }).connection;
  stream.removeAllListeners();
  stream.on('error', () => {});
  return stream;
}

const message = (type: string, ...values: readonly number[]): Buffer => {
  const buffer = Buffer.alloc(5 + values.length * 4);
  buffer.write(type);
  buffer.writeInt32BE(4 + values.length * 4, 1);
  for (const [index, value] of values.entries()) buffer.writeInt32BE(value, 5 + index * 4);
  return buffer;
};
const READY_IDLE = Buffer.concat([message('Z').subarray(0, 1), Buffer.from([0, 0, 0, 5]), Buffer.from('I')]);
const WELCOME = Buffer.concat([message('R', 0), message('K', 1, 1), READY_IDLE]);
const TERMINATE = 'X'.charCodeAt(0);
const READY = 'Z'.charCodeAt(0);
const IDLE = 'I'.charCodeAt(0);

/** Calls back at each end of a transaction that a backend's bytes tell of. */
function onIdle(found: () => void): (part: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  return (part) => {
    rest = Buffer.concat([rest, part]);
    while (rest.length >= 5) {
      const length = 1 + rest.readInt32BE(1);
      if (rest.length < length) return;
      const isIdle = rest[0] === READY && rest[5] === IDLE;
      rest = rest.subarray(length);
      if (isIdle) found();
    }
  };
}

/**
 * What a pooler does, and nothing else: clients get a backend of the pool for as long as a transaction lasts
 * (`transaction`) or for as long as they are there (`session`), and wait while none is free. The backend used
 * last is given first, as PgBouncer does.
 */
export async function startPooler(
  connectionString: string,
  options: { mode: 'transaction' | 'session'; backends: number },
): Promise<{ connectionString: string; stop: () => Promise<void> }> {
  const backends = await Promise.all(
    Array.from({ length: options.backends }, () => signIn(connectionString)),
  );
  const free = [...backends];
  const waiting: ((backend: Socket) => void)[] = [];
  const clients = new Set<Socket>();

  const give = (backend: Socket): void => {
    backend.removeAllListeners('data');
    const next = waiting.shift();
    if (next === undefined) free.push(backend);
    else next(backend);
  };
  const take = (): Promise<Socket> => {
    const backend = free.pop();
    return backend === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(backend);
  };

  const server = createServer((client) => {
    clients.add(client);
    let backend: Socket | null = null;
    let asking = false;
    const held: Buffer[] = [];
    const link = (linked: Socket): void => {
      backend = linked;
      asking = false;
      const letGo = onIdle(() => {
        if (options.mode === 'session' || backend === null) return;
        backend = null;
        give(linked);
      });
      linked.on('data', (part: Buffer) => {
        client.write(part);
        letGo(part);
      });
      for (const part of held.splice(0)) linked.write(part);
    };
    client.on('error', () => {});
    client.on('close', () => {
      clients.delete(client);
      if (backend !== null) give(backend);
    });
    client.once('data', () => {
      client.write(WELCOME);
      client.on('data', (part: Buffer) => {
        if (part[0] === TERMINATE) client.end();
        else if (backend !== null) backend.write(part);
        else {
          held.push(part);
          if (asking) return;
          asking = true;
          void take().then(link);
        }
      });
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const url = new URL(connectionString);
  url.port = String(port);
  return {
    connectionString: url.href,
    async stop() {
      for (const socket of [...clients, ...backends]) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
