import { z } from 'zod';
import type { Changes, FieldValue, SideRecord } from '../../core/sync-object.ts';
import { storedCursor } from '../../kit/stored-cursor.ts';
import { PAGE, STANDINGS, type Standing, type ZohoCampaignsClient } from './client.ts';
import { VENDOR } from './failures.ts';
import { listOf } from './mailing-list.ts';
import type { Subscriber } from './shapes.ts';

/** Rows read twice where a list is paged by place: one that leaves it meanwhile would hide another. */
const OVERLAP = 5;
/**
 * What somebody changes of a name in Campaigns moves no count: everything is read again after so long, and later where
 * the list is longer, so that reading takes a small part of the calls that are let through.
 */
const WHOLE_EVERY_MS = 15 * 60_000;
const PAGES_OF_THAT = 20;

const place = z.number().int().min(1);

const cursorSchema = z.object({
  list: z.string(),
  /** What the list counted when the reading that is under way, or the last one, began. */
  counted: z.string(),
  /** Epoch milliseconds by Campaigns' clock: when everybody was read last. */
  wholeAt: z.number(),
  /** What is still to be read, and from which row. */
  reading: z.array(z.enum(STANDINGS)),
  from: place,
  /** Set where the reading that is under way is of everybody. */
  whole: z.boolean(),
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
  if (standing === undefined) return { records: [], deleted: [], cursor: { ...next }, more: false };
  const rows = await client.subscribers(wish.list, standing, next.from);
  const after = following(next, rows?.length ?? 0);
  return {
    records: (rows ?? []).map((row) => wish.shown(row, standing)),
    deleted: [],
    cursor: { ...after, reading: [...after.reading] },
    more: after.reading.length > 0,
  };
}

/** Where the reading goes on after a page of so many rows. */
function following(cursor: Cursor, rows: number): Cursor {
  // Campaigns may give fewer than were asked for: only a page that brings nothing new ends a list.
  const isNew = cursor.from === 1 ? rows > 0 : rows > OVERLAP;
  if (isNew && rows >= Math.min(PAGE, OVERLAP * 2))
    return { ...cursor, from: Math.max(cursor.from + 1, cursor.from + rows - OVERLAP) };
  return { ...cursor, reading: cursor.reading.slice(1), from: 1 };
}

async function look(client: ZohoCampaignsClient, held: Cursor | null, key: string): Promise<Cursor> {
  const { list, at } = await listOf(client, key);
  const spam = await client.count(key, 'spam');
  const counted = `${list.state} ${spam}`;
  const now = at ?? 0;
  const pages = Math.max(1, Math.ceil(list.contacts / PAGE));
  const every = WHOLE_EVERY_MS * Math.max(1, pages / PAGES_OF_THAT);
  if (held === null || now - held.wholeAt >= every)
    return { list: key, counted, wholeAt: now, reading: [...STANDINGS], from: 1, whole: true };
  if (held.counted === counted) return { ...held, reading: [], from: 1, whole: false };
  // Who left one of them is in another one now; who came back is among the subscribed.
  return { ...held, counted, reading: [...STANDINGS], from: 1, whole: false };
}
