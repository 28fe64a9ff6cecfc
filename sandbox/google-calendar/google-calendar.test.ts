import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type calendar_v3, calendar as openCalendar } from '@googleapis/calendar';
import { type Receiver, startReceiver } from '../../test/sandbox/receiver.ts';
import { readConfig } from '../config.ts';
import { type RunningSandbox, startSandbox } from '../core/host.ts';
import { googleAccounts } from '../google-accounts/simulator.ts';
import { googleCalendar } from './simulator.ts';

const redirectUri = 'http://127.0.0.1:3000/api/v1/oauth/callback';
const client = { client_id: 'sandbox-google-calendar', client_secret: 'sandbox-secret-google-calendar' };
const ROOT = 'https://www.googleapis.com/auth/';
const SCOPES = `${ROOT}calendar.events ${ROOT}calendar.calendarlist.readonly ${ROOT}calendar.readonly`;
const ME = 'hugo.marchetti@atelier-lumen.example';
const calendarId = 'primary';
const paris = 'Europe/Paris';
let folder: string;
let sandbox: RunningSandbox;
let api: calendar_v3.Calendar;
let now = Date.UTC(2026, 10, 24, 9);

async function start({ recorded }: { readonly recorded: boolean }): Promise<void> {
  sandbox = await startSandbox({
    port: 0,
    dataFolder: folder,
    record: recorded ? readConfig(process.env).record : undefined,
    simulators: [googleAccounts, googleCalendar],
    scenarios: [],
    clock: () => new Date(now),
  });
  api = await connect(SCOPES);
}

/** For requests that are wrong on purpose: not put before the checker. */
async function stopRecording(): Promise<void> {
  await sandbox.stop();
  await start({ recorded: false });
}

async function connect(scope: string): Promise<calendar_v3.Calendar> {
  const consent = await fetch(`${sandbox.url}/_sandbox/consents/google-accounts`, {
    method: 'POST',
    body: JSON.stringify({ clientId: client.client_id, redirectUri, scope }),
  });
  const { code } = (await consent.json()) as { code: string };
  const form = { ...client, code, redirect_uri: redirectUri, grant_type: 'authorization_code' };
  const granted = await fetch(`${sandbox.url}/google-accounts/token`, {
    method: 'POST',
    body: new URLSearchParams(form),
  });
  const { access_token: token } = (await granted.json()) as { access_token: string };
  const headers = { authorization: `Bearer ${token}` };
  const fetchImplementation: typeof fetch = (url, init) =>
    fetch(String(url).replace('https://www.googleapis.com', `${sandbox.url}/google-calendar`), init);
  return openCalendar({ version: 'v3', retry: false, headers, fetchImplementation });
}

const control = async (path: string, method = 'GET'): Promise<Record<string, never[]>> =>
  (await (await fetch(`${sandbox.url}/_sandbox/${path}`, { method })).json()) as Record<string, never[]>;

const ledger = async (): Promise<
  { object: string; action: string; id: string; record: { to: string[] } }[]
> => (await control('ledger?vendor=google-calendar')).entries as never;

const refused = (code: number, reason: string) => ({
  status: code,
  response: { data: { error: { errors: [expect.objectContaining({ reason })] } } },
});

const single = (more: calendar_v3.Schema$Event = {}): calendar_v3.Schema$Event => ({
  summary: 'Point',
  start: { dateTime: '2026-12-01T10:00:00+01:00' },
  end: { dateTime: '2026-12-01T11:00:00+01:00' },
  ...more,
});

const insert = async (
  requestBody: calendar_v3.Schema$Event,
  more: object = {},
): Promise<calendar_v3.Schema$Event> => (await api.events.insert({ calendarId, requestBody, ...more })).data;

const weekly = (more: calendar_v3.Schema$Event = {}): Promise<calendar_v3.Schema$Event> =>
  insert({
    summary: 'Chaque lundi',
    start: { dateTime: '2026-10-05T10:00:00+02:00', timeZone: paris },
    end: { dateTime: '2026-10-05T11:00:00+02:00', timeZone: paris },
    recurrence: ['RRULE:FREQ=WEEKLY;COUNT=30'],
    ...more,
  });

async function full(): Promise<{ items: calendar_v3.Schema$Event[]; token: string }> {
  const { data } = await api.events.list({ calendarId });
  return { items: data.items ?? [], token: data.nextSyncToken ?? '' };
}

const since = async (syncToken: string): Promise<calendar_v3.Schema$Events> =>
  (await api.events.list({ calendarId, syncToken })).data;

beforeEach(async () => {
  now = Date.UTC(2026, 10, 24, 9);
  folder = mkdtempSync(join(tmpdir(), 'liaison-calendar-'));
  await start({ recorded: true });
});
afterEach(async () => {
  await sandbox.stop();
  rmSync(folder, { recursive: true });
});

describe('calendars', () => {
  it('are those of the account, the primary one under its address', async () => {
    const { data } = await api.calendarList.list();
    expect(data.items?.map(({ accessRole }) => accessRole)).toEqual(['owner', 'owner', 'reader']);
    expect((await api.calendarList.get({ calendarId: 'primary' })).data).toMatchObject({
      id: ME,
      primary: true,
    });
    expect((await api.calendars.get({ calendarId: ME })).data.timeZone).toBe(paris);
  });

  it('that can only be read take no event', async () => {
    await stopRecording();
    const { data } = await api.calendarList.list();
    const readOnly = data.items?.find(({ accessRole }) => accessRole === 'reader')?.id ?? '';
    await expect(api.events.insert({ calendarId: readOnly, requestBody: single() })).rejects.toMatchObject(
      refused(403, 'requiredAccessLevel'),
    );
  });
});

describe('an event', () => {
  it('comes back as it was made, moments with the offset of the calendar', async () => {
    const made = await insert(single({ location: 'Lyon', extendedProperties: { private: { k: 'v' } } }));
    expect(made).toMatchObject({
      status: 'confirmed',
      start: { dateTime: '2026-12-01T10:00:00+01:00', timeZone: paris },
      organizer: { email: ME, self: true },
      extendedProperties: { private: { k: 'v' } },
    });
    const found = await api.events.list({ calendarId, privateExtendedProperty: ['k=v'] });
    expect(found.data.items).toHaveLength(1);
    expect(found.data.nextSyncToken).toBeUndefined();
    const abroad = await api.events.get({ calendarId, eventId: made.id ?? '', timeZone: 'America/New_York' });
    expect(abroad.data.start?.dateTime).toBe('2026-12-01T04:00:00-05:00');
  });

  it('of a whole day is dates, and its end is the day after', async () => {
    const made = await insert({
      summary: 'Salon',
      start: { date: '2026-12-03' },
      end: { date: '2026-12-05' },
    });
    expect(made).toMatchObject({ start: { date: '2026-12-03' }, end: { date: '2026-12-05' } });
  });

  it('with an id of the caller’s is made once: the repeat is a conflict', async () => {
    await insert(single({ id: 'abcdef0123456789' }));
    await stopRecording();
    await expect(insert(single({ id: 'abcdef0123456789' }))).rejects.toMatchObject(refused(409, 'duplicate'));
    await expect(insert(single({ id: 'NOT-HEX' }))).rejects.toMatchObject(refused(400, 'invalid'));
    expect((await ledger()).filter(({ action }) => action === 'create')).toHaveLength(1);
  });

  it('changes under its etag only', async () => {
    const made = await insert(single());
    const patch = (etag: string) =>
      api.events.patch(
        { calendarId, eventId: made.id ?? '', requestBody: { summary: 'Autre' } },
        { headers: { 'If-Match': etag } },
      );
    const { data } = await patch(made.etag ?? '');
    expect(data).toMatchObject({ summary: 'Autre', start: made.start, sequence: 1 });
    expect(data.etag).not.toBe(made.etag);
    await stopRecording();
    await expect(patch(made.etag ?? '')).rejects.toMatchObject(refused(412, 'conditionNotMet'));
  });

  it('is replaced whole by an update, and keeps by a patch what the patch does not name', async () => {
    const made = await insert(single({ location: 'Lyon', description: 'x' }));
    const eventId = made.id ?? '';
    const patched = await api.events.patch({ calendarId, eventId, requestBody: { description: '' } });
    expect(patched.data).toMatchObject({ location: 'Lyon' });
    expect(patched.data).not.toHaveProperty('description');
    const updated = await api.events.update({
      calendarId,
      eventId,
      requestBody: single({ summary: 'Neuf' }),
    });
    expect(updated.data).toMatchObject({ summary: 'Neuf' });
    expect(updated.data).not.toHaveProperty('location');
  });

  it('can become one of whole days: a patch takes away what it says is null', async () => {
    const made = await insert(single());
    // Right, but the contract's types know no null.
    await stopRecording();
    const requestBody = {
      start: { date: '2026-12-01', dateTime: null, timeZone: null },
      end: { date: '2026-12-02', dateTime: null, timeZone: null },
    };
    const { data } = await api.events.patch({ calendarId, eventId: made.id ?? '', requestBody });
    expect(data.start).toEqual({ date: '2026-12-01' });
  });

  it.each<[string, object, string]>([
    ['without an end', { end: undefined }, 'required'],
    ['that ends before it starts', { end: { dateTime: '2026-12-01T09:00:00+01:00' } }, 'timeRangeEmpty'],
    ['of a day and a moment', { end: { date: '2026-12-02' } }, 'invalid'],
    ['in no zone that exists', { start: { dateTime: '2026-12-01T10:00:00', timeZone: 'Lyon' } }, 'invalid'],
    ['that repeats in no named zone', { recurrence: ['RRULE:FREQ=DAILY'] }, 'required'],
    ['with an attendee who has no address', { attendees: [{ displayName: 'X' }] }, 'required'],
  ])('%s is refused', async (_name, more, reason) => {
    await stopRecording();
    await expect(insert(single(more))).rejects.toMatchObject(refused(400, reason));
  });
});

describe('who follows by sync token', () => {
  it('gets the token on the last page only, and then what changed, deletions too', async () => {
    await Promise.all([insert(single()), insert(single())]);
    const first = await api.events.list({ calendarId, maxResults: 2 });
    expect(first.data.nextSyncToken).toBeUndefined();
    let page = first.data;
    while (page.nextPageToken)
      page = (await api.events.list({ calendarId, maxResults: 2, pageToken: page.nextPageToken })).data;
    const token = page.nextSyncToken ?? '';
    expect((await since(token)).items).toEqual([]);
    const made = await insert(single({ summary: 'Nouveau' }));
    await api.events.delete({ calendarId, eventId: made.id ?? '' });
    const changes = await since(token);
    expect(changes.items).toEqual([
      { kind: 'calendar#event', etag: expect.any(String), id: made.id, status: 'cancelled' },
    ]);
    expect((await since(changes.nextSyncToken ?? '')).items).toEqual([]);
  });

  it('is told 410 when the token is gone, and 400 for parameters that may not stand beside it', async () => {
    const { token } = await full();
    await stopRecording();
    await expect(api.events.list({ calendarId, syncToken: token, q: 'x' })).rejects.toMatchObject(
      refused(400, 'invalid'),
    );
    await control('expire/google-calendar', 'POST');
    await expect(since(token)).rejects.toMatchObject(refused(410, 'fullSyncRequired'));
    expect((await since((await full()).token)).items).toEqual([]);
  });

  it('is not told of writes of before a reset by a token of before it', async () => {
    const { token } = await full();
    await control('reset', 'POST');
    expect((await since(token)).items?.length).toBeGreaterThan(0);
  });
});

describe('a recurring event', () => {
  it('keeps its wall time over both changes of the clocks', async () => {
    const made = await weekly();
    const { data } = await api.events.instances({ calendarId, eventId: made.id ?? '' });
    const starts = data.items?.map((item) => item.start?.dateTime);
    expect(starts).toHaveLength(30);
    expect(starts?.every((start) => start?.includes('T10:00:00+0'))).toBe(true);
    expect(starts).toContain('2026-10-19T10:00:00+02:00');
    expect(starts).toContain('2026-10-26T10:00:00+01:00');
    expect(starts).toContain('2027-04-05T10:00:00+02:00');
    expect(data.items?.[3]?.id).toBe(`${made.id}_20261026T090000Z`);
  });

  it('has exceptions: one moved, one cancelled, each under the id of its instance', async () => {
    const made = await weekly();
    const { token } = await full();
    const moved = `${made.id}_20261012T080000Z`;
    await api.events.patch({
      calendarId,
      eventId: moved,
      requestBody: {
        start: { dateTime: '2026-10-13T15:00:00+02:00' },
        end: { dateTime: '2026-10-13T16:00:00+02:00' },
      },
    });
    await api.events.delete({ calendarId, eventId: `${made.id}_20261026T090000Z` });
    const { items } = await since(token);
    expect(items).toEqual([
      expect.objectContaining({
        id: moved,
        recurringEventId: made.id,
        originalStartTime: { dateTime: '2026-10-12T10:00:00+02:00', timeZone: paris },
        start: { dateTime: '2026-10-13T15:00:00+02:00', timeZone: paris },
      }),
      {
        kind: 'calendar#event',
        etag: expect.any(String),
        id: `${made.id}_20261026T090000Z`,
        status: 'cancelled',
        recurringEventId: made.id,
        originalStartTime: { dateTime: '2026-10-26T10:00:00+01:00', timeZone: paris },
      },
    ]);
    const { items: all } = await full();
    expect(all.filter(({ recurringEventId }) => recurringEventId === made.id)).toHaveLength(2);
    const shown = await api.events.list({
      calendarId,
      singleEvents: true,
      timeMin: '2026-10-05T00:00:00Z',
      timeMax: '2026-10-31T00:00:00Z',
      q: 'Chaque',
      orderBy: 'startTime',
    });
    expect(shown.data.items?.map((item) => item.start?.dateTime?.slice(0, 10))).toEqual([
      '2026-10-05',
      '2026-10-13',
      '2026-10-19',
    ]);
  });

  it('of whole days stays on its days, whatever the zone asked for', async () => {
    const made = await insert({
      summary: 'Congé',
      start: { date: '2026-12-24' },
      end: { date: '2026-12-25' },
      recurrence: ['RRULE:FREQ=YEARLY;COUNT=2', 'EXDATE;VALUE=DATE:20271224'],
    });
    const { data } = await api.events.instances({
      calendarId,
      eventId: made.id ?? '',
      timeZone: 'Pacific/Apia',
    });
    expect(data.items?.map(({ id, start }) => [id, start])).toEqual([
      [`${made.id}_20261224`, { date: '2026-12-24' }],
    ]);
  });
});

describe('invitations', () => {
  const attendees = [{ email: 'juliette@boulangerie-pelissier.example' }, { email: ME }];
  const mailed = async () => (await ledger()).filter(({ object }) => object === 'invitation');

  it('go to nobody unless the caller says so', async () => {
    const made = await insert(single({ attendees }));
    await api.events.patch({ calendarId, eventId: made.id ?? '', requestBody: { summary: 'x' } });
    await api.events.delete({ calendarId, eventId: made.id ?? '', sendUpdates: 'none' });
    expect(await mailed()).toEqual([]);
  });

  it('go to all but oneself when the caller says all', async () => {
    await insert(single({ attendees }), { sendUpdates: 'all' });
    expect((await mailed()).map(({ record }) => record.to)).toEqual([
      ['juliette@boulangerie-pelissier.example'],
    ]);
  });
});

describe('a channel', () => {
  let receiver: Receiver;
  beforeEach(async () => {
    receiver = await startReceiver();
  });
  afterEach(() => receiver.stop());

  const watch = async (more: calendar_v3.Schema$Channel = {}): Promise<calendar_v3.Schema$Channel> =>
    (
      await api.events.watch({
        calendarId,
        requestBody: {
          id: 'channel-1',
          type: 'web_hook',
          address: `${receiver.url}/hook`,
          token: 's3cret',
          ...more,
        },
      })
    ).data;

  it('says sync first, then that something changed, in headers and with an empty body', async () => {
    const made = await watch();
    expect(Number(made.expiration) - now).toBe(7 * 24 * 3_600_000);
    const sync = await receiver.next();
    expect(sync).toMatchObject({
      method: 'POST',
      body: '',
      headers: {
        'content-length': '0',
        'x-goog-channel-id': 'channel-1',
        'x-goog-channel-token': 's3cret',
        'x-goog-resource-id': made.resourceId,
        'x-goog-resource-state': 'sync',
        'x-goog-message-number': '1',
      },
    });
    await insert(single());
    expect((await receiver.next()).headers).toMatchObject({
      'x-goog-resource-state': 'exists',
      'x-goog-message-number': '2',
    });
  });

  it('falls silent when it is stopped, and by itself when its time is over', async () => {
    const made = await watch();
    await receiver.next();
    await api.channels.stop({ requestBody: { id: 'channel-1', resourceId: made.resourceId ?? '' } });
    await watch({ id: 'channel-2', expiration: String(now + 60_000) });
    await receiver.next();
    now += 61_000;
    await insert(single());
    expect((await control('deliveries')).deliveries).toHaveLength(2);
    expect((await control('webhooks')).webhooks).toEqual([]);
  });

  it('has an id of its own', async () => {
    await watch();
    await stopRecording();
    await expect(watch()).rejects.toMatchObject(refused(400, 'channelIdNotUnique'));
  });
});

it('refuses strangers, too small a scope, and more than the quota', async () => {
  await stopRecording();
  const stranger = await connect(`${ROOT}userinfo.email`);
  await expect(stranger.events.list({ calendarId })).rejects.toMatchObject(
    refused(403, 'insufficientPermissions'),
  );
  await control('expire/google-accounts', 'POST');
  await expect(api.events.list({ calendarId })).rejects.toMatchObject(refused(401, 'authError'));
  api = await connect(SCOPES);
  const calls = Array.from({ length: 601 }, () => api.events.list({ calendarId, maxResults: 1 }));
  const answers = await Promise.allSettled(calls);
  const [over] = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason] : []));
  expect(over).toMatchObject(refused(403, 'userRateLimitExceeded'));
});

it('survives a restart', async () => {
  const made = await weekly();
  const { token } = await full();
  await sandbox.stop();
  await start({ recorded: false });
  await api.events.delete({ calendarId, eventId: `${made.id}_20261012T080000Z` });
  expect((await since(token)).items).toHaveLength(1);
});
