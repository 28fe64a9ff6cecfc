import { z } from 'zod';
import type { Changes, FieldValue, SideRecord } from '../../core/sync-object.ts';
import { storedCursor } from '../../kit/stored-cursor.ts';
import { LEFT, PAGE, STANDINGS, type Standing, type ZohoCampaignsClient } from './client.ts';
import { VENDOR } from './failures.ts';
import { countsOf } from './mailing-list.ts';
import { pageAfter } from './reading-lists.ts';
import type { Subscriber } from './shapes.ts';

/**
 * What somebody changes of a name in Campaigns moves no count: everything is read again after so long, and later where
 * the list is longer, so that reading takes a small part of the calls that are let through.
 */
const WHOLE_EVERY_MS = 15 * 60_000;
const PAGES_OF_THAT = 20;

const place = z.number().int().min(1);
const count = z.number().int().min(0);
/** Whoever comes into a list of more pages is met when all of it is read; who leaves is met at once. */
const SHORT_PAGES = 5;

const cursorSchema = z.object({
  list: z.string(),
  /** What the list counted when the reading that is under way, or the last one, began. */
  active: count,
  /** Who unsubscribed, bounces, and called it spam. */
  left: z.tuple([count, count, count]),
  /** Epoch milliseconds by Campaigns' clock: when everybody was read last. */
  wholeAt: z.number(),
  /** What is still to be read, and from which row. */
  reading: z.array(z.enum(STANDINGS)),
  from: place,
});
type Cursor = Readonly<z.infer<typeof cursorSchema>>;

export interface Wish {
  readonly list: string;
  shown(subscriber: Subscriber, standing: Standing): SideRecord;
}

/**
 * Follows a list: Campaigns announces nothing of it, and has no “since”. A look asks for its counts, in two calls; only
 * where they moved those are read who may have moved with them. Nobody counts as gone for not being met: whoever was
 * asked to confirm by mail is in no list until then.
 *
 * @throws LiaisonError `cursor-lost` for a cursor that is none of these.
 */
export async function subscriberChanges(
  client: ZohoCampaignsClient,
  stored: FieldValue,
  wish: Wish,
): Promise<Changes> {
  const held = storedCursor(cursorSchema, stored, VENDOR);
  // Another list was chosen since: nothing of the old one counts.
  const cursor = held?.list === wish.list ? held : null;
  const next = cursor !== null && cursor.reading.length > 0 ? cursor : await look(client, cursor, wish.list);
  const [standing] = next.reading;
  if (standing === undefined) return { records: [], deleted: [], cursor: asJson(next), more: false };
  const rows = await client.subscribers(wish.list, standing, next.from);
  const after = following(next, rows?.length ?? 0);
  return {
    records: (rows ?? []).map((row) => wish.shown(row, standing)),
    deleted: [],
    cursor: asJson(after),
    more: after.reading.length > 0,
  };
}

const asJson = ({ left, reading, ...rest }: Cursor): FieldValue => ({
  ...rest,
  left: [...left],
  reading: [...reading],
});

/** Where the reading goes on after a page of so many rows. */
function following(cursor: Cursor, rows: number): Cursor {
  const from = pageAfter(cursor.from, rows);
  return from === null ? { ...cursor, reading: cursor.reading.slice(1), from: 1 } : { ...cursor, from };
}

async function look(client: ZohoCampaignsClient, held: Cursor | null, key: string): Promise<Cursor> {
  const { list, left, at } = await countsOf(client, key);
  const now = at ?? 0;
  const counted = { active: list.contacts, left };
  const pages = Math.max(1, Math.ceil(list.contacts / PAGE));
  const every = WHOLE_EVERY_MS * Math.max(1, pages / PAGES_OF_THAT);
  if (held === null || now - held.wholeAt >= every)
    return { list: key, ...counted, wholeAt: now, reading: [...STANDINGS], from: 1 };
  const isShort = pages <= SHORT_PAGES;
  const moved = held.left.some((before, index) => before !== left[index]);
  // Whoever is not among those who left any more is among the subscribed again.
  const cameBack = held.left.some((before, index) => before > (left[index] ?? 0));
  const comes = (isShort && (moved || held.active !== list.contacts)) || cameBack;
  const reading: Standing[] = [...(comes ? (['active'] as const) : []), ...(moved ? LEFT : [])];
  return { ...held, ...counted, reading, from: 1 };
}
