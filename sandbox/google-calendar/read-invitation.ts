import { Temporal } from 'temporal-polyfill';
import type { VendorDesk } from '../core/simulator.ts';
import { account } from '../google-accounts/account.ts';
import { readAttendees, readPlainFields, readStatus } from './read-event.ts';
import { instanceId, readRecurrence } from './recurrence.ts';
import { invalid } from './refusal.ts';
import type { CalendarRow, EventRow, EventTime } from './rows.ts';
import { isZone, readTime } from './time.ts';

type Body = Readonly<Record<string, unknown>>;

/**
 * An event that somebody else's calendar sent: Google keeps its zone as it is written and its kind as it is, and
 * has one occurrence of a series whoever is invited to no more than that.
 */
export function readInvitation(
  desk: VendorDesk,
  calendar: CalendarRow,
  body: Body,
): Omit<EventRow, 'change' | 'updated'> {
  const start = timeOf(body.start, 'start', calendar);
  const end = body.end === undefined ? start : timeOf(body.end, 'end', calendar);
  const series = typeof body.recurringEventId === 'string' ? body.recurringEventId : null;
  const originalStart =
    series === null ? null : timeOf(body.originalStartTime ?? body.start, 'start', calendar);
  const given = typeof body.id === 'string' ? body.id : null;
  const lone = series === null || originalStart === null ? null : instanceId(series, originalStart);
  const id = given ?? lone ?? desk.id('', 26).toLowerCase().replace(/[w-z]/g, '0');
  const organizer = emailOf(body.organizer) ?? account().email;
  return {
    calendarId: calendar.id,
    id,
    iCalUID: typeof body.iCalUID === 'string' ? body.iCalUID : `${series ?? id}@google.com`,
    status: readStatus(body.status, 'confirmed'),
    start,
    end,
    recurrence: readRecurrence(body.recurrence, start),
    exceptionOf: series,
    originalStart,
    attendees: readAttendees(body.attendees),
    creator: emailOf(body.creator) ?? organizer,
    organizer,
    fields: {
      ...readPlainFields(body),
      ...(body.attendeesOmitted === true ? { attendeesOmitted: true } : {}),
      ...(typeof body.eventType === 'string' ? { eventType: body.eventType } : {}),
    },
    sequence: 0,
    created: desk.clock().toISOString(),
  };
}

function timeOf(sent: unknown, what: 'start' | 'end', calendar: CalendarRow): EventTime {
  const { dateTime, timeZone } = (sent ?? {}) as Body;
  if (typeof dateTime !== 'string' || typeof timeZone !== 'string' || isZone(timeZone))
    return readTime(sent, what, calendar.timeZone, false);
  try {
    return { at: Temporal.Instant.from(dateTime).toString({ smallestUnit: 'second' }), timeZone };
  } catch {
    throw invalid(`Invalid ${what} time.`);
  }
}

function emailOf(person: unknown): string | null {
  const { email } = (person ?? {}) as Body;
  return typeof email === 'string' && email !== '' ? email.toLowerCase() : null;
}
