import { z } from 'zod';
import { windowStart } from '../../core/calendar/window.ts';
import type { LiaisonError } from '../../core/errors.ts';
import type { Changes, FieldValue, SideRecord } from '../../core/sync-object.ts';
import { failure } from '../../kit/failures.ts';
import { storedCursor } from '../../kit/stored-cursor.ts';
import type { EventPage, GoogleCalendarClient } from './client.ts';
import { eventRecord, isCancelled, isSeries } from './event-record.ts';
import { MISREAD } from './exclusions.ts';
import { VENDOR } from './failures.ts';
import { countsAlike, namesOddZone } from './odd-zones.ts';
import type { EventOptions } from './options.ts';
import type { GoogleEvent } from './shapes.ts';

const cursorSchema = z.discriminatedUnion('phase', [
  z.object({ phase: z.literal('all'), calendar: z.string(), from: z.string(), page: z.string() }),
  z.object({
    phase: z.literal('since'),
    calendar: z.string(),
    token: z.string(),
    page: z.string().nullable(),
  }),
]);
type Cursor = z.infer<typeof cursorSchema>;

/**
 * What changed in a calendar, a page at a time; series as one record with their exceptions.
 *
 * @throws LiaisonError `cursor-lost` for a cursor that is no good, of another calendar, or that Google forgot.
 */
export async function eventChanges(
  client: GoogleCalendarClient,
  options: EventOptions,
  cursor: FieldValue,
): Promise<Changes> {
  const { calendarId } = options;
  const ofCalendar = cursorSchema.refine(({ calendar }) => calendar === calendarId);
  const at = storedCursor(ofCalendar, cursor, VENDOR);
  if (at?.phase === 'since') {
    const page = await client.changedEvents(calendarId, at.token, at.page);
    const found = await recordsOf(client, options, page.events, false);
    return { ...found, ...following(calendarId, page, at) };
  }
  const from = at?.from ?? (await begin(client, options));
  const page = await client.listEvents(calendarId, from, at?.page ?? null);
  const isWhole = at === null && page.nextPageToken === null;
  const { records } = await recordsOf(client, options, page.events, isWhole);
  if (page.nextPageToken === null) return { records, deleted: [], ...following(calendarId, page, null) };
  const next: Cursor = { phase: 'all', calendar: calendarId, from, page: page.nextPageToken };
  return { records, deleted: [], cursor: next, more: true };
}

/** The calendars' events as records, by id; what is deleted is not among them. */
export async function readEvents(
  client: GoogleCalendarClient,
  options: EventOptions,
  ids: readonly string[],
): Promise<SideRecord[]> {
  const found: SideRecord[] = [];
  for (const id of ids) {
    const record = await readEvent(client, options, id);
    if (record !== null) found.push(record);
  }
  return found;
}

/** An event as it is now; null when it is gone. */
export async function readEvent(
  client: GoogleCalendarClient,
  options: EventOptions,
  id: string,
): Promise<SideRecord | null> {
  const held = await heldEvent(client, options.calendarId, id);
  return held && recordOf(client, options, held.event, held.exceptions);
}

/** An event with its exceptions as they are now; null when it is gone. */
export async function heldEvent(
  client: GoogleCalendarClient,
  calendarId: string,
  id: string,
): Promise<{ event: GoogleEvent; exceptions: GoogleEvent[] } | null> {
  const event = await client.getEvent(calendarId, id);
  if (event === null || isCancelled(event) || (await isPartOfSeries(client, calendarId, event))) return null;
  return { event, exceptions: await exceptionsOf(client, calendarId, event) };
}

/** An occurrence stands for itself only where its series is nowhere in the calendar. */
async function isPartOfSeries(
  client: GoogleCalendarClient,
  calendarId: string,
  { recurringEventId }: GoogleEvent,
): Promise<boolean> {
  if (recurringEventId === undefined) return false;
  const series = await client.getSeries(calendarId, recurringEventId);
  return series !== null && !isCancelled(series);
}

/** A record; of a series whose dates are told in a zone that Google may not know, as Google counts it. */
async function recordOf(
  client: GoogleCalendarClient,
  options: EventOptions,
  event: GoogleEvent,
  exceptions: readonly GoogleEvent[],
): Promise<SideRecord> {
  const record = eventRecord(event, exceptions, options);
  if (record.excluded !== undefined || !namesOddZone(event)) return record;
  const counted = await client.instancesOf(options.calendarId, event.id);
  return countsAlike(event, counted) ? record : { ...record, excluded: MISREAD };
}

async function exceptionsOf(
  client: GoogleCalendarClient,
  calendarId: string,
  event: GoogleEvent,
): Promise<GoogleEvent[]> {
  if (!isSeries(event) || event.iCalUID === undefined) return [];
  const all = await client.eventsOfSeries(calendarId, event.iCalUID);
  return all.filter(({ recurringEventId }) => recurringEventId === event.id);
}

/** Far enough back for meetings that have just been, by Google's clock. */
async function begin(client: GoogleCalendarClient, { calendarId, pastDays }: EventOptions): Promise<string> {
  const { at } = await client.calendar(calendarId);
  return new Date(windowStart(at, pastDays)).toISOString();
}

/** @param isWhole everything there is stands in these events, the exceptions of each series too. */
async function recordsOf(
  client: GoogleCalendarClient,
  options: EventOptions,
  events: readonly GoogleEvent[],
  isWhole: boolean,
): Promise<{ records: SideRecord[]; deleted: string[] }> {
  const { calendarId } = options;
  const latest = new Map(events.map((event) => [event.id, event]));
  const exceptions = [...latest.values()].filter(({ recurringEventId }) => recurringEventId !== undefined);
  const ids = new Set([...latest.values()].map((event) => event.recurringEventId ?? event.id));
  const records: SideRecord[] = [];
  const deleted: string[] = [];
  for (const id of ids) {
    const event = latest.get(id) ?? (await client.getSeries(calendarId, id));
    const met = exceptions.filter(({ recurringEventId }) => recurringEventId === id);
    if (event === null || isCancelled(event)) {
      deleted.push(id, ...met.filter(isCancelled).map((one) => one.id));
      for (const one of met.filter((lone) => !isCancelled(lone)))
        records.push(await recordOf(client, options, one, []));
    } else {
      const own = isWhole ? met : await exceptionsOf(client, calendarId, event);
      records.push(await recordOf(client, options, event, own));
      // What stood for itself until its series came is a part of it now.
      deleted.push(...own.map((one) => one.id));
    }
  }
  return { records, deleted };
}

function following(
  calendarId: string,
  page: EventPage,
  at: Extract<Cursor, { phase: 'since' }> | null,
): Pick<Changes, 'cursor' | 'more'> {
  const token = page.nextSyncToken ?? at?.token;
  if (token === undefined || (page.nextPageToken === null && page.nextSyncToken === null)) throw noToken();
  const next: Cursor = { phase: 'since', calendar: calendarId, token, page: page.nextPageToken };
  return { cursor: next, more: page.nextPageToken !== null };
}

const noToken = (): LiaisonError =>
  failure('unknown', VENDOR, 'The last page of a list came without a sync token.');
