import type { VendorDesk } from '../core/simulator.ts';
import { findCalendar } from './find.ts';
import { type Answer, CALENDARS_READ, type Call, LIST_READ, type Operation, path } from './operation.ts';
import { count } from './query.ts';
import { fullSyncRequired, invalidParameter } from './refusal.ts';
import { type CalendarRow, calendarTables, tokenEpoch } from './rows.ts';
import { etagOf } from './shown-event.ts';
import { readToken, writeToken } from './tokens.ts';

const ROLES = ['freeBusyReader', 'reader', 'writer', 'owner'];

export const calendarOperations: readonly Operation[] = [
  {
    method: 'GET',
    path: path('/calendars/{calendarId}'),
    scopes: CALENDARS_READ,
    run: ({ desk, calendarId }) => ({ body: shownCalendar(findCalendar(desk, calendarId)) }),
  },
  {
    method: 'GET',
    path: path('/users/me/calendarList/{calendarId}'),
    scopes: LIST_READ,
    run: ({ desk, calendarId }) => ({ body: shownEntry(findCalendar(desk, calendarId)) }),
  },
  { method: 'GET', path: path('/users/me/calendarList'), scopes: LIST_READ, run: list },
];

function list({ desk, query }: Call): Answer {
  const least = query.get('minAccessRole') ?? 'freeBusyReader';
  if (!ROLES.includes(least)) throw invalidParameter('minAccessRole', least);
  const given = query.get('syncToken');
  const since = given === null ? null : readToken('sync', given);
  if (given !== null && since?.epoch !== tokenEpoch(desk)) throw fullSyncRequired();
  const all = calendarTables(desk)
    .calendars.all()
    .filter(({ accessRole }) => ROLES.indexOf(accessRole) >= ROLES.indexOf(least));
  const size = count(query, 'maxResults', 100, 250);
  const start = Number(query.get('pageToken') ?? 0) || 0;
  // The list itself never changes here: what follows a sync token is nothing.
  const items = since === null ? all.slice(start, start + size) : [];
  const tokens =
    since === null && all.length > start + size
      ? { nextPageToken: String(start + size) }
      : { nextSyncToken: nextSyncToken(desk) };
  return {
    body: { kind: 'calendar#calendarList', etag: etagOf(0), ...tokens, items: items.map(shownEntry) },
  };
}

const nextSyncToken = (desk: VendorDesk): string =>
  writeToken('sync', { calendar: '', epoch: tokenEpoch(desk), bound: '', change: 0, offset: 0 });

function shownCalendar({ id, summary, description, timeZone }: CalendarRow): object {
  const text = description === undefined ? {} : { description };
  return { kind: 'calendar#calendar', etag: etagOf(0), id, summary, ...text, timeZone };
}

function shownEntry(calendar: CalendarRow): object {
  const { id, summary, description, timeZone, accessRole, primary, backgroundColor } = calendar;
  return {
    kind: 'calendar#calendarListEntry',
    etag: etagOf(0),
    id,
    summary,
    ...(description === undefined ? {} : { description }),
    timeZone,
    colorId: '14',
    backgroundColor,
    foregroundColor: '#000000',
    selected: true,
    accessRole,
    defaultReminders: primary ? [{ method: 'popup', minutes: 10 }] : [],
    ...(primary ? { primary: true } : {}),
  };
}
