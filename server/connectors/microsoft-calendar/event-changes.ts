import { createHash } from 'node:crypto';
import { z } from 'zod';
import { comparedTitle } from '../../core/calendar/untitled.ts';
import { windowEnd, windowStart } from '../../core/calendar/window.ts';
import type { Changes, FieldValue, SideRecord } from '../../core/sync-object.ts';
import { storedCursor } from '../../kit/stored-cursor.ts';
import type { Bounds, MicrosoftCalendarClient, ViewPage } from './client.ts';
import { eventRecord } from './event-record.ts';
import { LOST_SERIES } from './exclusions.ts';
import { VENDOR } from './failures.ts';
import { heldOf, readHeld } from './held.ts';
import type { EventOptions } from './options.ts';
import { type GraphEvent, isPart, isSeries } from './shapes.ts';
import { standing } from './standing.ts';

/** The window moves on once it lies so far behind: what is still a long way off is not in a hurry. */
const MOVES_MS = 7 * 86_400_000;
/** Longest window that Graph is asked for. */
const MOST_MS = 1_800 * 86_400_000;

const listSchema = z.object({
  /** Bounds of the window that the link is of, for as long as it is followed. */
  from: z.string(),
  to: z.string(),
  link: z.string().nullable(),
});
const cursorSchema = z.object({
  calendar: z.string(),
  /** Everything of a window, or what changed in it. */
  phase: z.enum(['all', 'since']),
  ...listSchema.shape,
  /** Series that this round has read already: each of their dates names them again. */
  seen: z.array(z.string()),
  /** The list that is followed besides: the former window's, until all of the new one is read; and then the new one's. */
  other: listSchema.nullable(),
});
type Cursor = z.infer<typeof cursorSchema>;

/**
 * What changed in a calendar, a page at a time; series as one record with their exceptions. Graph follows a window of
 * time: it moves on by itself, and what was deleted while it moved is told by the former one, which is asked once more.
 *
 * @throws LiaisonError `cursor-lost` for a cursor that is no good, of another calendar, or that Graph forgot.
 */
export async function eventChanges(
  client: MicrosoftCalendarClient,
  options: EventOptions,
  cursor: FieldValue,
): Promise<Changes> {
  const ofCalendar = cursorSchema.refine(({ calendar }) => calendar === options.calendar);
  const at = storedCursor(ofCalendar, cursor, VENDOR) ?? (await begin(client, options));
  const { from, to, link } = at;
  const page = await client.view(link === null ? { calendar: options.calendar, from, to } : { link });
  const { records, deleted, seen } = await recordsOf(client, options, page, at.seen);
  const next = following({ ...at, seen }, page, options);
  // What the first reading of a window does not show was never within it.
  return { records, deleted: at.phase === 'all' ? [] : deleted, ...next };
}

/** The calendar's events as records, by id; what is gone is not among them. */
export async function readEvents(
  client: MicrosoftCalendarClient,
  options: EventOptions,
  ids: readonly string[],
): Promise<SideRecord[]> {
  return (await readHeld(client, options, ids)).map((held) => eventRecord(held, options));
}

/** Back to what has just been, and ahead as far as anybody plans, by Graph's clock. */
export function windowAt(now: number, pastDays: number): Bounds {
  const from = windowStart(now, pastDays);
  const text = (at: number): string => new Date(at).toISOString();
  return { from: text(from), to: text(Math.min(windowEnd(now), from + MOST_MS)) };
}

async function begin(client: MicrosoftCalendarClient, options: EventOptions): Promise<Cursor> {
  const { at } = await client.calendars();
  const window = windowAt(at, options.pastDays);
  return { calendar: options.calendar, phase: 'all', ...window, link: null, seen: [], other: null };
}

function following(at: Cursor, page: ViewPage, options: EventOptions): Pick<Changes, 'cursor' | 'more'> {
  const { calendar, from, to, other } = at;
  const own = { from, to, link: page.link };
  const going = (next: Omit<Cursor, 'calendar' | 'seen'>, more: boolean) => ({
    cursor: { calendar, seen: [], ...next },
    more,
  });
  if (page.more) return { cursor: { ...at, link: page.link }, more: true };
  // All of a new window is read: the former one says a last time what was deleted meanwhile.
  if (at.phase === 'all' && other !== null) return going({ phase: 'since', ...other, other: own }, true);
  if (at.phase === 'all') return going({ phase: 'since', ...own, other: null }, false);
  if (other !== null) return going({ phase: 'since', ...other, other: null }, false);
  const window = windowAt(page.at, options.pastDays);
  const isLate = Date.parse(window.to) - Date.parse(to) >= MOVES_MS;
  return isLate
    ? going({ phase: 'all', ...window, link: null, other: own }, true)
    : going({ phase: 'since', ...own, other: null }, false);
}

/** How a series is remembered within one round. */
const markOf = (id: string): string => createHash('sha256').update(id).digest('base64url').slice(0, 10);

async function recordsOf(
  client: MicrosoftCalendarClient,
  options: EventOptions,
  { events, removed }: ViewPage,
  seen: readonly string[],
): Promise<{ records: SideRecord[]; deleted: string[]; seen: string[] }> {
  // What left the window comes as removed as well: only what no calendar shows any more is deleted.
  const found = await standing(client, options, await client.getEvents(removed));
  const alive = new Set(found.map(({ id }) => id));
  const all = [...events, ...found];
  const singles = all.filter((event) => !isPart(event) && !isSeries(event));
  const parts = all.filter(isPart);
  const known = new Set(seen);
  const named = [
    ...all.filter(isSeries).map(({ id }) => id),
    ...parts.map((part) => part.seriesMasterId ?? ''),
  ];
  const ids = [...new Set(named)].filter((id) => id !== '' && !known.has(markOf(id)));
  // What the list shows is in the calendar; a series that only its removed dates name may lie in the bin with them.
  const shown = new Set([...events.flatMap(({ id, seriesMasterId }) => [id, seriesMasterId]), ...alive]);
  const masters = await client.getEvents(ids);
  const certain = masters.filter(({ id }) => shown.has(id));
  const doubtful = masters.filter(({ id }) => !shown.has(id));
  const series = [...certain, ...(await standing(client, options, doubtful))];
  const there = new Set(series.map(({ id }) => id));
  const held = await heldOf(client, options, [...singles, ...series]);
  const missing = ids.filter((id) => !there.has(id));
  const lost = missing.flatMap((id) => lostSeries(id, events.filter(isPart)));
  const gone = [...removed.filter((id) => !alive.has(id)), ...missing];
  return {
    records: [...held.map((one) => eventRecord(one, options)), ...lost],
    deleted: [...new Set(gone)].filter((id) => lost.every((one) => one.id !== id)),
    seen: [...seen, ...ids.map(markOf)],
  };
}

/** Dates of a series that is not there itself: told, and never taken for a meeting of their own. */
function lostSeries(id: string, parts: readonly GraphEvent[]): SideRecord[] {
  const own = parts.filter(({ seriesMasterId }) => seriesMasterId === id);
  const [first] = own;
  if (first === undefined) return [];
  const title = comparedTitle(own.find(({ subject }) => subject)?.subject);
  return [{ id, version: null, label: title, values: { title }, excluded: LOST_SERIES }];
}
