import { createHash } from 'node:crypto';
import { isLone } from './find.ts';
import { instancesOf, isWithin, type Window } from './instances.ts';
import type { Call } from './operation.ts';
import { count, flag, moment } from './query.ts';
import { fullSyncRequired, invalid, invalidParameter, timeRangeEmpty } from './refusal.ts';
import { type CalendarRow, type EventRow, eventsOf, lastChange, tokenEpoch } from './rows.ts';
import { millisecondsOf } from './time.ts';
import { readToken, writeToken } from './tokens.ts';

/** Not to be given together with a sync token. */
const NOT_WITH_TOKEN = [
  'iCalUID',
  'orderBy',
  'privateExtendedProperty',
  'q',
  'sharedExtendedProperty',
  'timeMin',
  'timeMax',
  'updatedMin',
];
/** A list narrowed by one of these is followed by nothing. */
const UNFOLLOWED = NOT_WITH_TOKEN.filter((name) => name !== 'timeMin' && name !== 'timeMax');
/** What has to be the same at each call that follows. */
const BOUND = ['singleEvents', 'eventTypes', 'maxAttendees', 'showHiddenInvitations'];

export interface Listed {
  readonly rows: readonly EventRow[];
  readonly nextPageToken?: string;
  readonly nextSyncToken?: string;
}

/** `events.list`. https://developers.google.com/workspace/calendar/api/guides/sync */
export function listed(call: Call, calendar: CalendarRow): Listed {
  const { desk, query } = call;
  const syncToken = query.get('syncToken');
  const bound = boundOf(calendar, query);
  if (syncToken !== null) {
    const extra = NOT_WITH_TOKEN.find((name) => query.has(name));
    if (extra !== undefined)
      throw invalid(`Sync token cannot be used with other query restrictions: ${extra}`);
    if (query.get('showDeleted') === 'false') throw invalidParameter('showDeleted', 'false');
  }
  const epoch = tokenEpoch(desk);
  const since = syncToken === null ? null : readToken('sync', syncToken);
  if (syncToken !== null && (since === null || since.epoch !== epoch || since.calendar !== calendar.id))
    throw fullSyncRequired();
  if (since !== null && since.bound !== bound)
    throw invalid('The parameters differ from those of the list that gave the sync token.');

  const given = query.get('pageToken');
  const page = given === null ? null : readToken('page', given);
  if (given !== null && (page === null || page.calendar !== calendar.id))
    throw invalidParameter('pageToken', given);
  // Changes made while pages are fetched are told by the token of the last one.
  const upTo = page?.change ?? lastChange(desk);
  const offset = page?.offset ?? 0;
  const all = since === null ? found(call, calendar) : changedSince(call, calendar, since.change);
  const size = count(query, 'maxResults', 250, 2_500);
  const rows = all.slice(offset, offset + size);
  const token = { calendar: calendar.id, epoch, bound, change: upTo, offset: 0 };
  if (all.length > offset + size)
    return { rows, nextPageToken: writeToken('page', { ...token, offset: offset + size }) };
  return UNFOLLOWED.some((name) => query.has(name))
    ? { rows }
    : { rows, nextSyncToken: writeToken('sync', token) };
}

function changedSince({ desk, query }: Call, calendar: CalendarRow, change: number): EventRow[] {
  const rows = eventsOf(desk, calendar.id)
    .filter((row) => row.change > change && isOfType(row, query))
    .sort((a, b) => a.change - b.change);
  if (!flag(query, 'singleEvents')) return rows;
  return rows.flatMap((row) => expanded(desk, calendar, row, { from: null, to: null }));
}

function found(call: Call, calendar: CalendarRow): EventRow[] {
  const { desk, query } = call;
  const window: Window = { from: moment(query, 'timeMin'), to: moment(query, 'timeMax') };
  if (window.from !== null && window.to !== null && window.from >= window.to) throw timeRangeEmpty();
  const single = flag(query, 'singleEvents');
  const updatedMin = moment(query, 'updatedMin');
  const showDeleted = flag(query, 'showDeleted') || updatedMin !== null;
  const orderBy = query.get('orderBy');
  if (orderBy !== null && orderBy !== 'startTime' && orderBy !== 'updated')
    throw invalidParameter('orderBy', orderBy);
  if (orderBy === 'startTime' && !single)
    throw invalid('The requested ordering is not available for the particular query.');

  const rows = eventsOf(desk, calendar.id)
    .filter((row) => isOfType(row, query) && isSearched(row, query))
    .filter((row) => updatedMin === null || Date.parse(row.updated) >= updatedMin)
    .flatMap((row) => (single ? expanded(desk, calendar, row, window) : [row]))
    // Cancelled exceptions are part of their series: shown as long as the series itself is.
    .filter((row) => row.status !== 'cancelled' || showDeleted || (!single && row.exceptionOf !== null))
    .filter((row) => single || isSeriesWithin(call, calendar, row, window));
  if (orderBy === 'updated') return rows.sort((a, b) => a.change - b.change);
  if (orderBy === 'startTime') return rows.sort((a, b) => startOf(calendar, a) - startOf(calendar, b));
  return rows;
}

const startOf = (calendar: CalendarRow, row: EventRow): number =>
  millisecondsOf(row.start, calendar.timeZone);

/** Recurring events as their instances; exceptions then stand among those. */
function expanded(desk: Call['desk'], calendar: CalendarRow, row: EventRow, window: Window): EventRow[] {
  if (row.exceptionOf !== null && !isLone(desk, row)) return [];
  if (row.recurrence.length === 0 || row.status === 'cancelled')
    return isWithin(calendar, row, window) ? [row] : [];
  return instancesOf(desk, calendar, row, window);
}

function isSeriesWithin({ desk }: Call, calendar: CalendarRow, row: EventRow, window: Window): boolean {
  if (window.from === null && window.to === null) return true;
  if (row.recurrence.length === 0) return isWithin(calendar, row, window);
  return instancesOf(desk, calendar, row, window).length > 0;
}

function isOfType(row: EventRow, query: URLSearchParams): boolean {
  const types = query.getAll('eventTypes');
  return types.length === 0 || types.includes(String(row.fields.eventType ?? 'default'));
}

function isSearched(row: EventRow, query: URLSearchParams): boolean {
  const iCalUID = query.get('iCalUID');
  if (iCalUID !== null && row.iCalUID !== iCalUID) return false;
  for (const kind of ['private', 'shared'] as const) {
    for (const pair of query.getAll(`${kind}ExtendedProperty`)) {
      const [name = '', value = ''] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
      const held = row.fields.extendedProperties as Record<string, Record<string, string>> | undefined;
      if (held?.[kind]?.[name] !== value) return false;
    }
  }
  const words = (query.get('q') ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  const { summary, description, location } = row.fields;
  const people = row.attendees.flatMap(({ email, displayName }) => [email, displayName]);
  const text = [summary, description, location, row.organizer, ...people].join(' ').toLowerCase();
  return words.every((word) => text.includes(word));
}

function boundOf(calendar: CalendarRow, query: URLSearchParams): string {
  const values = BOUND.map((name) => query.getAll(name).sort().join(','));
  return createHash('sha256')
    .update(JSON.stringify([calendar.id, values]))
    .digest('base64url')
    .slice(0, 12);
}
