import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CALENDARS } from '../../sandbox/google-calendar/seed.ts';
import type {
  EventBody,
  EventWrite,
  GoogleCalendarClient,
} from '../../server/connectors/google-calendar/client.ts';
import { googleCalendar } from '../../server/connectors/google-calendar/connector.ts';
import type { Connector } from '../../server/core/connector.ts';
import { asLiaisonError, type LiaisonError } from '../../server/core/errors.ts';
import { door } from '../../server/hooks/door.ts';
import type { NewEvent } from '../../server/store/inbox.ts';
import { type Connected, hostsOf, type OpenSandbox, openSandbox } from './sandbox-connection.ts';

const HOOK = 'http://127.0.0.1:9/hooks/google-calendar/key-1';
const calendarId = CALENDARS[0]?.id ?? '';
const quietly: EventWrite = { calendarId, sendUpdates: 'none' };
const body: EventBody = {
  summary: 'Point',
  start: { dateTime: '2026-12-01T10:00:00+01:00' },
  end: { dateTime: '2026-12-01T11:00:00+01:00' },
};
let sandbox: OpenSandbox;
let google: Connected<GoogleCalendarClient>;
let made = 0;
const freshId = (): string => {
  made += 1;
  return `abc${String(made).padStart(8, '0')}`;
};

beforeAll(async () => {
  sandbox = await openSandbox('google-calendar', { only: ['google-accounts', 'google-calendar'] });
  google = await sandbox.connect(googleCalendar);
});
afterAll(() => sandbox.close());

const failureOf = (work: Promise<unknown>): Promise<LiaisonError> =>
  work.then(
    () => Promise.reject(new Error('expected a failure')),
    (thrown: unknown) => asLiaisonError(thrown),
  );

it('says whose calendar it is, and fails with reconnect when the token is no good', async () => {
  expect(google.account).toEqual({
    id: 'hugo.marchetti@atelier-lumen.example',
    name: 'hugo.marchetti@atelier-lumen.example',
    facts: { timeZone: 'Europe/Paris' },
  });
  expect((await failureOf(sandbox.connect(googleCalendar, 'ya29.wrong'))).kind).toBe('reconnect');
});

it('lists the calendars, and which of them can be written to', async () => {
  const calendars = await google.client.calendars();
  expect(calendars.map(({ writable }) => writable)).toEqual([true, true, false]);
});

describe('an event', () => {
  it('is made once under its id: the repeat finds it, and one deleted since is gone', async () => {
    const id = freshId();
    const first = await google.client.insertEvent(quietly, id, body);
    const again = await google.client.insertEvent(quietly, id, body);
    expect(again).toEqual(first);
    await google.client.deleteEvent(quietly, id, first.etag ?? null);
    await google.client.deleteEvent(quietly, id, null);
    expect((await failureOf(google.client.insertEvent(quietly, id, body))).kind).toBe('gone');
    const lines = (await sandbox.ledger('google-calendar')).filter((line) => line.id === id);
    expect(lines.map(({ action, marker }) => [action, marker])).toEqual([
      ['create', id],
      ['delete', id],
    ]);
  });

  it('of which the answer was lost is not made twice', async () => {
    const id = freshId();
    await sandbox.fault('google-calendar', { commitThenFail: '500', methods: ['POST'], count: 1 });
    const error = await failureOf(google.client.insertEvent(quietly, id, body));
    expect([error.kind, error.details.mayHaveHappened]).toEqual(['retry-later', true]);
    expect((await google.client.insertEvent(quietly, id, body)).id).toBe(id);
    const lines = (await sandbox.ledger('google-calendar')).filter((line) => line.id === id);
    expect(lines).toHaveLength(1);
  });

  it('that changed meanwhile is a conflict, that is deleted is gone', async () => {
    const id = freshId();
    const first = await google.client.insertEvent(quietly, id, body);
    const second = await google.client.patchEvent(quietly, id, first.etag ?? null, { summary: 'Autre' });
    const stale = google.client.patchEvent(quietly, id, first.etag ?? null, { summary: 'Encore' });
    expect((await failureOf(stale)).kind).toBe('conflict');
    expect((await failureOf(google.client.deleteEvent(quietly, id, first.etag ?? null))).kind).toBe(
      'conflict',
    );
    await google.client.deleteEvent(quietly, id, second.etag ?? null);
    expect((await failureOf(google.client.patchEvent(quietly, id, null, { summary: 'x' }))).kind).toBe(
      'gone',
    );
    expect(await google.client.getEvent(calendarId, id)).toMatchObject({ status: 'cancelled' });
    expect(await google.client.getEvent(calendarId, 'nothing0here')).toBeNull();
  });

  it('mails nobody unless that is chosen', async () => {
    const attendees = [{ email: 'juliette@boulangerie-pelissier.example' }];
    const mails = async () =>
      (await sandbox.ledger('google-calendar')).filter(({ object }) => object === 'invitation').length;
    const id = freshId();
    await google.client.insertEvent(quietly, id, { ...body, attendees });
    await google.client.patchEvent(quietly, id, null, { summary: 'Autre' });
    await google.client.deleteEvent(quietly, id, null);
    expect(await mails()).toBe(0);
    await google.client.insertEvent({ calendarId, sendUpdates: 'all' }, freshId(), { ...body, attendees });
    expect(await mails()).toBe(1);
  });
});

describe('what changed', () => {
  it('is followed from the last page of the list on, and a token that is gone is a lost cursor', async () => {
    const { at } = await google.client.calendar(calendarId);
    const from = new Date(at - 30 * 86_400_000).toISOString();
    const { nextSyncToken, events } = await google.client.listEvents(calendarId, from, null);
    expect(events.some(({ recurrence }) => recurrence !== undefined)).toBe(true);
    const id = freshId();
    await google.client.insertEvent(quietly, id, body);
    const page = await google.client.changedEvents(calendarId, nextSyncToken ?? '', null);
    expect(page.events.map((event) => event.id)).toEqual([id]);
    await fetch(`${sandbox.url}/_sandbox/expire/google-calendar`, { method: 'POST' });
    const lost = google.client.changedEvents(calendarId, page.nextSyncToken ?? '', null);
    expect((await failureOf(lost)).kind).toBe('cursor-lost');
  });
});

describe('channels', () => {
  const wish = { url: HOOK, secret: 's3cret', topics: ['events.changed'] };
  const held = async () => (await sandbox.webhooks()).filter(({ vendor }) => vendor === 'google-calendar');

  it('are opened for each calendar that can be written to, last a week, and are closed one by one', async () => {
    const opened = await googleCalendar.webhooks?.subscribe?.(google.client, wish);
    expect(opened).toHaveLength(2);
    for (const { expiresAt = 0 } of opened ?? [])
      expect(expiresAt - Date.now()).toBeGreaterThan(6 * 24 * 3_600_000);
    expect((await held()).map(({ url, secret }) => [url, secret])).toEqual([
      [HOOK, 's3cret'],
      [HOOK, 's3cret'],
    ]);
    // The next ones stand beside them until these are stopped: no second is uncovered.
    const renewed = await googleCalendar.webhooks?.subscribe?.(google.client, wish);
    expect(await held()).toHaveLength(4);
    for (const one of [...(opened ?? []), ...(opened ?? []), ...(renewed ?? [])])
      await googleCalendar.webhooks?.unsubscribe?.(google.client, one);
    expect(await held()).toEqual([]);
  });

  it('are heard at the open door: the opening first, then that something changed', async () => {
    const accepted: NewEvent[] = [];
    const waiters: (() => void)[] = [];
    const came = async (count: number): Promise<NewEvent[]> => {
      while (accepted.length < count) await new Promise<void>((resolve) => waiters.push(resolve));
      return accepted;
    };
    const handle = door({
      connectors: new Map([['google-calendar', googleCalendar as Connector]]),
      find: async () => ({ id: 'c', organisationId: 'o', account: 'a', secrets: () => ['s3cret'] }),
      accept: async (events) => {
        accepted.push(...events);
        for (const resolve of waiters.splice(0)) resolve();
      },
      now: Date.now,
      crash: () => {},
      onAnswer: () => {},
      onError: () => {},
    });
    const server = createServer((request, response) => void handle(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks/google-calendar/key-1`;
    const opened = (await googleCalendar.webhooks?.subscribe?.(google.client, { ...wish, url })) ?? [];
    expect((await came(2)).map(({ topic }) => topic)).toEqual(['events.sync', 'events.sync']);
    await google.client.insertEvent(quietly, freshId(), body);
    const [, , changed] = await came(3);
    expect(changed).toMatchObject({ topic: 'events.changed', recordId: null });
    expect(changed?.eventKey).toMatch(/^liaison-[0-9a-f]{40}:2$/);
    for (const one of opened) await googleCalendar.webhooks?.unsubscribe?.(google.client, one);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it('say what they say in headers, and each message is an event of its own', () => {
    const said = (number: string, state: string) =>
      googleCalendar.webhooks?.read(
        {
          'x-goog-channel-id': 'liaison-1',
          'x-goog-message-number': number,
          'x-goog-resource-state': state,
        },
        {},
      );
    expect(said('1', 'sync')).toEqual([{ key: 'liaison-1:1', topic: 'events.sync', recordId: null }]);
    expect(said('8', 'exists')).toEqual([{ key: 'liaison-1:8', topic: 'events.changed', recordId: null }]);
    expect(said('x', 'exists')).toBeNull();
  });
});

describe('faults', () => {
  afterEach(() => sandbox.fault('google-calendar', null));

  it('are not tried again by Google’s own client', async () => {
    const before = google.exchanges.length;
    await sandbox.fault('google-calendar', { status: 503 });
    expect((await failureOf(google.client.calendars())).kind).toBe('retry-later');
    expect(google.exchanges.length - before).toBe(1);
  });

  it('that cut the answer are failures, not empty calendars', async () => {
    await sandbox.fault('google-calendar', { truncate: true, count: 1 });
    expect((await failureOf(google.client.calendars())).kind).toBe('retry-later');
  });
});

it('spoke to declared hosts only', () => {
  expect(hostsOf(google.exchanges)).toEqual(['www.googleapis.com']);
});
