import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chats } from '../../server/connectors/zoho-salesiq/chats-offer.ts';
import type { ZohoSalesIqClient } from '../../server/connectors/zoho-salesiq/client.ts';
import { zohoSalesIq } from '../../server/connectors/zoho-salesiq/connector.ts';
import { asPem, portalTopic } from '../../server/connectors/zoho-salesiq/webhooks.ts';
import { asLiaisonError, type LiaisonError } from '../../server/core/errors.ts';
import { type Connected, hostsOf, type OpenSandbox, openSandbox } from './sandbox-connection.ts';

const PORTAL = 'atelierlumen';
const OTHER = 'lumendestockage';
const TOPICS = [
  'conversation.created',
  'conversation.completed',
  'conversation.missed',
  'conversation.rated',
];
const webhooks = zohoSalesIq.webhooks as NonNullable<typeof zohoSalesIq.webhooks>;

let sandbox: OpenSandbox;
let connected: Connected<ZohoSalesIqClient>;
let client: ZohoSalesIqClient;
let status = 200;
const listener = createServer((_request, response) => {
  response.statusCode = status;
  response.end();
});
let url: string;

beforeAll(async () => {
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/hooks/zoho-salesiq/own`;
});
afterAll(() => listener.close());
beforeEach(async () => {
  status = 200;
  sandbox = await openSandbox('zoho-salesiq', {
    only: ['zoho-salesiq', 'zoho-accounts'],
    limitFactor: 1_000,
  });
  connected = await sandbox.connect(zohoSalesIq);
  client = connected.client;
});
afterEach(() => sandbox.close());

const act = async (wish: object): Promise<{ id: string; reference_id: string }> =>
  ((await sandbox.act('zoho-salesiq', wish)) as { conversation: { id: string; reference_id: string } })
    .conversation;
async function chatted(who: object = {}, more: readonly object[] = []): Promise<string> {
  const { id } = await act({ act: 'begin', question: 'Bonjour ?', ...who });
  await act({ act: 'pick-up', conversation: id });
  for (const wish of more) await act({ ...wish, conversation: id });
  await act({ act: 'end', conversation: id });
  return id;
}
async function clockAt(moment: number): Promise<void> {
  while (Date.now() < moment) await new Promise((resolve) => setImmediate(resolve));
}
const failureOf = (work: Promise<unknown>): Promise<LiaisonError> =>
  work.then(
    () => Promise.reject(new Error('expected a failure')),
    (thrown: unknown) => asLiaisonError(thrown),
  );
const callsOf = (path: RegExp): number => connected.exchanges.filter((one) => path.test(one.url)).length;

describe('chats', () => {
  it('are read as they stand, those of another portal not at all', async () => {
    const { id, reference_id } = await act({
      ...{ act: 'begin', question: 'Livrez-vous ?', name: 'Ada', email: 'ada@exemple.example' },
    });
    expect(await client.chat(PORTAL, id)).toMatchObject({
      ...{ id, number: reference_id, portal: PORTAL, state: 'open', question: 'Livrez-vous ?' },
      visitor: { name: 'Ada', email: 'ada@exemple.example', phone: null },
    });
    expect(await client.chat('', id)).toMatchObject({ portal: PORTAL });
    expect(await client.chat(OTHER, id)).toBeNull();
    expect(await client.chat(PORTAL, '481700000099999999')).toBeNull();
    await act({ act: 'miss', conversation: id });
    expect((await client.chat(PORTAL, id))?.state).toBe('missed');
  });

  it('of a visitor without a name have none, whatever SalesIQ calls them, and one that is opened again is open', async () => {
    const id = await chatted();
    expect(await client.chat(PORTAL, id)).toMatchObject({
      state: 'ended',
      visitor: { name: null, email: null },
    });
    await act({ act: 'reopen', conversation: id });
    expect((await client.chat(PORTAL, id))?.state).toBe('open');
  });

  it('are read to the last of 450 lines, oldest first, each once, with files and without what the portal notes', async () => {
    const lines = Array.from({ length: 450 }, (_, n) => ({ act: 'say', by: 'visitor', text: `ligne ${n}` }));
    const id = await chatted({ name: 'Ada' }, [
      ...lines,
      { act: 'say', by: 'operator', text: '', file: 'devis.pdf' },
      { act: 'say', by: 'operator', text: 'entre nous', type: 'notes' },
    ]);
    const read = await client.lines(PORTAL, id);
    expect(read.map(({ text }) => text)).toEqual([
      ...['Bonjour ?', ...lines.map(({ text }) => text)],
      ...['', 'entre nous'],
    ]);
    expect(read.at(-2)).toMatchObject({ by: 'operator', file: 'devis.pdf', isInternal: false });
    expect(read.at(-1)?.isInternal).toBe(true);
    expect(callsOf(/\/messages/)).toBeLessThanOrEqual(7);
  });

  it('have the rating that a visitor gave, and none where nobody did', async () => {
    const id = await chatted();
    expect(await client.rating(PORTAL, id)).toBeNull();
    await act({ act: 'rate', conversation: id, rating: 4, feedback: 'Bien' });
    expect(await client.rating(PORTAL, id)).toEqual({ stars: 4, words: 'Bien' });
  });
});

describe('telling operators', () => {
  it('adds lines to a known visitor, which others of the same name replace, and says of nobody else that they are known', async () => {
    await sandbox.act('zoho-salesiq', { act: 'visit', email: 'Ada+lov@exemple.example' });
    expect(
      await client.tellVisitor(PORTAL, 'ada+lov@exemple.example', { CRM: 'Prospect', Statut: '–' }),
    ).toBe(true);
    expect(await client.tellVisitor(PORTAL, 'ada+lov@exemple.example', { CRM: 'Contact · Ada & fils' })).toBe(
      true,
    );
    const { visitors = [] } = await sandbox.state('zoho-salesiq');
    expect(visitors.find(({ email }) => email === 'Ada+lov@exemple.example')?.customerInfo).toEqual({
      ...{ CRM: 'Contact · Ada & fils', Statut: '–' },
    });
    expect(await client.tellVisitor(PORTAL, 'personne@exemple.example', { CRM: 'x' })).toBe(false);
  });

  it('works beside a chat while it is open, and what SalesIQ refuses of the lines themselves is a failure', async () => {
    const { id } = await act({ act: 'begin', question: 'Bonjour ?' });
    expect(await client.tellChat(PORTAL, id, { CRM: 'Prospect' })).toBe(true);
    expect((await failureOf(client.tellChat(PORTAL, id, {}))).kind).toBe('rejected');
    await act({ act: 'miss', conversation: id });
    expect(await client.tellChat(PORTAL, id, { CRM: 'Prospect' })).toBe(false);
    expect(await client.tellChat(PORTAL, '481700000099999999', { CRM: 'Prospect' })).toBe(false);
  });

  it('of a portal that is not there is refused, with what to do', async () => {
    const failure = await failureOf(client.tellVisitor('nulle-part', 'a@b.example', { CRM: 'x' }));
    expect(failure).toMatchObject({ kind: 'rejected' });
    expect(failure.details.sentence.en).toContain('portal');
  });
});

describe('the look for what no webhook told', () => {
  const look = async (cursor: unknown, graceMs = 0, about = PORTAL) => {
    // SalesIQ notes that a chat changed some thousandths after it did: a look of now is before that.
    await clockAt(Date.now() + 5);
    return chats.changed(client, { cursor, onForMs: 0, graceMs, about });
  };

  it('finds each beginning, each end and each rating once, and costs one call where nothing happened', async () => {
    const before = await chatted();
    const first = await look(null);
    expect(first.events).toEqual([]);
    // SalesIQ tells the second in which it was turned on.
    await clockAt((first.cursor as { begun: number }).begun + 1_000);
    const { id: open } = await act({ act: 'begin', question: 'Encore ?' });
    const [ended, missed] = [await chatted(), (await act({ act: 'begin', question: 'Allô ?' })).id];
    await act({ act: 'miss', conversation: missed });
    const second = await look(first.cursor);
    expect(second.events.map(({ recordId, topic }) => [recordId, topic])).toEqual([
      [open, 'conversation.created'],
      [ended, 'conversation.completed'],
      [missed, 'conversation.missed'],
    ]);
    const calls = connected.exchanges.length;
    const third = await look(second.cursor);
    // What is found anew has the key that it had.
    expect(third.events.map(({ key }) => key)).toEqual(second.events.map(({ key }) => key));
    expect(connected.exchanges.length - calls).toBe(1);
    await act({ act: 'rate', conversation: before, rating: 5 });
    const fourth = await look(third.cursor);
    const known = new Set(second.events.map(({ key }) => key));
    expect(fourth.events.filter(({ key }) => !known.has(key)).map(({ recordId }) => recordId)).toEqual([
      before,
    ]);
  });

  it('leaves to the next one what ended a moment ago, begins anew in another portal, and refuses a cursor that is none', async () => {
    const { cursor } = await look(null);
    const late = { ...(cursor as object), from: 1, begun: 1 };
    await chatted();
    expect((await look(late, 3_600_000)).events.length).toBeLessThan((await look(late)).events.length);
    expect(await look(late, 0, OTHER)).toMatchObject({ events: [], cursor: { portal: OTHER } });
    expect((await failureOf(look({ what: 1 }))).kind).toBe('cursor-lost');
  });

  it('reads 250 chats that changed since, in their pages', async () => {
    const { cursor } = await look(null);
    const late = { ...(cursor as object), from: 1, begun: 1 };
    const ids = [];
    for (let count = 0; count < 250; count += 1) ids.push(await chatted());
    const found = new Set((await look(late)).events.map(({ recordId }) => recordId));
    expect(ids.filter((id) => !found.has(id))).toEqual([]);
  });
});

describe('the webhook', () => {
  const wish = (portals: readonly string[] = ['']) => ({
    ...{ url, secret: '', topics: [...TOPICS, ...portals.map(portalTopic)] },
  });
  const subscribe = (portals?: readonly string[]) => webhooks.subscribe?.(client, wish(portals)) ?? [];
  const held = async () => (await sandbox.state('zoho-salesiq')).webhooks ?? [];

  it('is made once for each portal, with the key that SalesIQ signs with, and taken up again by a repeat', async () => {
    const made = await subscribe(['', PORTAL, OTHER]);
    expect(made.map(({ vendorId }) => vendorId.split(' ')[0])).toEqual([PORTAL, OTHER]);
    for (const { secret } of made) expect(secret).toMatch(/^-----BEGIN PUBLIC KEY-----\n/);
    expect(await subscribe(['', PORTAL, OTHER])).toEqual(made);
    expect(await held()).toHaveLength(2);
    expect((await held())[0]).toMatchObject({
      secured: true,
      isEnabled: true,
      events: expect.arrayContaining(TOPICS),
    });
  });

  it.each([
    ['nothing', null, []],
    ['somebody switched it off', { act: 'switch-off-webhooks' }, ['off']],
    ['somebody changed its key', { act: 'rotate-keys' }, ['changed']],
    ['somebody took it away', { act: 'delete-webhooks' }, ['gone']],
  ])('is looked at: %s is wrong, and subscribing again puts it right', async (_what, deed, faults) => {
    const made = await subscribe();
    if (deed !== null) await sandbox.act('zoho-salesiq', deed);
    const found = await webhooks.inspect?.(client, wish(), made);
    expect(found?.map(({ is }) => is)).toEqual(faults);
    expect(await webhooks.inspect?.(client, wish(), await subscribe())).toEqual([]);
    expect(await held()).toHaveLength(1);
  });

  it('is not made where nobody answers its address, and is ended without a trace, twice', async () => {
    status = 404;
    expect((await failureOf(Promise.resolve(subscribe()))).kind).toBe('rejected');
    expect(await held()).toEqual([]);
    status = 200;
    const [made] = await subscribe();
    for (let time = 0; time < 2; time += 1) await webhooks.unsubscribe?.(client, made as never);
    expect(await held()).toEqual([]);
  });

  it('reads a delivery by what happened to which chat and when, however often it was sent', () => {
    const body = (attempt: number, more: object = {}) => ({
      ...{ entity_type: 'conversation', event: 'conversation.completed', entity_id: '17', version: '1' },
      ...{ org_id: '1', app_id: '2', event_time: '1556866331533', attempt, entity: { id: '17' } },
      ...more,
    });
    const key = (one: object) => webhooks.read(one as never, {})?.[0]?.key;
    expect(key(body(1))).toBe(key(body(2)));
    expect(key(body(1))).not.toBe(key(body(1, { event_time: '1556866331534' })));
    expect(key(body(1))).not.toBe(key(body(1, { event: 'conversation.rated' })));
    expect(webhooks.read(body(1) as never, {})).toMatchObject([
      { topic: 'conversation.completed', recordId: '17' },
    ]);
    for (const wrong of [{}, body(1, { event: 'x y' }), body(1, { entity_id: null })])
      expect(webhooks.read(wrong as never, {})).toBeNull();
  });

  it('takes a key as PEM, or as the base64 that it holds', () => {
    const pem = '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n';
    expect([asPem(pem), asPem('AA\nAA')]).toEqual([pem, pem]);
  });
});

it('speaks to declared hosts only', async () => {
  await client.portals();
  for (const host of hostsOf(connected.exchanges)) expect(Object.keys(zohoSalesIq.hosts)).toContain(host);
});
