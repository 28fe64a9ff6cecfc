import type { VendorDesk } from '../core/simulator.ts';
import { account } from '../google-accounts/account.ts';
import { asRow, type Found } from './find.ts';
import type { Draft } from './read-event.ts';
import { originalStarts } from './recurrence.ts';
import {
  type CalendarRow,
  calendarTables,
  type EventRow,
  eventKey,
  exceptionsOf,
  nextChange,
} from './rows.ts';
import { millisecondsOf } from './time.ts';

/** What is done to a calendar's events, whoever does it: the API, or people in Google's own screens. */
export function put(desk: VendorDesk, row: Omit<EventRow, 'change' | 'updated'>): EventRow {
  const now = desk.clock().toISOString();
  const made = { ...row, updated: now, change: nextChange(desk) };
  return calendarTables(desk).events.put(eventKey(row.calendarId, row.id), made);
}

export function create(
  desk: VendorDesk,
  calendar: CalendarRow,
  draft: Draft,
  own: { id: string; iCalUID?: string | undefined; organizer?: string | undefined },
): EventRow {
  return put(desk, {
    calendarId: calendar.id,
    id: own.id,
    iCalUID: own.iCalUID ?? `${own.id}@google.com`,
    ...draft,
    exceptionOf: null,
    originalStart: null,
    creator: account().email,
    organizer: own.organizer ?? (calendar.primary ? account().email : calendar.id),
    sequence: 0,
    created: desk.clock().toISOString(),
  });
}

/**
 * Changes an event, or makes an exception of one instance. When a series moves or repeats otherwise, its
 * exceptions that stand for none of its starts any more are dropped with the series they were of.
 */
export function change(desk: VendorDesk, calendar: CalendarRow, found: Found, draft: Draft): EventRow {
  if (found.kind === 'instance') {
    const before = asRow(found.instance);
    return put(desk, { ...before, ...draft, recurrence: [], sequence: before.sequence + 1 });
  }
  const { row } = found;
  const after = put(desk, { ...row, ...draft, sequence: row.sequence + 1 });
  if (row.recurrence.length > 0) {
    dropStrayExceptions(desk, calendar, after);
    for (const exception of exceptionsOf(desk, after)) inherit(desk, exception, row, after);
  }
  return after;
}

/** Cancels it; cancelled events stay, for those who follow by sync token. */
export function cancel(desk: VendorDesk, found: Found): EventRow {
  if (found.kind === 'instance') return put(desk, { ...asRow(found.instance), status: 'cancelled' });
  const { row } = found;
  for (const exception of exceptionsOf(desk, row))
    calendarTables(desk).events.delete(eventKey(row.calendarId, exception.id));
  return put(desk, { ...row, status: 'cancelled' });
}

/** What an exception did not say otherwise than its series did, it says as the series does now. */
function inherit(desk: VendorDesk, exception: EventRow, before: EventRow, after: EventRow): void {
  if (exception.status === 'cancelled') return;
  const same = (left: unknown, right: unknown): boolean => JSON.stringify(left) === JSON.stringify(right);
  const names = new Set([...Object.keys(before.fields), ...Object.keys(after.fields)]);
  const fields: Record<string, unknown> = { ...exception.fields };
  for (const name of names) if (same(fields[name], before.fields[name])) fields[name] = after.fields[name];
  const emails = (row: EventRow): string[] => row.attendees.map(({ email }) => email).sort();
  const attendees = same(emails(exception), emails(before)) ? after.attendees : exception.attendees;
  const changed = {
    ...exception,
    fields: JSON.parse(JSON.stringify(fields)) as EventRow['fields'],
    attendees,
  };
  if (!same([changed.fields, attendees], [exception.fields, exception.attendees])) put(desk, changed);
}

function dropStrayExceptions(desk: VendorDesk, calendar: CalendarRow, master: EventRow): void {
  const starts = new Set(originalStarts(master).map((start) => millisecondsOf(start, calendar.timeZone)));
  for (const exception of exceptionsOf(desk, master)) {
    const original = exception.originalStart;
    if (original !== null && starts.has(millisecondsOf(original, calendar.timeZone))) continue;
    calendarTables(desk).events.delete(eventKey(master.calendarId, exception.id));
  }
}
