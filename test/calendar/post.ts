import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Told } from './sequences.ts';

/** Most notifications that one delivery gathers. */
const MOST_TOGETHER = 400;

interface Notification {
  readonly lifecycleEvent?: string;
  readonly resourceData?: { readonly id: string };
}

/**
 * The way between Graph and Liaison's door, on which notifications are lost, doubled and late. Graph's go out when it
 * pleases; they arrive when the test delivers them, gathered as Graph gathers them.
 *
 * @param path at which the door takes them.
 */
export async function openPost(
  path: string,
  door: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
) {
  let waiting: Notification[] = [];
  let late: Notification[] = [];
  let received = 0;
  let wanted: { count: number; come(): void } | null = null;

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { value } = JSON.parse(Buffer.concat(chunks).toString()) as { value: Notification[] };
    waiting.push(...value);
    received += value.length;
    response.writeHead(202).end();
    if (wanted !== null && received >= wanted.count) wanted.come();
  }

  // What Graph asks an address before it delivers there is answered by the door itself.
  const isOurs = (request: IncomingMessage): boolean =>
    request.url?.startsWith('/post') === true && !request.url.includes('validationToken');
  const server = createServer((request, response) => {
    if (isOurs(request)) return void take(request, response);
    request.url = request.url?.replace(/^\/post/, '');
    return void door(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function hand(value: readonly Notification[]): Promise<void> {
    for (let from = 0; from < value.length; from += MOST_TOGETHER) {
      const answer = await fetch(`${base}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ value: value.slice(from, from + MOST_TOGETHER) }),
      });
      if (answer.status !== 202) throw new Error(`${answer.status} ${await answer.text()}`);
    }
  }

  return {
    /** Where Graph delivers to. */
    address: `${base}/post${path}`,
    received: (): number => received,
    /** Resolves when so many notifications have come since the server was opened. */
    async come(count: number): Promise<void> {
      if (received >= count) return;
      await new Promise<void>((come) => {
        wanted = { count, come };
      });
      wanted = null;
    },
    /**
     * Brings what has come since the last time, and what was late then.
     *
     * @param toldOf what becomes of an event's notifications.
     * @returns how many met which fate.
     */
    async deliver(toldOf: (event: string | null) => Told): Promise<Map<Told, number>> {
      const [now, before] = [waiting, late];
      waiting = [];
      const fates = new Map<Told, number>();
      const fated = now.map((one) => [toldOf(one.resourceData?.id ?? null), one] as const);
      const those = (wanted: Told): Notification[] =>
        fated.flatMap(([told, one]) => (told === wanted ? [one] : []));
      for (const told of ['at once', 'late', 'twice', 'never'] as const) fates.set(told, those(told).length);
      late = those('late');
      const twice = those('twice');
      await hand([...before, ...those('at once'), ...twice]);
      await hand(twice);
      return fates;
    },
    async close(): Promise<void> {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
