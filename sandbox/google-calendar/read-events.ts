import { asRow, findCalendar, findEvent } from './find.ts';
import { instancesOf } from './instances.ts';
import { listed } from './list.ts';
import { type Answer, type Call, EVENTS_READ, type Operation, path } from './operation.ts';
import { count, flag, moment, zone } from './query.ts';
import { invalid, notFound } from './refusal.ts';
import { type CalendarRow, type EventRow, lastChange } from './rows.ts';
import { etagOf, shownEvent } from './shown-event.ts';

export const readingOperations: readonly Operation[] = [
  {
    method: 'GET',
    path: path('/calendars/{calendarId}/events/{eventId}/instances'),
    scopes: EVENTS_READ,
    run: instances,
  },
  { method: 'GET', path: path('/calendars/{calendarId}/events/{eventId}'), scopes: EVENTS_READ, run: one },
  { method: 'GET', path: path('/calendars/{calendarId}/events'), scopes: EVENTS_READ, run: list },
];

function one({ desk, calendarId, eventId, query, ifNoneMatch }: Call): Answer {
  const calendar = findCalendar(desk, calendarId);
  const found = findEvent(desk, calendar.id, eventId);
  const row = found.kind === 'event' ? found.row : asRow(found.instance);
  if (ifNoneMatch === etagOf(row.change)) return { status: 304 };
  return { body: shownEvent(calendar, row, zone(query, calendar.timeZone), mostGuests(query)) };
}

const mostGuests = (query: URLSearchParams): number | null =>
  query.has('maxAttendees') ? count(query, 'maxAttendees', 1, 10_000) : null;

function list(call: Call): Answer {
  const calendar = findCalendar(call.desk, call.calendarId);
  const { rows, ...tokens } = listed(call, calendar);
  return { body: collection(call, calendar, rows, tokens) };
}

function instances(call: Call): Answer {
  const { desk, query } = call;
  const calendar = findCalendar(desk, call.calendarId);
  const found = findEvent(desk, calendar.id, call.eventId);
  if (found.kind !== 'event') throw notFound();
  if (found.row.recurrence.length === 0) throw invalid('The event is not a recurring event.');
  const from = moment(query, 'timeMin');
  const to = moment(query, 'timeMax');
  const all = instancesOf(desk, calendar, found.row, { from, to }).filter(
    (row) => flag(query, 'showDeleted') || row.status !== 'cancelled',
  );
  const size = count(query, 'maxResults', 250, 2_500);
  const start = Number(query.get('pageToken') ?? 0) || 0;
  const next = all.length > start + size ? { nextPageToken: String(start + size) } : {};
  return { body: collection(call, calendar, all.slice(start, start + size), next) };
}

function collection(call: Call, calendar: CalendarRow, rows: readonly EventRow[], tokens: object): object {
  const shownIn = zone(call.query, calendar.timeZone);
  return {
    kind: 'calendar#events',
    etag: etagOf(lastChange(call.desk)),
    summary: calendar.summary,
    description: calendar.description ?? '',
    updated: call.desk.clock().toISOString(),
    timeZone: calendar.timeZone,
    accessRole: calendar.accessRole,
    defaultReminders: calendar.primary ? [{ method: 'popup', minutes: 10 }] : [],
    ...tokens,
    items: rows.map((row) => shownEvent(calendar, row, shownIn, mostGuests(call.query))),
  };
}
