import { setTimeout as sleep } from 'node:timers/promises';
import { openDatabase } from '../../server/store/database.ts';
import {
  allSettled,
  json,
  ledger,
  newPlace,
  play,
  removePlace,
  startLiaison,
  until,
} from '../system/liaison-process.ts';
import { parentOf, processorOf, processorOfFamily } from './processor.ts';

const WARM_UP = 20;
/** Buyers at once; the shop tells of each order by a webhook. */
export const AT_ONCE = 10;

export interface OrdersCost {
  readonly ordersPerSecond: number;
  /** Milliseconds of processor per order. */
  readonly server: number;
  readonly postgres: number;
  /** Calls per order, by what was asked, most first. */
  readonly calls: readonly { readonly asked: string; readonly each: number }[];
  /** How many documents of each kind were made per order. */
  readonly documents: Readonly<Record<string, number>>;
}

type Calls = Record<string, { readonly by: Readonly<Record<string, number>> }>;

/**
 * Paid orders of new customers, each into a contact, a sales order, an invoice and a payment, through a whole server and
 * the sandbox. How many a second is the sandbox's speed as much as Liaison's: what counts are calls and processor.
 */
export async function ordersCost(connectionString: string, orders: number): Promise<OrdersCost> {
  const place = await newPlace({
    DATABASE_URL: connectionString,
    LIAISON_SWEEP_SECONDS: '86400',
    SANDBOX_RECORD: '',
  });
  const liaison = await startLiaison(place);
  const database = openDatabase(connectionString, { max: 1, onError() {} });
  try {
    await json(`${liaison.url}/api/v1/integrations/orders`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ settings: { documents: 'order-and-invoice' } }),
    });
    await allSettled(liaison.url);
    const pid = liaison.child.pid ?? 0;
    const [backend] = await database.query<{ pid: number }>('select pg_backend_pid() as pid');
    const postmaster = await parentOf(backend?.pid ?? 0);
    let placed = 0;
    const done = async (): Promise<number> => {
      const [row] = await database.query<{ count: number; failed: number }>(
        `select count(distinct record_id) filter (where state = 'done')::int as count,
           (count(*) filter (where error is not null))::int as failed from runs where integration = 'orders'`,
      );
      if (row?.failed) throw new Error(`${row.failed} runs failed`);
      return row?.count ?? 0;
    };
    const burst = async (count: number): Promise<void> => {
      const before = await done();
      const last = placed + count;
      const buyer = async (): Promise<void> => {
        while (placed < last) {
          placed += 1;
          const email = `client${placed}@mesure.example`;
          await play(liaison.sandboxUrl, 'shop-order', {
            email,
            firstName: 'Client',
            lastName: `N${placed}`,
          });
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, buyer));
      await until(async () => (await done()) >= before + count, 600_000);
      await allSettled(liaison.url);
    };
    const callsSoFar = async () =>
      new Map(
        Object.entries((await json<{ calls: Calls }>(`${liaison.sandboxUrl}/_sandbox/calls`)).calls).flatMap(
          ([vendor, { by }]) =>
            Object.entries(by).map(([asked, times]) => [`${vendor} ${asked}`, times] as const),
        ),
      );
    const documentsSoFar = async () => {
      const counts: Record<string, number> = {};
      for (const { object, action } of await ledger(liaison.sandboxUrl))
        if (action === 'create') counts[object] = (counts[object] ?? 0) + 1;
      return counts;
    };

    await burst(WARM_UP);
    // What the sandbox begins with is done by then.
    await sleep(1_000);
    const [calls, documents] = [await callsSoFar(), await documentsSoFar()];
    const spent = [await processorOf(pid), await processorOfFamily(postmaster)] as const;
    const began = performance.now();
    await burst(orders);
    const seconds = (performance.now() - began) / 1_000;
    const server = ((await processorOf(pid)) - spent[0]) / orders;
    const postgres = ((await processorOfFamily(postmaster)) - spent[1]) / orders;
    const asked = [...(await callsSoFar())]
      .map(([name, times]) => ({ asked: name, each: (times - (calls.get(name) ?? 0)) / orders }))
      .filter(({ each }) => each > 0)
      .sort((a, b) => b.each - a.each);
    const made = Object.entries(await documentsSoFar()).map(
      ([object, times]) => [object, (times - (documents[object] ?? 0)) / orders] as const,
    );
    return {
      ordersPerSecond: orders / seconds,
      server,
      postgres,
      calls: asked,
      documents: Object.fromEntries(made.filter(([, each]) => each > 0)),
    };
  } finally {
    await database.close();
    await liaison.stop();
    await removePlace(place);
  }
}
