import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { MicrosoftTeamsClient } from '../../server/connectors/microsoft-teams/client.ts';
import { microsoftTeams } from '../../server/connectors/microsoft-teams/connector.ts';
import { threads } from '../../server/connectors/microsoft-teams/threads.ts';
import { webhooks } from '../../server/connectors/microsoft-teams/webhooks.ts';
import { type Connected, type OpenSandbox, openSandbox } from './sandbox-connection.ts';

/** How what people write below messages of a channel is heard of, and found where nobody told of it. */

const CHANNEL = 'Support/Tickets urgents';
const OTHER = 'Atelier Lumen/Ventes';
const DAY_MS = 86_400_000;

let sandbox: OpenSandbox;
let connected: Connected<MicrosoftTeamsClient>;
let client: MicrosoftTeamsClient;

beforeAll(async () => {
  const only = ['microsoft-accounts', 'microsoft-teams'];
  sandbox = await openSandbox('microsoft-teams-threads', { only, limitFactor: 1_000 });
  connected = await sandbox.connect({ ...microsoftTeams, budgets: [] });
  client = connected.client;
});
afterAll(() => sandbox.close());

const act = (wish: object) => sandbox.act('microsoft-teams', wish) as Promise<{ message: { id: string } }>;
const say = async (html: string, to?: string, channel = CHANNEL) =>
  (await act({ act: 'say', channel, who: 'ines', html, ...(to === undefined ? {} : { to }) })).message.id;
const look = (cursor: unknown, more: { graceMs?: number; onForMs?: number; about?: string } = {}) =>
  threads.changed(client, { cursor, onForMs: DAY_MS, graceMs: 0, about: CHANNEL, ...more });
const threadsIn = ({ events }: Awaited<ReturnType<typeof look>>) =>
  events.map(({ recordId }) => recordId?.split('/').at(-1));

describe('a look', () => {
  it('finds threads in which somebody wrote, answered, edited or deleted, and no other channel’s', async () => {
    const asked = await say('<p>Un</p>');
    const answered = await say('<p>Deux</p>');
    await say('<p>Ailleurs</p>', undefined, OTHER);
    const first = await look(null);
    expect(threadsIn(first)).toEqual([asked, answered]);
    const answer = await say('<p>Oui</p>', asked);
    const second = await look(first.cursor);
    expect(threadsIn(second)).toEqual([answered, asked]);
    expect(second.events.at(-1)).toMatchObject({ topic: 'thread.changed' });
    expect(second.events.at(-1)).not.toHaveProperty('isUnannounced');
    await act({ act: 'edit-message', message: answer, html: '<p>Non</p>' });
    const third = await look(second.cursor);
    // Whether an edit was told of cannot be known.
    expect(third.events.at(-1)).toMatchObject({ isUnannounced: true });
    expect(third.events.at(-1)?.key).not.toBe(second.events.at(-1)?.key);
    await act({ act: 'delete-message', message: answered });
    expect(threadsIn(await look(third.cursor)).at(-1)).toBe(answered);
  });

  it('leaves what is young to its notification, and finds it later', async () => {
    const young = await say('<p>Jeune</p>');
    const { cursor, events } = await look(null, { graceMs: 60_000 });
    expect(events).toEqual([]);
    expect(threadsIn(await look(cursor))).toContain(young);
  });

  it('costs one call where nothing happened, and takes nothing from before it was asked for', async () => {
    await say('<p>Avant</p>');
    await sandbox.act('microsoft-teams', { act: 'say', channel: CHANNEL, who: 'ines', html: '<p>x</p>' });
    const { cursor } = await look(null, { onForMs: -3_600_000 });
    const before = connected.exchanges.length;
    const next = await look(cursor);
    expect(next.events).toEqual([]);
    expect(connected.exchanges.length - before).toBe(1);
  });

  it('a thread is elsewhere where a look found the channel to be another one, and nowhere else is that certain', async () => {
    await say('<p>Ici</p>');
    await say('<p>Ailleurs</p>', undefined, OTHER);
    const { cursor, events } = await look(null);
    const there = (await look(null, { about: OTHER })).events.at(-1)?.recordId ?? '';
    const here = events.at(-1)?.recordId ?? '';
    expect([here, there].every((thread) => thread !== '')).toBe(true);
    expect([here, there].map((thread) => threads.isElsewhere?.(thread, CHANNEL, cursor))).toEqual([
      false,
      true,
    ]);
    // Another channel was chosen since, or nobody looked yet.
    expect(threads.isElsewhere?.(here, OTHER, cursor)).toBe(false);
    for (const none of [null, {}, { at: 'x' }])
      expect(threads.isElsewhere?.(there, CHANNEL, none)).toBe(false);
  });

  it('follows the setting to another channel, and forgets a cursor of no known shape', async () => {
    const { cursor } = await look(null);
    const there = await say('<p>Là-bas</p>', undefined, OTHER);
    expect(threadsIn(await look(cursor, { about: OTHER }))).toContain(there);
    await expect(look({ at: 'x' })).rejects.toMatchObject({ kind: 'cursor-lost' });
    await expect(look(null, { about: 'Support/Rien' })).rejects.toMatchObject({ kind: 'rejected' });
  });
});

describe('subscriptions', () => {
  const heard: { token: string | null; body: string }[] = [];
  let listener: Server;
  let url: string;

  beforeAll(async () => {
    listener = createServer((request, response) => {
      const token = new URL(request.url ?? '/', 'http://listener').searchParams.get('validationToken');
      let body = '';
      request.on('data', (chunk) => {
        body += String(chunk);
      });
      request.on('end', () => {
        heard.push({ token, body });
        if (token === null) listener.emit('told');
        response.writeHead(token === null ? 202 : 200, { 'content-type': 'text/plain' });
        response.end(token ?? '');
      });
    });
    listener.listen(0, '127.0.0.1');
    await once(listener, 'listening');
    url = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/hooks/microsoft-teams/key`;
  });
  afterAll(() => {
    listener.closeAllConnections();
    listener.close();
  });
  const wish = (...places: string[]) => ({
    ...{ url, secret: 'state-of-ours' },
    topics: places.map((place) => `thread.changed in ${place}`),
  });
  const subscribe = (...places: string[]) => webhooks.subscribe!(client, wish(...places));

  it('are one for each channel, last three days, are renewed and taken back; a channel that is none stops no other', async () => {
    const made = await subscribe(CHANNEL, OTHER, 'Support/Rien');
    expect(made.map(({ kind }) => kind)).toEqual(['body-token', 'body-token']);
    const lasts = (made[0]?.expiresAt ?? 0) - Date.now();
    expect(lasts / DAY_MS).toBeGreaterThan(2.9);
    expect(lasts / DAY_MS).toBeLessThanOrEqual(3);
    const again = await subscribe(CHANNEL, OTHER);
    expect(again.map(({ vendorId }) => vendorId)).toEqual(made.map(({ vendorId }) => vendorId));
    expect(await webhooks.inspect!(client, wish(CHANNEL), made)).toEqual([]);
    await webhooks.unsubscribe!(client, made[1]!);
    expect(await webhooks.inspect!(client, wish(CHANNEL), made)).toMatchObject([{ is: 'gone' }]);
    await webhooks.unsubscribe!(client, made[0]!);
    expect(await subscribe()).toEqual([]);
  });

  it('of a tenant that lets them last an hour are made for that', async () => {
    const body = {
      error: {
        code: 'ExtensionError',
        message: 'Subscription expiration can only be 60 minutes in the future.',
      },
    };
    await sandbox.fault('microsoft-teams', {
      ...{ status: 400, body, count: 1, methods: ['POST'], path: 'subscriptions' },
    });
    const [made] = await subscribe(CHANNEL);
    await sandbox.fault('microsoft-teams', null);
    expect((made?.expiresAt ?? 0) - Date.now()).toBeLessThanOrEqual(60 * 60_000);
    await webhooks.unsubscribe!(client, made!);
  });

  it('tell which thread somebody wrote in, and the state that they were given is not kept', async () => {
    const [made] = await subscribe(CHANNEL);
    heard.length = 0;
    const told = async (work: () => Promise<unknown>) => {
      const came = once(listener, 'told');
      await work();
      await came;
      return JSON.parse(heard.at(-1)?.body ?? '') as Record<string, unknown>;
    };
    let root = '';
    await told(async () => {
      root = await say('<p>Un fil</p>');
    });
    const delivery = await told(() => say('<p>Dedans</p>', root));
    expect(delivery).toMatchObject({
      value: [{ clientState: 'state-of-ours', subscriptionId: made?.vendorId }],
    });
    const [event, ...more] = webhooks.read(delivery, {}) ?? [];
    expect(more).toEqual([]);
    expect(event).toMatchObject({ topic: 'thread.changed' });
    expect(event?.recordId?.split('/').at(-1)).toBe(root);
    expect(event?.body).not.toContain('state-of-ours');
    const list = await threads.replies(client, event?.recordId ?? '');
    expect(list?.map(({ text }) => text)).toEqual(['Dedans']);
    const before = heard.length;
    await say('<p>Ailleurs</p>', undefined, OTHER);
    const edited = await told(() => act({ act: 'edit-message', message: root, html: '<p>Autre</p>' }));
    expect(heard.length - before).toBe(1);
    expect(webhooks.read(edited, {})?.[0]?.recordId).toBe(event?.recordId);
    await act({ act: 'delete-channel', channel: CHANNEL });
    expect(await threads.replies(client, event?.recordId ?? '')).toBeNull();
  });
});
