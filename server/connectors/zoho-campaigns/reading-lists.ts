import { PAGE, STANDINGS, type Standing, type ZohoCampaignsClient } from './client.ts';
import type { Subscriber } from './shapes.ts';

/** Rows read twice where a list is paged by place: one that leaves it meanwhile would hide another. */
const OVERLAP = 5;

/** From which row a reading goes on after a page of so many rows that began at `from`; null: that was the end. */
export function pageAfter(from: number, rows: number): number | null {
  // Campaigns may give fewer than were asked for: only a page that brings nothing new ends a list.
  const isNew = from === 1 ? rows > 0 : rows > OVERLAP;
  if (!isNew || rows < Math.min(PAGE, OVERLAP * 2)) return null;
  return Math.max(from + 1, from + rows - OVERLAP);
}

/** Everybody who stands so in a list, page by page, a few of them twice; it ends as soon as nobody asks for the next. */
export async function* walk(
  client: ZohoCampaignsClient,
  list: string,
  standing: Standing,
): AsyncGenerator<Subscriber> {
  for (let from: number | null = 1; from !== null; ) {
    const rows: readonly Subscriber[] = (await client.subscribers(list, standing, from)) ?? [];
    yield* rows;
    from = pageAfter(from, rows.length);
  }
}

/** Those of a list who have these addresses (in lower case), with how each stands there. */
export async function findSubscribers(
  client: ZohoCampaignsClient,
  list: string,
  addresses: readonly string[],
): Promise<{ subscriber: Subscriber; standing: Standing }[]> {
  const found = new Map<string, { subscriber: Subscriber; standing: Standing }>();
  const wanted = new Set(addresses);
  // Who left is looked for first: those are few, and whoever is among them is among no others.
  for (const standing of STANDINGS.toReversed()) {
    for await (const subscriber of walk(client, list, standing)) {
      const address = subscriber.email.toLowerCase();
      if (wanted.has(address) && !found.has(address)) found.set(address, { subscriber, standing });
      if (found.size === wanted.size) return [...found.values()];
    }
  }
  return [...found.values()];
}
