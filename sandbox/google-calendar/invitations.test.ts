import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningSandbox, startSandbox } from '../core/host.ts';
import { account } from '../google-accounts/account.ts';
import { googleAccounts } from '../google-accounts/simulator.ts';
import { googleCalendar } from './simulator.ts';

const EVENTS = '/calendar/v3/calendars/primary/events';
const redirectUri = 'http://127.0.0.1:3000/api/v1/oauth/callback';
const at = (dateTime: string, timeZone?: string) => ({ dateTime, ...(timeZone ? { timeZone } : {}) });
const once = { start: at('2027-01-14T10:00:00+01:00'), end: at('2027-01-14T11:00:00+01:00') };

interface Shown {
  readonly id: string;
  readonly etag: string;
  readonly status: string;
  readonly recurringEventId?: string;
  readonly start: { readonly dateTime: string; readonly timeZone?: string };
  readonly attendees?: readonly Record<string, unknown>[];
  readonly attendeesOmitted?: boolean;
  readonly items: readonly Shown[];
  readonly nextSyncToken: string;
}

let folder: string;
let sandbox: RunningSandbox;
let token: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'liaison-invitations-'));
  sandbox = await startSandbox({
    port: 0,
    dataFolder: folder,
    simulators: [googleAccounts, googleCalendar],
    scenarios: [],
  });
  const post = async (path: string, body: string | URLSearchParams) =>
    (await (await fetch(`${sandbox.url}${path}`, { method: 'POST', body })).json()) as Record<string, string>;
  const client = { client_id: 'sandbox-google-calendar', client_secret: 'sandbox-secret-google-calendar' };
  const wish = { clientId: client.client_id, redirectUri, scope: 'https://www.googleapis.com/auth/calendar' };
  const { code = '' } = await post('/_sandbox/consents/google-accounts', JSON.stringify(wish));
  const form = { ...client, code, redirect_uri: redirectUri, grant_type: 'authorization_code' };
  token = (await post('/google-accounts/token', new URLSearchParams(form))).access_token ?? '';
});
afterAll(async () => {
  await sandbox.stop();
  rmSync(folder, { recursive: true });
});

async function api(method: string, path: string, body?: object): Promise<Shown & { readonly http: number }> {
  const answer = await fetch(`${sandbox.url}/google-calendar${path}`, {
    method,
    headers: { authorization: `Bearer ${token}` },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const text = await answer.text();
  return { ...(text === '' ? {} : JSON.parse(text)), http: answer.status } as Shown & { http: number };
}
async function act(wish: object): Promise<{ readonly id: string; readonly http: number }> {
  const body = JSON.stringify(wish);
  const answer = await fetch(`${sandbox.url}/_sandbox/acts/google-calendar`, { method: 'POST', body });
  return { ...((await answer.json()) as { id: string }), http: answer.status };
}
const starts = async (summary: string, recurrence: readonly string[], from: string, zone: string) => {
  const end = new Date(Date.parse(from) + 3_600_000).toISOString();
  const { id } = await api('POST', EVENTS, {
    summary,
    start: at(from, zone),
    end: at(end, zone),
    recurrence,
  });
  const { items } = await api('GET', `${EVENTS}/${id}/instances?timeZone=UTC`);
  return items.map(({ start }) => start.dateTime);
};

test('who is invited to one occurrence has that one, and not its series', async () => {
  const { nextSyncToken } = await api('GET', `${EVENTS}?maxResults=2500`);
  const { id } = await act({
    act: 'invite',
    event: { ...once, summary: 'Point client', recurringEventId: 'abc123', originalStartTime: once.start },
  });
  expect(id).toBe('abc123_20270114T090000Z');
  const { items } = await api('GET', `${EVENTS}?syncToken=${nextSyncToken}`);
  expect(items).toEqual([expect.objectContaining({ id, recurringEventId: 'abc123' })]);
  expect((await api('GET', `${EVENTS}/abc123`)).http).toBe(404);
  expect(await api('GET', `${EVENTS}/${id}`)).toMatchObject({ http: 200, recurringEventId: 'abc123' });
  const single = await api(
    'GET',
    `${EVENTS}?singleEvents=true&timeMin=2027-01-14T00:00:00Z&timeMax=2027-01-15T00:00:00Z`,
  );
  expect(single.items.map((one) => one.id)).toContain(id);
  await api('PATCH', `${EVENTS}/${id}`, { summary: 'Autre' });
  expect((await api('DELETE', `${EVENTS}/${id}`)).http).toBe(204);
  expect((await api('GET', `${EVENTS}/${id}`)).status).toBe('cancelled');
});

test('an imported occurrence stands alone as well', async () => {
  const event = {
    ...once,
    iCalUID: 'uid-7@other.example',
    recurringEventId: 'def456',
    originalStartTime: once.start,
  };
  expect(await api('POST', `${EVENTS}/import`, event)).toMatchObject({
    http: 200,
    id: 'def456_20270114T090000Z',
  });
});

test('a guest list that is not whole is shown as the account’s own entry, and stays whole behind it', async () => {
  const others = Array.from({ length: 240 }, (_, n) => ({ email: `invite.${n}@other.example` }));
  const attendees = [{ email: account().email, responseStatus: 'accepted' }, ...others];
  const organizer = { email: 'chef@other.example' };
  const { id } = await act({
    act: 'invite',
    event: { ...once, organizer, attendees, attendeesOmitted: true },
  });
  const shown = await api('GET', `${EVENTS}/${id}`);
  expect(shown).toMatchObject({
    attendeesOmitted: true,
    attendees: [{ email: account().email, self: true }],
  });
  const own = [{ email: account().email, responseStatus: 'declined' }];
  await api('PATCH', `${EVENTS}/${id}`, { attendees: own, attendeesOmitted: true });
  const held = async () =>
    (await (await fetch(`${sandbox.url}/_sandbox/state/google-calendar`)).json()) as {
      tables: { events: { id: string; attendees: { email: string; responseStatus: string }[] }[] };
    };
  const guests = async () => (await held()).tables.events.find((one) => one.id === id)?.attendees ?? [];
  expect(await guests()).toHaveLength(241);
  expect((await guests())[0]).toMatchObject({ email: account().email, responseStatus: 'declined' });
  // Without that word the list that is sent is the list.
  await api('PATCH', `${EVENTS}/${id}`, { attendees: own });
  expect(await guests()).toHaveLength(1);

  const hidden = { ...once, organizer, guestsCanSeeOtherGuests: false, attendees };
  const seen = await api('GET', `${EVENTS}/${(await act({ act: 'invite', event: hidden })).id}`);
  expect(seen.attendees).toHaveLength(1);
  const mine = await api('POST', EVENTS, { ...once, guestsCanSeeOtherGuests: false, attendees });
  expect(mine.attendees).toHaveLength(241);
  expect(await api('GET', `${EVENTS}/${mine.id}?maxAttendees=5`)).toMatchObject({ attendeesOmitted: true });
});

test('excluded dates and last dates are read in each of their spellings', async () => {
  for (const [excluded, rule] of [
    ['EXDATE:20270608T080000Z', 'COUNT=3'],
    ['EXDATE;TZID=America/New_York:20270608T040000', 'UNTIL=20270615'],
    ['EXDATE:20270608T090000', 'UNTIL=20270615T090000'],
    ['EXDATE;VALUE=DATE:20270608', 'UNTIL=20270615T080000Z'],
    ['EXDATE;TZID="Europe/London":20270608T090000', 'COUNT=3'],
  ] as const)
    expect(
      await starts(
        'Londres',
        [`RRULE:FREQ=WEEKLY;${rule}`, excluded],
        '2027-06-01T09:00:00+01:00',
        'Europe/London',
      ),
    ).toEqual(['2027-06-01T08:00:00Z', '2027-06-15T08:00:00Z']);
});

test('a zone that Google does not know is taken for UTC in an excluded date', async () => {
  const lines = ['RRULE:FREQ=WEEKLY;COUNT=2', 'EXDATE;TZID=Pacific Standard Time:20270211T070000'];
  expect(await starts('Windows', lines, '2027-02-04T07:00:00-08:00', 'America/Los_Angeles')).toEqual([
    '2027-02-04T15:00:00Z',
    '2027-02-11T15:00:00Z',
  ]);
});

test('a start that its rule does not give is one more occurrence', async () => {
  const lines = ['RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=3'];
  expect(await starts('Mardi', lines, '2026-12-01T10:00:00+01:00', 'Europe/Paris')).toHaveLength(4);
});

test('what people do is done under the rules of the API, and said where it cannot be', async () => {
  const { id } = await act({ act: 'create', event: { ...once, summary: 'À moi' } });
  await act({ act: 'edit', event: 'À moi', changes: { location: 'Lyon' } });
  await act({ act: 'answer', event: id, response: 'tentative' });
  expect(await api('GET', `${EVENTS}/${id}`)).toMatchObject({
    location: 'Lyon',
    attendees: [{ responseStatus: 'tentative' }],
  });
  await act({ act: 'delete', event: id });
  expect((await act({ act: 'delete', event: 'Nulle part' })).http).toBeGreaterThanOrEqual(400);
  expect((await act({ act: 'fly' })).http).toBeGreaterThanOrEqual(400);
  expect((await api('POST', EVENTS, { ...once, eventType: 'fromGmail' })).http).toBe(400);
  const odd = { start: at('2027-01-14T10:00:00+01:00', 'Mitteleuropäische Zeit'), end: once.end };
  expect((await api('POST', EVENTS, odd)).http).toBe(400);
  const { id: came } = await act({ act: 'invite', event: odd });
  expect((await api('GET', `${EVENTS}/${came}`)).start.timeZone).toBe('Mitteleuropäische Zeit');
});
