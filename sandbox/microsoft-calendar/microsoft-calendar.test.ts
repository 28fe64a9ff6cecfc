import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningSandbox, startSandbox } from '../core/host.ts';
import { microsoftAccounts } from '../microsoft-accounts/simulator.ts';
import { daysOf, type Pattern } from './pattern.ts';
import { microsoftCalendar } from './simulator.ts';

/** What Graph refuses of a calendar, and what it makes of a series. */

const CLIENT = 'sandbox-microsoft';
const REDIRECT = 'http://127.0.0.1:3000/oauth/callback';
let folder: string;
let sandbox: RunningSandbox;
let token: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'liaison-outlook-calendar-'));
  const simulators = [microsoftAccounts, microsoftCalendar];
  sandbox = await startSandbox({ port: 0, dataFolder: folder, simulators, scenarios: [] });
  token = await tokenFor('offline_access User.Read Calendars.ReadWrite');
});
afterAll(async () => {
  await sandbox.stop();
  rmSync(folder, { recursive: true });
});

async function tokenFor(scope: string): Promise<string> {
  const consent = await fetch(`${sandbox.url}/_sandbox/consents/microsoft-accounts`, {
    method: 'POST',
    body: JSON.stringify({ clientId: CLIENT, redirectUri: REDIRECT, scope }),
  });
  const { code } = (await consent.json()) as { code: string };
  const answer = await fetch(`${sandbox.url}/microsoft-accounts/common/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      client_id: CLIENT,
      client_secret: 'sandbox-secret-microsoft',
      grant_type: 'authorization_code',
      redirect_uri: REDIRECT,
      code,
    }),
  });
  return String(((await answer.json()) as { access_token: string }).access_token);
}

interface Answer {
  readonly status: number;
  readonly code: string | undefined;
  // biome-ignore lint/suspicious/noExplicitAny: as it came.
  readonly body: any;
}
async function graph(
  method: string,
  path: string,
  body?: object,
  headers: Record<string, string> = {},
  as = token,
): Promise<Answer> {
  const answer = await fetch(`${sandbox.url}/microsoft-calendar/v1.0${path}`, {
    method,
    headers: {
      authorization: `Bearer ${as}`,
      prefer: 'IdType="ImmutableId"',
      ...(body && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  const read = text === '' ? null : JSON.parse(text);
  return { status: answer.status, code: read?.error?.code, body: read };
}
const at = (dateTime: string, timeZone = 'Romance Standard Time') => ({ dateTime, timeZone });
const meeting = { subject: 'Essai', start: at('2027-01-04T10:00:00'), end: at('2027-01-04T11:00:00') };
const series = (pattern: object, range: object = {}) => ({
  ...meeting,
  recurrence: {
    pattern: { interval: 1, ...pattern },
    range: { type: 'numbered', startDate: '2027-01-04', numberOfOccurrences: 5, ...range },
  },
});
const monday = { type: 'weekly', daysOfWeek: ['monday'], firstDayOfWeek: 'monday' };

it.each([
  [
    'a time zone that it does not know',
    { ...meeting, start: at('2027-01-04T10:00:00', 'Nirgends') },
    'TimeZoneNotSupportedException',
  ],
  [
    'an end before its start',
    { ...meeting, end: at('2027-01-04T09:00:00') },
    'ErrorPropertyValidationFailure',
  ],
  ['no start', { subject: 'x', end: meeting.end }, 'ErrorPropertyValidationFailure'],
  ['a day that begins at ten', { ...meeting, isAllDay: true }, 'ErrorInvalidRequest'],
  [
    'a day of no length',
    { ...meeting, isAllDay: true, start: at('2027-01-04T00:00:00'), end: at('2027-01-04T00:00:00') },
    'ErrorInvalidRequest',
  ],
  ['a member that it has not', { ...meeting, colour: 'red' }, 'RequestBodyRead'],
  ['a sensitivity that there is not', { ...meeting, sensitivity: 'secret' }, 'RequestBodyRead'],
  [
    'somebody without an address',
    { ...meeting, attendees: [{ emailAddress: { name: 'x' } }] },
    'RequestBodyRead',
  ],
  [
    'a pattern with a member that its type does not use',
    series({ ...monday, dayOfMonth: 4 }),
    'ErrorPropertyValidationFailure',
  ],
  [
    'a pattern that lacks what its type needs',
    series({ type: 'absoluteMonthly' }),
    'ErrorPropertyValidationFailure',
  ],
  [
    'a range that begins on another day',
    series(monday, { startDate: '2027-01-05' }),
    'ErrorPropertyValidationFailure',
  ],
])('refuses %s', async (_, body, code) => {
  expect(await graph('POST', '/me/events', body)).toMatchObject({ status: 400, code });
});

it('refuses who may not, a calendar that can only be read, an older state, a longer view than five years', async () => {
  const reader = await tokenFor('offline_access User.Read Contacts.ReadWrite');
  expect((await graph('GET', '/me/events', undefined, {}, reader)).status).toBe(403);
  expect((await graph('POST', '/me/calendars/AAMkADvFeries%3D/events', meeting)).code).toBe(
    'ErrorAccessDenied',
  );
  const { body } = await graph('POST', '/me/events', meeting);
  const changed = await graph('PATCH', `/me/events/${encodeURIComponent(body.id)}`, { subject: 'Autre' });
  expect(changed.body.subject).toBe('Autre');
  const late = await graph(
    'PATCH',
    `/me/events/${encodeURIComponent(body.id)}`,
    { subject: 'x' },
    { 'if-match': body['@odata.etag'] },
  );
  expect([late.status, late.code]).toEqual([412, 'ErrorIrresolvableConflict']);
  const long = '/me/calendarView?startDateTime=2026-01-01T00:00:00Z&endDateTime=2036-01-01T00:00:00Z';
  expect((await graph('GET', long)).code).toBe('ErrorCalendarViewRangeTooBig');
  const choosy =
    '/me/calendarView/delta?startDateTime=2027-01-01T00:00:00Z&endDateTime=2028-01-01T00:00:00Z&$select=id';
  expect((await graph('GET', choosy)).code).toBe('ErrorInvalidUrlQuery');
});

it('names a date of a series as little as it may, and a deleted one nowhere; no date passes another', async () => {
  const made = await graph('POST', '/me/events', series(monday));
  const id = encodeURIComponent(made.body.id);
  const first = await graph(
    'GET',
    '/me/calendarView/delta?startDateTime=2027-01-01T00:00:00Z&endDateTime=2027-03-01T00:00:00Z',
    undefined,
    {
      prefer: 'IdType="ImmutableId", odata.maxpagesize=100',
    },
  );
  const own = first.body.value.filter(
    (one: { seriesMasterId?: string }) => one.seriesMasterId === made.body.id,
  );
  expect(own).toHaveLength(5);
  expect(Object.keys(own[0]).sort()).toEqual([
    '@odata.etag',
    '@odata.type',
    'end',
    'id',
    'seriesMasterId',
    'start',
    'type',
  ]);
  const [one, two] = own as { id: string }[];
  const path = (part: { id: string } | undefined) => `/me/events/${encodeURIComponent(part?.id ?? '')}`;
  const far = { start: at('2027-01-20T10:00:00'), end: at('2027-01-20T11:00:00') };
  expect((await graph('PATCH', path(two), far)).code).toBe('ErrorOccurrenceCrossingBoundary');
  expect((await graph('DELETE', path(one))).status).toBe(204);
  expect((await graph('GET', path(one))).status).toBe(404);
  const link = new URL(first.body['@odata.deltaLink']);
  const next = await graph('GET', `/me/calendarView/delta${link.search}`);
  expect(JSON.stringify(next.body.value)).not.toContain(one?.id);
  const instances = await graph(
    'GET',
    `/me/events/${id}/instances?startDateTime=2027-01-01T00:00:00Z&endDateTime=2028-01-01T00:00:00Z`,
  );
  expect(instances.body.value).toHaveLength(4);
});

it('what goes to another calendar is gone from its own, dates that were changed too, also once it is deleted there', async () => {
  const act = (body: object) =>
    fetch(`${sandbox.url}/_sandbox/acts/microsoft-calendar`, { method: 'POST', body: JSON.stringify(body) });
  const made = await graph('POST', '/me/events', { ...series(monday), subject: 'Déménage' });
  const window = '?startDateTime=2027-01-01T00:00:00Z&endDateTime=2027-03-01T00:00:00Z';
  const prefer = { prefer: 'IdType="ImmutableId", odata.maxpagesize=200' };
  const first = await graph('GET', `/me/calendarView/delta${window}`, undefined, prefer);
  const dates = first.body.value.filter(
    ({ seriesMasterId }: { seriesMasterId?: string }) => seriesMasterId === made.body.id,
  );
  const changed = dates[1].id as string;
  await graph('PATCH', `/me/events/${encodeURIComponent(changed)}`, { subject: 'Autrement' });
  for (const body of [
    { act: 'move', event: made.body.id, to: 'team' },
    { act: 'delete', event: made.body.id },
  ])
    expect((await act(body)).status).toBe(200);
  const link = new URL(first.body['@odata.deltaLink']);
  const { value } = (await graph('GET', `/me/calendarView/delta${link.search}`, undefined, prefer)).body;
  const told = value.filter(({ id }: { id: string }) => [made.body.id, changed].includes(id));
  expect(told).toEqual([
    expect.objectContaining({ id: changed, '@removed': { reason: 'deleted' } }),
    expect.objectContaining({ id: made.body.id, '@removed': { reason: 'deleted' } }),
  ]);
});

it('refuses a link that it never gave', async () => {
  expect(await graph('GET', '/me/calendarView/delta?$deltatoken=nonsense')).toMatchObject({
    status: 400,
    body: { error: { code: 'ErrorInvalidUrlQuery' } },
  });
});

describe('the days of a pattern', () => {
  const days = (pattern: Partial<Pattern>, startDate: string, numberOfOccurrences: number) =>
    daysOf(
      {
        pattern: {
          type: 'daily',
          interval: 1,
          daysOfWeek: [],
          firstDayOfWeek: 'sunday',
          dayOfMonth: 0,
          month: 0,
          index: 'first',
          ...pattern,
        },
        range: {
          type: 'numbered',
          startDate,
          numberOfOccurrences,
          endDate: '0001-01-01',
          recurrenceTimeZone: '',
        },
      },
      '9999-12-31',
    );
  it.each<[string, Partial<Pattern>, string, readonly string[]]>([
    [
      'every second week, weeks beginning on Sunday',
      { type: 'weekly', interval: 2, daysOfWeek: ['sunday', 'monday'] },
      '2027-01-04',
      ['2027-01-04', '2027-01-17', '2027-01-18'],
    ],
    [
      'weeks beginning on Monday',
      { type: 'weekly', interval: 2, daysOfWeek: ['sunday', 'monday'], firstDayOfWeek: 'monday' },
      '2027-01-04',
      ['2027-01-04', '2027-01-10', '2027-01-18'],
    ],
    [
      'the last day of a shorter month',
      { type: 'absoluteMonthly', dayOfMonth: 31 },
      '2027-01-31',
      ['2027-01-31', '2027-02-28', '2027-03-31'],
    ],
    [
      'the first weekday',
      { type: 'relativeMonthly', daysOfWeek: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'] },
      '2027-01-01',
      ['2027-01-01', '2027-02-01', '2027-03-01'],
    ],
    [
      'the last Friday',
      { type: 'relativeMonthly', daysOfWeek: ['friday'], index: 'last' },
      '2027-01-01',
      ['2027-01-29', '2027-02-26', '2027-03-26'],
    ],
    [
      'every year',
      { type: 'absoluteYearly', dayOfMonth: 29, month: 2 },
      '2028-02-29',
      ['2028-02-29', '2029-02-28', '2030-02-28'],
    ],
  ])('%s', (_, pattern, from, wanted) => {
    expect(days(pattern, from, 3)).toEqual(wanted);
  });
});
