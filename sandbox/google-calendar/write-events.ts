import { cancel, change, create, put } from './change-event.ts';
import { notifyChannels } from './channels.ts';
import { asRow, type Found, findEvent, writableCalendar } from './find.ts';
import { mail, sendUpdatesOf } from './invitations.ts';
import { type Answer, type Call, EVENTS_WRITE, type Operation, path } from './operation.ts';
import { zone } from './query.ts';
import { type Draft, readEvent, readId, readPatch } from './read-event.ts';
import { readInvitation } from './read-invitation.ts';
import { conditionNotMet, deleted, duplicate, required } from './refusal.ts';
import { type CalendarRow, calendarTables, type EventRow, eventKey } from './rows.ts';
import { etagOf, shownEvent } from './shown-event.ts';

const one = path('/calendars/{calendarId}/events/{eventId}');

export const writingOperations: readonly Operation[] = [
  {
    method: 'POST',
    path: path('/calendars/{calendarId}/events/import'),
    scopes: EVENTS_WRITE,
    run: imported,
  },
  { method: 'POST', path: path('/calendars/{calendarId}/events'), scopes: EVENTS_WRITE, run: inserted },
  {
    method: 'PATCH',
    path: one,
    scopes: EVENTS_WRITE,
    run: (call) => changed(call, 'events.patch', readPatch),
  },
  {
    method: 'PUT',
    path: one,
    scopes: EVENTS_WRITE,
    // All members are replaced: those that are absent are cleared.
    run: (call) =>
      changed(call, 'events.update', (calendar, row, body) =>
        readPatch(
          calendar,
          {
            ...row,
            attendees: body.attendeesOmitted === true ? row.attendees : [],
            recurrence: [],
            fields: row.fields.attendeesOmitted === true ? { attendeesOmitted: true } : {},
          },
          { ...body, start: body.start ?? null, end: body.end ?? null },
        ),
      ),
  },
  { method: 'DELETE', path: one, scopes: EVENTS_WRITE, run: removed },
];

function inserted(call: Call): Answer {
  const calendar = writableCalendar(call.desk, call.calendarId);
  const draft = readEvent(calendar, call.body);
  const id = readId(call.desk, call.body);
  if (calendarTables(call.desk).events.get(eventKey(calendar.id, id))) throw duplicate();
  const { iCalUID } = call.body;
  const row = create(call.desk, calendar, draft, { id, ...(typeof iCalUID === 'string' ? { iCalUID } : {}) });
  return written(call, calendar, row, 'events.insert', 'create');
}

/** A private copy of an event known elsewhere by its iCalUID; the same one again changes the copy. */
function imported(call: Call): Answer {
  const calendar = writableCalendar(call.desk, call.calendarId);
  const { iCalUID, organizer } = call.body;
  if (typeof iCalUID !== 'string' || iCalUID === '') throw required('Missing iCalUID.');
  if (typeof call.body.recurringEventId === 'string') return importedOccurrence(call, calendar);
  const draft = readEvent(calendar, call.body);
  const held = calendarTables(call.desk)
    .events.all()
    .find((row) => row.calendarId === calendar.id && row.iCalUID === iCalUID && row.exceptionOf === null);
  const email = (organizer as { email?: unknown } | undefined)?.email;
  const row = held
    ? change(call.desk, calendar, { kind: 'event', row: held }, draft)
    : create(call.desk, calendar, draft, {
        id: readId(call.desk, { ...call.body, id: undefined }),
        iCalUID,
        organizer: typeof email === 'string' ? email : undefined,
      });
  return written(call, calendar, row, 'events.import', held ? 'update' : 'create');
}

/** One occurrence of a series: it names the series and its own place in it, which nobody changes afterwards. */
function importedOccurrence(call: Call, calendar: CalendarRow): Answer {
  const row = put(call.desk, readInvitation(call.desk, calendar, { ...call.body, id: undefined }));
  return written(call, calendar, row, 'events.import', 'create');
}

function changed(
  call: Call,
  operation: string,
  read: (calendar: CalendarRow, row: EventRow, body: Call['body']) => Draft,
): Answer {
  const calendar = writableCalendar(call.desk, call.calendarId);
  const found = findEvent(call.desk, calendar.id, call.eventId);
  checkMatch(call, found);
  const row = change(call.desk, calendar, found, read(calendar, rowOf(found), call.body));
  return written(call, calendar, row, operation, 'update');
}

function removed(call: Call): Answer {
  const calendar = writableCalendar(call.desk, call.calendarId);
  const found = findEvent(call.desk, calendar.id, call.eventId);
  if (rowOf(found).status === 'cancelled') throw deleted();
  checkMatch(call, found);
  const before = rowOf(found);
  const row = cancel(call.desk, found);
  written(call, calendar, { ...before, status: row.status, change: row.change }, 'events.delete', 'delete');
  return { status: 204 };
}

const rowOf = (found: Found): EventRow => (found.kind === 'event' ? found.row : asRow(found.instance));

function checkMatch({ ifMatch }: Call, found: Found): void {
  if (ifMatch === undefined || ifMatch === '*') return;
  if (ifMatch !== etagOf(rowOf(found).change)) throw conditionNotMet();
}

function written(
  call: Call,
  calendar: CalendarRow,
  row: EventRow,
  operation: string,
  action: 'create' | 'update' | 'delete',
): Answer {
  const { desk, query } = call;
  const send = sendUpdatesOf(query);
  const body = shownEvent(calendar, row, zone(query, calendar.timeZone));
  const id = typeof call.body.id === 'string' && action === 'create' ? call.body.id : null;
  desk.wrote({ operation, object: 'event', id: row.id, action, marker: id ?? row.id, record: body });
  mail(desk, row, send, operation);
  notifyChannels(desk, calendar.id);
  return { body };
}
