import { z } from 'zod';
import { type FoundEvent, type SweepResult, turnedOnAt } from '../../core/flow.ts';
import type { ChangedSince } from '../../core/order/offer.ts';
import { storedCursor } from '../../kit/stored-cursor.ts';
import { PAGE } from './api.ts';
import type { WooCommerceClient } from './client.ts';
import { VENDOR } from './failures.ts';
import type { ChangedOrder, ChangedOrders } from './orders.ts';
import { utc } from './read-order.ts';

/** An order may become visible this long after the second that its change is stamped with. */
const OVERLAP_MS = 60_000;
/** Bounds one look: what is left is read at once. */
const MOST_PAGES = 20;

const cursorSchema = z.object({
  /** Epoch milliseconds by the shop's clock: changes of this second and later are read. */
  from: z.number(),
  /** The same of what stands in the bin; earlier versions looked for none of it. */
  bin: z.number().optional(),
});

type Page = (afterMs: number, page: number) => Promise<ChangedOrders>;

/**
 * Orders that changed since the cursor, each change under its own moment, and those that were thrown away. The first
 * look only asks what time it is. The last minute is read again each time. Webhooks that failed are never sent again,
 * and a shop that failed seven times in a row is told nothing any more: this finds what they would have said.
 */
export async function sweepOrders(client: WooCommerceClient, since: ChangedSince): Promise<SweepResult> {
  const { onForMs, graceMs } = since;
  const known = storedCursor(cursorSchema, since.cursor as never, VENDOR);
  if (known === null) {
    const from = turnedOnAt(await client.time(), onForMs);
    return { events: [], cursor: { from, bin: from } };
  }
  const changed = await walk(client.changedOrders, known.from);
  const binned = await walk(client.binnedOrders, known.bin ?? known.from);
  const found = [...changed.orders, ...binned.orders].map((order) => asFound(order, changed.at));
  return {
    events: found.filter(({ ageMs }) => ageMs >= graceMs).sort((one, other) => other.ageMs - one.ageMs),
    cursor: { from: changed.next, bin: binned.next },
    more: !(changed.isWhole && binned.isWhole),
  };
}

interface Walked {
  readonly orders: readonly ChangedOrder[];
  readonly isWhole: boolean;
  /** Epoch milliseconds by the shop's clock, when it was begun. */
  readonly at: number;
  /** From where to read the next time. */
  readonly next: number;
}

/** A page begins anew where the one before ended: what changes meanwhile moves to the end and pushes nothing aside. */
async function walk(read: Page, from: number): Promise<Walked> {
  const all = new Map<string, ChangedOrder>();
  const first = await read(from - 1_000, 1);
  const { at } = first;
  let page = first.orders;
  let begin = from;
  let number = 1;
  const walked = (isWhole: boolean, last: number | null): Walked => ({
    orders: [...all.values()],
    isWhole,
    at,
    next: Math.max(from, last ?? at - OVERLAP_MS),
  });
  for (let count = 1; ; count += 1) {
    for (const order of page) all.set(`${order.id} ${order.date_modified_gmt}`, order);
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return walked(true, null);
    if (count >= MOST_PAGES && modifiedAt(last) > from) return walked(false, modifiedAt(last));
    // More than a page within one second: only then the pages are counted.
    number = modifiedAt(last) > begin ? 1 : number + 1;
    begin = modifiedAt(last);
    page = (await read(begin - 1_000, number)).orders;
  }
}

const modifiedAt = ({ date_modified_gmt: gmt }: ChangedOrder): number => Date.parse(utc(gmt));

function asFound(order: ChangedOrder, at: number): FoundEvent {
  const { id, status, date_modified_gmt: modified } = order;
  const about = {
    recordId: String(id),
    body: { id, ...(status === undefined ? {} : { status }), date_modified_gmt: modified },
    ageMs: Math.max(0, at - modifiedAt(order)),
  };
  // What is changed and thrown away within one second happened twice.
  return status === undefined
    ? { ...about, key: `${id} ${modified} bin`, topic: 'order.deleted' }
    : { ...about, key: `${id} ${modified}`, topic: 'order.updated' };
}
