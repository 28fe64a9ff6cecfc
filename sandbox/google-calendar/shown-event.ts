import { account } from '../google-accounts/account.ts';
import { shownGuests } from './guest-list.ts';
import { people } from './people.ts';
import type { CalendarRow, EventRow } from './rows.ts';
import { isDay, shownTime } from './time.ts';

/** Two for each change, as Google's are: no two states of anything share one. */
export const etagOf = (change: number): string => `"${3_400_000_000_000_000 + change * 2_000}"`;

/** An event as the API gives it. @param shownIn zone whose offset moments carry. @param mostGuests null: all. */
export function shownEvent(
  calendar: CalendarRow,
  row: EventRow,
  shownIn = calendar.timeZone,
  mostGuests: number | null = null,
): object {
  const head = { kind: 'calendar#event', etag: etagOf(row.change), id: row.id, status: row.status };
  const exception =
    row.exceptionOf === null || row.originalStart === null
      ? {}
      : { recurringEventId: row.exceptionOf, originalStartTime: shownTime(row.originalStart, shownIn) };
  // Of what is gone Google promises no more than this.
  if (row.status === 'cancelled') return { ...head, ...exception };
  const { eventType, reminders, attendeesOmitted: _kept, ...fields } = row.fields;
  const guests = shownGuests(row, mostGuests);
  return {
    ...head,
    htmlLink: `https://www.google.com/calendar/event?eid=${Buffer.from(`${row.id} ${calendar.id}`).toString('base64url')}`,
    created: row.created,
    updated: row.updated,
    ...fields,
    creator: person(row.creator),
    organizer: person(row.organizer),
    start: shownTime(row.start, shownIn),
    end: shownTime(row.end, shownIn),
    ...(row.recurrence.length > 0 ? { recurrence: row.recurrence } : {}),
    ...exception,
    iCalUID: row.iCalUID,
    sequence: row.sequence,
    ...(guests.attendees.length > 0
      ? { attendees: guests.attendees.map((one) => shownAttendee(row, one)) }
      : {}),
    ...(guests.omitted ? { attendeesOmitted: true } : {}),
    reminders: reminders ?? { useDefault: !isDay(row.start) },
    eventType: eventType ?? 'default',
  };
}

function shownAttendee(row: EventRow, attendee: EventRow['attendees'][number]): object {
  return {
    ...attendee,
    ...(attendee.email === row.organizer ? { organizer: true } : {}),
    ...(attendee.email === account().email ? { self: true } : {}),
  };
}

function person(email: string): object {
  const displayName = people.get(email);
  return {
    email,
    ...(displayName === undefined ? {} : { displayName }),
    ...(email === account().email ? { self: true } : {}),
  };
}
