import { LEFT, PAGE, type ZohoCampaignsClient } from './client.ts';
import { countsOf } from './mailing-list.ts';
import { pageAfter, walk } from './reading-lists.ts';
import type { MailingList } from './shapes.ts';
import { idOf } from './subscriber-fields.ts';

/** Of a list of more people it is not read before a change whether one is still there: that would take all the calls. */
const READABLE = 150 * PAGE;

/** What a list counts: who is subscribed, and who unsubscribed, bounces, and called it spam. */
type Counts = readonly [active: number, unsubscribed: number, bounced: number, spam: number];

interface Reading {
  counts: Counts;
  readonly left: Set<string>;
  /** Those who are subscribed, as far as was read. */
  readonly there: Set<string>;
  /** From which row the rest of them is read; null: there is no rest. */
  rest: number | null;
}

/** What one turn of a sync knows of a list, each time it is about to write. */
export interface ListNow {
  readonly list: MailingList;
  /** Addresses of those who are in it and get nothing of it: they unsubscribed, bounce, or called it spam. */
  readonly left: ReadonlySet<string>;
  /** Of these addresses, those who are subscribed now; null where the list is too long to tell. */
  whoIsThere(sought: readonly string[]): Promise<ReadonlySet<string> | null>;
  /** Somebody was put in, or was asked to confirm. */
  came(address: string): void;
}

/** One client is one turn of a sync. */
const turns = new WeakMap<ZohoCampaignsClient, Map<string, Reading>>();

/**
 * A list as it is now, in two calls: who left and who is there is read once in a turn, and again only where the counts moved
 * by other than what the turn itself wrote.
 */
export async function listNow(client: ZohoCampaignsClient, key: string): Promise<ListNow> {
  const { list, left } = await countsOf(client, key);
  const counts: Counts = [list.contacts, ...left];
  const readings = turns.get(client) ?? new Map<string, Reading>();
  turns.set(client, readings);
  const known = readings.get(key);
  const reading = await readingOf(client, key, counts, known);
  readings.set(key, reading);
  return {
    list,
    left: reading.left,
    async whoIsThere(sought) {
      if (list.contacts > READABLE) return null;
      while (
        reading.rest !== null &&
        !sought.every((one) => reading.there.has(one) || reading.left.has(one))
      ) {
        const rows = (await client.subscribers(key, 'active', reading.rest)) ?? [];
        for (const { email } of rows) reading.there.add(idOf(email));
        reading.rest = pageAfter(reading.rest, rows.length);
      }
      return new Set(sought.filter((one) => reading.there.has(one)));
    },
    came(address) {
      // Whoever has to confirm is counted by nobody until then.
      if (list.hasForm || reading.there.has(address)) return;
      const [active, ...gone] = reading.counts;
      reading.counts = [active + 1, ...gone];
      reading.there.add(address);
    },
  };
}

/** Notes that a turn took somebody out of a list: what was read of it before still holds. */
export function noteTakenOut(client: ZohoCampaignsClient, key: string, address: string): void {
  const reading = turns.get(client)?.get(key);
  if (reading === undefined || reading.left.has(address)) return;
  const [active, unsubscribed, ...others] = reading.counts;
  reading.counts = [active - 1, unsubscribed + 1, ...others];
  reading.there.delete(address);
  reading.left.add(address);
  // Whoever stood behind them moved up by one.
  if (reading.rest !== null) reading.rest = Math.max(1, reading.rest - 1);
}

async function readingOf(
  client: ZohoCampaignsClient,
  key: string,
  counts: Counts,
  known: Reading | undefined,
): Promise<Reading> {
  if (known !== undefined && counts.every((count, at) => count === known.counts[at])) return known;
  const isLeftAlike =
    known !== undefined && counts.every((count, at) => at === 0 || count === known.counts[at]);
  const left = isLeftAlike ? known.left : await whoLeft(client, key);
  return { counts, left, there: new Set(), rest: 1 };
}

async function whoLeft(client: ZohoCampaignsClient, key: string): Promise<Set<string>> {
  const left = new Set<string>();
  for (const standing of LEFT)
    for await (const { email } of walk(client, key, standing)) left.add(idOf(email));
  return left;
}
