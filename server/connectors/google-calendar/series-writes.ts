import { addressesOf } from '../../core/calendar/fields.ts';
import { isDay, type Meeting, type MeetingTime } from '../../core/calendar/meeting.ts';
import {
  endangersExcluded,
  keepsRule,
  sameMoment,
  unlikeOccurrences,
} from '../../core/calendar/series-plan.ts';
import { momentOf } from '../../core/calendar/zone-time.ts';
import type { EventBody, GoogleCalendarClient } from './client.ts';
import { attendeesBody, occurrenceBody, scheduleBody, wholeBody } from './event-body.ts';
import { isHidden } from './exclusions.ts';
import { hasCutGuests, isDeclined } from './guests.ts';
import type { EventOptions } from './options.ts';
import type { GoogleEvent } from './shapes.ts';
import { timeIn } from './times.ts';
import { meetingOfEvents } from './to-meeting.ts';

export interface HeldSeries {
  readonly event: GoogleEvent;
  readonly exceptions: readonly GoogleEvent[];
}

export interface SeriesWish {
  readonly meeting: Meeting;
  readonly texts: EventBody;
  /** Its times, its rule or its exceptions change. */
  readonly moves: boolean;
}

/**
 * Changes a series itself, as far as that is the shorter way: when only some occurrences are elsewhere, the
 * series stays as it is (in its own zone, with its own rule), and those are left to `settleOccurrences`.
 *
 * @returns the series as Google answered that it is now.
 */
export async function updateSeries(
  client: GoogleCalendarClient,
  options: EventOptions,
  { event, exceptions }: HeldSeries,
  { meeting, texts, moves }: SeriesWish,
): Promise<GoogleEvent> {
  const current = meetingOfEvents(event, exceptions, options);
  const rewrites = moves && !keepsRule(current, meeting);
  const body = { ...texts, ...(rewrites ? scheduleBody(withDeclined(meeting, exceptions)) : {}) };
  // What repeated, and does not any more, is told by an empty list.
  const once = rewrites && meeting.recurrence === null ? { recurrence: [] } : {};
  if (Object.keys(body).length === 0) return event;
  const write = { calendarId: options.calendarId, sendUpdates: options.sendUpdates };
  const etag = event.etag ?? null;
  const becomesOther = rewrites && isDay(current.start) !== isDay(meeting.start);
  return becomesOther
    ? await client.updateEvent(write, event.id, etag, wholeBody(event, { ...body, ...once }))
    : await client.patchEvent(write, event.id, etag, { ...body, ...once });
}

/** Whether a change would write over dates of a series that are private: they are read as no dates at all. */
export function endangersHidden(
  { event, exceptions }: HeldSeries,
  wanted: Meeting,
  options: EventOptions,
  moves: boolean,
): boolean {
  const isAny = exceptions.some((one) => one.status !== 'cancelled' && isHidden(one, options));
  return isAny && endangersExcluded(meetingOfEvents(event, exceptions, options), wanted, moves);
}

/** What was only declined is not cancelled for everybody: it is no excluded date. */
function withDeclined(meeting: Meeting, exceptions: readonly GoogleEvent[]): Meeting {
  if (meeting.recurrence === null) return meeting;
  const declined = exceptions.flatMap((one) =>
    isDeclined(one) && one.status !== 'cancelled' && one.originalStartTime !== undefined
      ? [timeIn(one.originalStartTime, null)]
      : [],
  );
  const kept = meeting.recurrence.exceptions.filter(
    ({ originalStart, changes }) =>
      changes !== null || !declined.some((start) => sameMoment(start, originalStart)),
  );
  return { ...meeting, recurrence: { ...meeting.recurrence, exceptions: kept } };
}

/**
 * Moves, renames and cancels single occurrences until they are as wanted. Occurrences are paired in their
 * order: the rules of both give as many.
 *
 * @returns the exceptions that it wrote, as Google answered; null for what it cancelled, which is answered by nothing.
 */
export async function settleOccurrences(
  client: GoogleCalendarClient,
  options: EventOptions,
  { event, exceptions }: HeldSeries,
  wanted: Meeting,
): Promise<ReadonlyMap<string, GoogleEvent | null>> {
  const written = new Map<string, GoogleEvent | null>();
  const current = meetingOfEvents(event, exceptions, options);
  const isCut = [event, ...exceptions].some(hasCutGuests);
  const invited = addressesOf(wanted.participants);
  for (const { held, asked } of unlikeOccurrences(current, wanted, isCut)) {
    const id = instanceIdOf(event, exceptions, held.originalStart);
    const write = { calendarId: options.calendarId, sendUpdates: options.sendUpdates };
    if (asked.changes === null) {
      await client.deleteEvent(write, id, null);
      written.set(id, null);
    } else {
      const own = exceptions.find((one) => one.id === id);
      const people = asked.changes.participants ?? invited;
      const changed = await client.patchEvent(write, id, own?.etag ?? null, {
        ...occurrenceBody(wanted, asked, asked.changes),
        ...(people.length > 0 && !isCut
          ? { attendees: attendeesBody(people, own?.attendees ?? event.attendees) }
          : {}),
      });
      written.set(id, changed);
    }
  }
  return written;
}

/** `<id>_20261005T080000Z`, or `<id>_20261005` of a series of whole days. */
function instanceIdOf(event: GoogleEvent, exceptions: readonly GoogleEvent[], start: MeetingTime): string {
  const stamp = (isDay(start) ? start.date : momentOf(start)).replace(/[-:]/g, '');
  const id = `${event.id}_${stamp}`;
  return exceptions.find((one) => one.id === id)?.id ?? id;
}
