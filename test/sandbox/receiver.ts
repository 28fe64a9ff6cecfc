import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Takes webhooks; for tests only. */
export interface Receiver {
  readonly url: string;
  /** The next delivery that no one has waited for yet. */
  next(): Promise<Received>;
  /** Deliveries that came and were not waited for. */
  readonly waiting: number;
  stop(): Promise<void>;
}

/**
 * @param statuses answered in this order; the last one for ever after.
 * @param port of an earlier receiver, to come back at its address.
 */
export async function startReceiver(statuses: readonly number[] = [200], port = 0): Promise<Receiver> {
  const came: Received[] = [];
  const waiters: ((received: Received) => void)[] = [];
  let count = 0;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      response.writeHead(statuses[Math.min(count, statuses.length - 1)] ?? 200).end();
      count += 1;
      const received = {
        method: request.method ?? '',
        url: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(chunks).toString('utf8'),
      };
      const waiter = waiters.shift();
      if (waiter) waiter(received);
      else came.push(received);
    });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    next() {
      const received = came.shift();
      return received ? Promise.resolve(received) : new Promise((resolve) => waiters.push(resolve));
    },
    get waiting() {
      return came.length;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
