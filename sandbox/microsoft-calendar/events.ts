import type { Reply } from '../kit/refusal.ts';
import { type Call, context, type Operation } from '../microsoft/operation.ts';
import { badRequest, GraphRefusal, notFound } from '../microsoft/refusal.ts';
import {
  type Bounds,
  changeEvent,
  eventsIn,
  instancesOf,
  isBare,
  makeEvent,
  removeEvent,
  standingEvent,
  viewOf,
} from './book.ts';
import { mailAttendees } from './mails.ts';
import { readChange, readNewEvent } from './read-event.ts';
import { type CalendarRow, calendarTables, DEFAULT_CALENDAR, type EventRow } from './rows.ts';
import { READ, WRITE } from './scopes.ts';
import { calendarUidOf, etagOf, shownEvent } from './shown-event.ts';

const LIST = { usual: 10, most: 1_000 } as const;
const OF_ONE = 'users(%27me%27)/events/$entity';
const MOST_DAYS = 1_825;
const DAY_MS = 86_400_000;

/** https://learn.microsoft.com/graph/api/resources/event#methods */
export const eventOperations: readonly Operation[] = [
  { method: 'GET', path: '/me/calendars', scopes: READ, run: calendars },
  { method: 'GET', path: '/me/calendarView', scopes: READ, run: view },
  { method: 'GET', path: '/me/events', scopes: READ, run: list },
  { method: 'GET', path: '/me/calendar/events', scopes: READ, run: list },
  { method: 'GET', path: '/me/calendars/{calendar}/events', scopes: READ, run: list },
  { method: 'POST', path: '/me/events', scopes: WRITE, run: create },
  { method: 'POST', path: '/me/calendars/{calendar}/events', scopes: WRITE, run: create },
  { method: 'GET', path: '/me/events/{id}', scopes: READ, run: read },
  { method: 'PATCH', path: '/me/events/{id}', scopes: WRITE, run: update },
  { method: 'DELETE', path: '/me/events/{id}', scopes: WRITE, run: remove },
  { method: 'GET', path: '/me/events/{id}/instances', scopes: READ, run: instances },
];

const selectedIn = (query: URLSearchParams): readonly string[] | null =>
  query
    .get('$select')
    ?.split(',')
    .map((name) => name.trim()) ?? null;

export function calendarOf({ desk, path }: Call): CalendarRow {
  const found = calendarTables(desk).calendars.get(path.calendar ?? DEFAULT_CALENDAR);
  if (!found) throw notFound();
  if (found.isClosed) throw denied();
  return found;
}

function calendars({ desk, query }: Call): Reply {
  const select = selectedIn(query);
  const value = calendarTables(desk)
    .calendars.all()
    .filter(({ isClosed }) => isClosed !== true)
    .map(({ id, name, isDefault, canEdit }) => {
      const whole: Readonly<Record<string, unknown>> = {
        id,
        name,
        color: 'auto',
        isDefaultCalendar: isDefault,
        canShare: canEdit,
        canViewPrivateItems: canEdit,
        canEdit,
        allowedOnlineMeetingProviders: ['teamsForBusiness'],
        defaultOnlineMeetingProvider: 'teamsForBusiness',
        isTallyingResponses: true,
        isRemovable: !isDefault,
      };
      const names = select === null ? Object.keys(whole) : ['id', ...select];
      return Object.fromEntries(names.flatMap((one) => (one in whole ? [[one, whole[one]]] : [])));
    });
  return { body: { ...context('users(%27me%27)/calendars'), value } };
}

/** Both bounds are needed, and lie less than five years apart. */
export function boundsIn(query: URLSearchParams): Bounds {
  const moment = (name: string): number => {
    const text = query.get(name) ?? '';
    const at = Date.parse(/(Z|[+-]\d\d:\d\d)$/.test(text) ? text : `${text}Z`);
    if (Number.isNaN(at))
      throw badRequest(
        `This request requires a time window specified by the query string parameters StartDateTime and EndDateTime.`,
        'ErrorInvalidParameter',
      );
    return at;
  };
  const bounds = { from: moment('startDateTime'), to: moment('endDateTime') };
  if (bounds.to - bounds.from > MOST_DAYS * DAY_MS)
    throw badRequest(
      `Requested time duration specified for calendar view is too long. It should be less than ${MOST_DAYS} days.`,
      'ErrorCalendarViewRangeTooBig',
    );
  return bounds;
}

function paged(call: Call, path: string, rows: readonly EventRow[]): Reply {
  const { desk, query, prefers } = call;
  const top = Number(query.get('$top') ?? prefers.pageSize ?? LIST.usual);
  const skip = Number(query.get('$skip') ?? 0);
  if (!Number.isInteger(top) || top < 1 || top > LIST.most || !Number.isInteger(skip) || skip < 0)
    throw badRequest(`The value of '$top' or '$skip' is out of range.`);
  const next = new URL(`https://graph.microsoft.com/v1.0${path}`);
  for (const [name, value] of query) next.searchParams.set(name, value);
  next.searchParams.set('$skip', String(skip + top));
  const select = selectedIn(query);
  return {
    body: {
      ...context('users(%27me%27)/events'),
      value: rows
        .slice(skip, skip + top)
        .map((row) => shownEvent(row, prefers, { select, isBare: isBare(desk, row) })),
      ...(skip + top < rows.length ? { '@odata.nextLink': next.href } : {}),
    },
  };
}

function view(call: Call): Reply {
  return paged(call, '/me/calendarView', viewOf(call.desk, DEFAULT_CALENDAR, boundsIn(call.query)));
}

/** Single events and series that lie in a calendar, the account's own where none is named. */
function list(call: Call): Reply {
  const calendar = calendarOf(call);
  const filter = call.query.get('$filter');
  const isSought = filter === null ? () => true : conditionOf(filter);
  const rows = eventsIn(call.desk, calendar.id).filter((row) => row.masterId === null && isSought(row));
  return paged(
    call,
    call.path.calendar === undefined
      ? '/me/events'
      : `/me/calendars/${encodeURIComponent(calendar.id)}/events`,
    rows,
  );
}

/** The one filter that is known here. https://github.com/microsoftgraph/microsoft-graph-docs/issues/6247 */
function conditionOf(filter: string): (row: EventRow) => boolean {
  const sought = /^iCalUId eq '((?:[^']|'')*)'$/.exec(filter)?.[1]?.replaceAll("''", "'");
  if (sought === undefined) throw badRequest('The filter is not supported.', 'ErrorInvalidUrlQueryFilter');
  return (row) => calendarUidOf(row) === sought;
}

function instances(call: Call): Reply {
  const series = opened(call);
  if (series.recurrence === null || series.masterId !== null)
    throw badRequest('The request is not supported for an event that is no series.', 'ErrorInvalidRequest');
  const rows = instancesOf(call.desk, series, boundsIn(call.query));
  return paged(call, `/me/events/${encodeURIComponent(call.id)}/instances`, rows);
}

function shown(call: Call, row: EventRow): object {
  const options = { select: selectedIn(call.query), isBare: isBare(call.desk, row) };
  return { ...context(OF_ONE), ...shownEvent(row, call.prefers, options) };
}

/** One by its id, unless it is of a calendar that is shared no longer. */
function opened({ desk, id }: Call): EventRow {
  const row = standingEvent(desk, id);
  if (calendarTables(desk).calendars.get(row.calendarId)?.isClosed) throw denied();
  return row;
}

function read(call: Call): Reply {
  return { body: shown(call, opened(call)) };
}

function create(call: Call): Reply {
  const { desk, body } = call;
  const calendar = calendarOf(call);
  if (!calendar.canEdit) throw denied();
  const given = readNewEvent(calendar.id, body);
  // A repeat of the same request is answered as the first one was, and makes nothing.
  const before = eventsIn(desk, calendar.id).find(
    ({ transactionId }) => transactionId !== null && transactionId === given.transactionId,
  );
  if (before) return { status: 201, body: shown(call, before) };
  const row = makeEvent(desk, given);
  mailAttendees(desk, 'invitation', row);
  noted(desk, 'POST /me/events', row, 'create');
  return { status: 201, body: shown(call, row) };
}

const denied = (): GraphRefusal =>
  new GraphRefusal(403, 'ErrorAccessDenied', 'Access is denied. Check credentials and try again.');

function checkState({ ifMatch }: Call, row: EventRow): void {
  if (ifMatch !== undefined && ifMatch !== '*' && ifMatch !== etagOf(row))
    throw new GraphRefusal(
      412,
      'ErrorIrresolvableConflict',
      'The send or update operation could not be performed because the change key passed in the request does not match the current change key for the item.',
    );
}

function update(call: Call): Reply {
  const { desk, body } = call;
  const row = opened(call);
  checkState(call, row);
  if (body.transactionId !== undefined)
    throw badRequest('TransactionId cannot be changed.', 'ErrorInvalidRequest');
  const changed = changeEvent(desk, row, readChange(row, body));
  const isPeopleOnly = Object.keys(body).every((name) => name === 'attendees');
  const unlike = (one: EventRow, other: EventRow): string[] =>
    one.attendees
      .map(({ address }) => address)
      .filter((address) => !other.attendees.some((held) => held.address === address));
  mailAttendees(desk, 'cancellation', row, unlike(row, changed));
  mailAttendees(desk, 'update', changed, isPeopleOnly ? unlike(changed, row) : undefined);
  noted(desk, 'PATCH /me/events/{id}', changed, 'update');
  return { body: shown(call, changed) };
}

function remove(call: Call): Reply {
  const { desk } = call;
  const row = opened(call);
  checkState(call, row);
  removeEvent(desk, row);
  mailAttendees(desk, 'cancellation', row);
  noted(desk, 'DELETE /me/events/{id}', row, 'delete');
  return { status: 204 };
}

const noted = (
  desk: Call['desk'],
  operation: string,
  row: EventRow,
  action: 'create' | 'update' | 'delete',
): void =>
  desk.wrote({ operation, object: 'event', id: row.id, action, marker: row.transactionId, record: row });
