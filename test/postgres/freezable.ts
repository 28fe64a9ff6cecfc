import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A way to a PostgreSQL that can be frozen: connections stand and are taken, and nothing comes of them. */
export interface Freezable {
  readonly connectionString: string;
  freeze(): void;
  thaw(): void;
  stop(): Promise<void>;
}

export async function freezable(connectionString: string): Promise<Freezable> {
  const { hostname, port } = new URL(connectionString);
  const sockets = new Set<Socket>();
  let isFrozen = false;
  const keep = (socket: Socket, other: Socket): void => {
    sockets.add(socket);
    if (isFrozen) socket.pause();
    socket.on('data', (part: Buffer) => void other.write(part));
    socket.on('error', () => {});
    socket.on('close', () => {
      sockets.delete(socket);
      other.destroy();
    });
  };
  const server = createServer((client) => {
    const backend = connect(Number(port), hostname);
    keep(client, backend);
    keep(backend, client);
    if (isFrozen) for (const socket of [client, backend]) socket.pause();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = new URL(connectionString);
  url.port = String((server.address() as AddressInfo).port);
  return {
    connectionString: url.href,
    freeze() {
      isFrozen = true;
      for (const socket of sockets) socket.pause();
    },
    thaw() {
      isFrozen = false;
      for (const socket of sockets) socket.resume();
    },
    async stop() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
