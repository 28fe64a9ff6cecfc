import { PAGE, STANDINGS, type Standing, type ZohoCampaignsClient } from './client.ts';
import type { Subscriber } from './shapes.ts';

/** Everybody who stands so in a list, page by page; it ends as soon as nobody asks for the next. */
export async function* walk(
  client: ZohoCampaignsClient,
  list: string,
  standing: Standing,
): AsyncGenerator<Subscriber> {
  for (let from = 1; ; ) {
    const rows = await client.subscribers(list, standing, from);
    if (rows === null) return;
    yield* rows;
    from += rows.length;
    // Campaigns may give fewer than were asked for; a few are the end of a list all the same.
    if (rows.length < Math.min(PAGE, 20)) return;
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
