import { z } from 'zod';
import { type FoundEvent, type SweepResult, turnedOnAt } from '../../core/flow.ts';
import type { ChangedSince } from '../../core/order/offer.ts';
import { storedCursor } from '../../kit/stored-cursor.ts';
import { numberIn } from './addresses.ts';
import type { ShopifyClient } from './client.ts';
import { VENDOR } from './failures.ts';
import type { ChangedOrders } from './orders.ts';

/** Lists are searched in an index that is behind by some seconds, and by minutes where a shop has much to do. */
const OVERLAP_MS = 5 * 60_000;
/** Bounds one look: what is left is read at once. */
const MOST_PAGES = 20;

const cursorSchema = z.object({
  /** Epoch milliseconds by Shopify's clock: changes of this second and later are read. */
  from: z.number(),
});

/**
 * Orders that changed since the cursor, each change under its own moment. The first look only asks what time it is; the
 * last minutes are read again each time. What was deleted for good stands in no list: only a webhook tells of it.
 */
export async function sweepOrders(client: ShopifyClient, since: ChangedSince): Promise<SweepResult> {
  const { onForMs, graceMs } = since;
  const known = storedCursor(cursorSchema, since.cursor as never, VENDOR);
  if (known === null) return { events: [], cursor: { from: turnedOnAt(await client.time(), onForMs) } };
  const found = new Map<string, ChangedOrders['orders'][number]>();
  const begun = await client.changedOrders(known.from, null);
  let page = begun;
  for (let count = 1; ; count += 1) {
    for (const order of page.orders) found.set(`${order.id} ${order.updatedAt}`, order);
    if (page.next === null || count === MOST_PAGES) break;
    page = await client.changedOrders(known.from, page.next);
  }
  const last = page.orders.at(-1);
  const isWhole = page.next === null || last === undefined || Date.parse(last.updatedAt) <= known.from;
  return {
    events: [...found.values()]
      .map((order) => asFound(order, begun.at))
      .filter(({ ageMs }) => ageMs >= graceMs)
      .sort((one, other) => other.ageMs - one.ageMs),
    cursor: {
      from: isWhole ? Math.max(known.from, begun.at - OVERLAP_MS) : Date.parse(last.updatedAt),
    },
    more: !isWhole,
  };
}

function asFound({ id, updatedAt }: ChangedOrders['orders'][number], at: number): FoundEvent {
  return {
    key: `${numberIn(id)} ${updatedAt}`,
    topic: 'orders/updated',
    recordId: numberIn(id),
    body: { admin_graphql_api_id: id, updated_at: updatedAt },
    ageMs: Math.max(0, at - Date.parse(updatedAt)),
  };
}
