import { z } from 'zod';
import { type FoundEvent, type SweepResult, turnedOnAt } from '../../core/flow.ts';
import type { ChangedSince } from '../../core/order/offer.ts';
import { storedCursor } from '../../kit/stored-cursor.ts';
import { PAGE } from './api.ts';
import type { WooCommerceClient } from './client.ts';
import { VENDOR } from './failures.ts';
import type { WooOrder } from './order-shape.ts';
import { utc } from './read-order.ts';

/** An order may become visible this long after the second that its change is stamped with. */
const OVERLAP_MS = 60_000;
/** Bounds one look: what is left is read at once. */
const MOST_PAGES = 20;

const cursorSchema = z.object({
  /** Epoch milliseconds by the shop's clock: changes of this second and later are read. */
  from: z.number(),
});

/**
 * Orders that changed since the cursor, each change under its own moment. The first look only asks what time it is.
 * The last minute is read again each time. Webhooks that failed are never sent again, and a shop that failed seven
 * times in a row is told nothing any more: this finds what they would have said.
 */
export async function sweepOrders(client: WooCommerceClient, since: ChangedSince): Promise<SweepResult> {
  const { onForMs, graceMs } = since;
  const known = storedCursor(cursorSchema, since.cursor as never, VENDOR);
  if (known === null) return { events: [], cursor: { from: turnedOnAt(await client.time(), onForMs) } };
  const first = await client.changedOrders(known.from - 1_000, 1);
  const { at } = first;
  const { orders, isWhole } = await walk(client, known.from, first.orders);
  const events = orders.map((order) => asFound(order, at)).filter(({ ageMs }) => ageMs >= graceMs);
  const last = orders.at(-1);
  const from = isWhole || last === undefined ? at - OVERLAP_MS : modifiedAt(last);
  return { events, cursor: { from: Math.max(known.from, from) }, more: !isWhole };
}

/** A page begins anew where the one before ended: what changes meanwhile moves to the end and pushes nothing aside. */
async function walk(
  client: WooCommerceClient,
  from: number,
  first: readonly WooOrder[],
): Promise<{ orders: readonly WooOrder[]; isWhole: boolean }> {
  const all = new Map<string, WooOrder>();
  let page = first;
  let begin = from;
  let number = 1;
  for (let count = 1; ; count += 1) {
    for (const order of page) all.set(`${order.id} ${order.date_modified_gmt}`, order);
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return { orders: [...all.values()], isWhole: true };
    if (count >= MOST_PAGES && modifiedAt(last) > from) return { orders: [...all.values()], isWhole: false };
    // More than a page within one second: only then the pages are counted.
    number = modifiedAt(last) > begin ? 1 : number + 1;
    begin = modifiedAt(last);
    page = (await client.changedOrders(begin - 1_000, number)).orders;
  }
}

const modifiedAt = ({ date_modified_gmt: gmt }: WooOrder): number => Date.parse(utc(gmt));

function asFound(order: WooOrder, at: number): FoundEvent {
  const { id, date_modified_gmt: modified } = order;
  return {
    key: `${id} ${modified}`,
    topic: 'order.updated',
    recordId: String(id),
    body: { id, status: order.status, date_modified_gmt: modified },
    ageMs: Math.max(0, at - modifiedAt(order)),
  };
}
