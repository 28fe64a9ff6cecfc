import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ZohoDeskClient } from '../../server/connectors/zoho-desk/client.ts';
import { zohoDesk } from '../../server/connectors/zoho-desk/connector.ts';
import { asLiaisonError, type LiaisonError } from '../../server/core/errors.ts';
import type { FoundEvent, SweepResult } from '../../server/core/flow.ts';
import type { CardSubject } from '../../server/core/record-card.ts';
import { type NewTicket, ticketsOf } from '../../server/core/ticket/offer.ts';
import { verify } from '../../server/hooks/verify.ts';
import { until } from '../system/liaison-process.ts';
import { type Connected, hostsOf, type OpenSandbox, openSandbox } from './sandbox-connection.ts';

let sandbox: OpenSandbox;
let connected: Connected<ZohoDeskClient>;
let tickets: ReturnType<typeof ticketsOf>;
let support: string;

beforeAll(async () => {
  sandbox = await openSandbox('zoho-desk', { only: ['zoho-accounts', 'zoho-desk'], limitFactor: 1_000 });
  connected = await sandbox.connect({ ...zohoDesk, budgets: [] });
  tickets = ticketsOf({ connector: zohoDesk as never, client: connected.client });
  support = (await tickets.departments())[0]?.value ?? '';
});
afterAll(() => sandbox.close());
afterEach(() => sandbox.fault('zoho-desk', null));

const failureOf = (work: Promise<unknown>): Promise<LiaisonError> =>
  work.then(
    () => Promise.reject(new Error('expected a failure')),
    (thrown: unknown) => asLiaisonError(thrown),
  );
const since = new Date();
let count = 0;
const about = (more: Partial<NewTicket> = {}): NewTicket => {
  count += 1;
  return {
    subject: 'Panne',
    lines: ['Tout est arrêté.'],
    page: 'https://exemple.example/1',
    marker: `liaison:${count}:open`,
    department: support,
    priority: null,
    requester: { id: null, name: 'Léa', email: `lea${count}@exemple.example` },
    ...more,
  };
};
const act = async (wish: object) =>
  ((await sandbox.act('zoho-desk', wish)) as { ticket: { id: string } }).ticket;

it('says whose portal it is, and fails with reconnect when the token is no good', async () => {
  expect(connected.account).toMatchObject({ name: 'Atelier Lumen' });
  expect(connected.account.facts?.portalUrl).toBe('https://desk.zoho.eu/agent/atelier-lumen');
  expect((await failureOf(sandbox.connect(zohoDesk, 'wrong'))).kind).toBe('reconnect');
});

it('offers the departments that are in use, and the portal’s own priorities', async () => {
  expect((await tickets.departments()).map(({ title }) => title)).toEqual(['Support', 'Facturation']);
  expect((await tickets.priorities()).map(({ value }) => value)).toEqual(['Urgent', 'High', 'Medium', 'Low']);
});

it('a ticket is found again by its mark among others, and by no other mark, whoever it is of', async () => {
  const [one, other] = [about(), about()];
  expect(await tickets.find(one, since)).toBeNull();
  const made = await tickets.open(one);
  await tickets.open(other);
  expect(await tickets.find(one, since)).toEqual(made);
  expect(await tickets.find({ ...one, marker: `${one.marker}er` }, since)).toBeNull();
  const known = { ...one, requester: { ...one.requester, id: made.requesterId } };
  expect(await tickets.find(known, since)).toEqual(made);
  expect(await tickets.ticket(made.id)).toMatchObject({
    ...{ subject: 'Panne', state: 'open', department: 'Support', priority: null },
    requester: { id: made.requesterId, name: 'Léa', email: one.requester.email },
    page: `https://desk.zoho.eu/agent/atelier-lumen/tickets/details/${made.id}`,
  });
  expect(await tickets.ticket('1')).toBeNull();
});

it('a note is found again by its mark behind a hundred others, written anew, and not seen by the customer', async () => {
  const { id } = await tickets.open(about());
  const text = (marker: string) => ({ lines: ['Un', 'zsu[@user:1]zsu'], page: null, marker });
  const note = await tickets.comment(id, text('liaison:a:note'));
  for (let more = 0; more < 101; more += 1) await tickets.comment(id, text(`liaison:${more}:note`));
  expect(await tickets.commentWith(id, 'liaison:a:note')).toBe(note);
  expect(await tickets.commentWith(id, 'liaison:1000:note')).toBeNull();
  const anew = { ...text('liaison:a:note'), lines: ['Deux'] };
  expect(await tickets.rewrite(id, note, anew)).toBe(true);
  expect(await tickets.rewrite(id, '1', anew)).toBe(false);
  expect(await tickets.commentWith(id, 'liaison:a:note')).toBe(note);
  const { comments = [] } = await sandbox.state('zoho-desk');
  expect(comments.filter((one) => one.id === note)).toMatchObject([
    { content: 'Deux\n#liaison:a:note', isPublic: false, contentType: 'plainText' },
  ]);
  expect(JSON.stringify(comments)).not.toContain('zsu[@');
});

it('is closed and opened again; what lies in the bin is gone', async () => {
  const { id } = await tickets.open(about());
  const stateOf = async () => (await tickets.ticket(id))?.state;
  await tickets.turn(id, 'closed');
  expect(await stateOf()).toBe('closed');
  await tickets.turn(id, 'open');
  expect(await stateOf()).toBe('open');
  await act({ act: 'trash', ticket: id });
  expect(await stateOf()).toBe('gone');
});

it.each([
  ['a subject', { subject: 'Très '.repeat(100) }],
  ['markup', { lines: ['<script>alert(1)</script> & "x"', 'Deux\nlignes'] }],
  ['a description of signs', { lines: ['"&'.repeat(40_000)] }],
  ['a name', { requester: { id: null, name: 'N'.repeat(300), email: null } }],
  ['an address that Desk does not take', { requester: { id: null, name: 'É', email: 'é@exemple.example' } }],
])('%s that is too long, or no address, makes a ticket that is found again', async (_what, more) => {
  const wish = about(more);
  const made = await tickets.open(wish);
  expect(await tickets.find(wish, since)).toEqual(made);
});

it.each([
  ['department', { department: '1' }],
  ['priority', { priority: 'Sehr dringend' }],
])('a %s that the portal does not have is refused by its field', async (_what, more) => {
  const { kind, details } = await failureOf(tickets.open(about(more)));
  expect([kind, details.field === undefined]).toEqual(['rejected', false]);
});

it('the newest come first, those that hold a text where one is looked for', async () => {
  const { id, number } = await tickets.open(about({ subject: 'Unique objet' }));
  await until(async () => (await tickets.latest(null))[0]?.id === id);
  expect((await tickets.latest(null))[0]).toMatchObject({ id, number });
  expect((await tickets.latest('unique OBJET')).map((one) => one.id)).toEqual([id]);
});

describe('a look for what nobody told', () => {
  const found = (events: FoundEvent[], topic: string): FoundEvent[] | null =>
    events.some((one) => one.topic === topic) ? events : null;
  const look = (cursor: unknown): Promise<SweepResult> =>
    zohoDesk.offers?.tickets?.changed(connected.client, { cursor, onForMs: 600_000, graceMs: 0 }) as never;

  it('finds each change once under its own moment, and nothing from before it was turned on', async () => {
    const first = await look(null);
    expect(first.events).toEqual([]);
    const made = await act({ act: 'open', subject: 'Perdu', email: 'perdu@exemple.example' });
    const of = async (): Promise<FoundEvent[]> =>
      (await look(first.cursor)).events.filter(({ recordId }) => recordId === made.id);
    const added = await until(async () => found(await of(), 'Ticket_Add'));
    expect(added.map(({ topic }) => topic)).toEqual(['Ticket_Add']);
    await act({ act: 'change', ticket: made.id, priority: 'Urgent' });
    const changed = await until(async () => found(await of(), 'Ticket_Update'));
    const second = await look(first.cursor);
    expect(changed.map(({ topic }) => topic)).toEqual(['Ticket_Update']);
    expect(changed[0]?.key).not.toBe(added[0]?.key);
    // What the index takes in late is found by the next look: it reads the last minutes again.
    const third = (await look(second.cursor)).events.map(({ key }) => key);
    expect(third).toContain(changed[0]?.key);
    const before = second.events.map(({ recordId }) => recordId);
    const { tickets: seeded = [] } = await sandbox.state('zoho-desk');
    expect(before).not.toContain(seeded[0]?.id);
  });

  it('fails with cursor-lost for a cursor of another shape', async () => {
    expect((await failureOf(look({ page: 1 }))).kind).toBe('cursor-lost');
  });
});

describe('webhooks', () => {
  const { webhooks } = zohoDesk;
  let server: Server;
  let url: string;
  const heard: { readonly headers: IncomingMessage['headers']; readonly raw: Buffer }[] = [];

  beforeAll(async () => {
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        if (request.method === 'POST') heard.push({ headers: request.headers, raw: Buffer.concat(chunks) });
        response.end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks/zoho-desk/key`;
  });
  afterAll(() => new Promise<unknown>((resolve) => server.close(resolve)));

  const subscribe = async () => {
    const wish = { url, secret: 'ours', topics: ['Ticket_Add', 'Ticket_Update'] };
    const [held] = (await webhooks?.subscribe?.(connected.client, wish)) ?? [];
    return { wish, held: held ?? { kind: 'jwt' as const, vendorId: '', secret: '' } };
  };
  const judge = (token: string | undefined, secrets: readonly string[], now = Date.now()) => {
    const headers = token === undefined ? {} : { 'x-zdesk-jwt': token };
    const delivery = { headers, raw: Buffer.from('[]'), body: () => ({}), query: '' };
    const verdict = verify(webhooks?.schemes ?? [], delivery as never, () => secrets, now);
    return verdict.ok ? 'believed' : verdict.reason;
  };
  async function delivered(): Promise<(typeof heard)[number]> {
    await until(async () => heard.length > 0);
    const [first] = heard.splice(0);
    if (first === undefined) throw new Error('nothing was delivered');
    return first;
  }
  const part = (json: object): string => Buffer.from(JSON.stringify(json)).toString('base64url');
  const token = (key: KeyObject, head: object, claims: object): string => {
    const signed = `${part(head)}.${part(claims)}`;
    return `${signed}.${sign('sha256', Buffer.from(signed), key).toString('base64url')}`;
  };

  it('one stands for all topics, is taken up again however often, put right when it was switched off, and ended', async () => {
    const { wish, held } = await subscribe();
    expect((await subscribe()).held.vendorId).toBe(held.vendorId);
    expect(await webhooks?.inspect?.(connected.client, wish, [held])).toEqual([]);
    await sandbox.act('zoho-desk', { act: 'switch-off-webhooks' });
    expect(await webhooks?.inspect?.(connected.client, wish, [held])).toMatchObject([{ is: 'off' }]);
    await subscribe();
    expect(await webhooks?.inspect?.(connected.client, wish, [held])).toEqual([]);
    await webhooks?.unsubscribe?.(connected.client, held);
    await webhooks?.unsubscribe?.(connected.client, held);
    expect(await webhooks?.inspect?.(connected.client, wish, [held])).toMatchObject([{ is: 'gone' }]);
  });

  it('a delivery is read as events of tickets, each under what happened when', async () => {
    await subscribe();
    const made = await act({ act: 'open', subject: 'Annoncé', email: 'annonce@exemple.example' });
    const { raw } = await delivered();
    const list = JSON.parse(raw.toString()) as { eventTime: string }[];
    expect(webhooks?.read({ list }, {})).toEqual([
      {
        key: `Ticket_Add ${made.id} ${list[0]?.eventTime}`,
        topic: 'Ticket_Add',
        recordId: made.id,
        body: JSON.stringify(list[0]),
      },
    ]);
    const bare = { list: [{ payload: { id: '1004699000046503129' }, eventType: 'Ticket_Add' }] };
    expect(webhooks?.read(bare, {})).toMatchObject([{ key: null, recordId: '1004699000046503129' }]);
    for (const odd of [{}, { list: [] }, { list: [{ payload: {} }] }, { list: ['x'] }])
      expect(webhooks?.read(odd, {})).toBeNull();
  });

  it('its token is believed by the published keys, in seconds and in milliseconds; another’s is not', async () => {
    const { held } = await subscribe();
    await act({ act: 'open', subject: 'Signé', email: 'signe@exemple.example' });
    const { headers } = await delivered();
    const real = String(headers['x-zdesk-jwt']);
    const secrets = [held.secret ?? ''];
    expect(judge(real, secrets)).toBe('believed');
    // The same keys, but the webhook of another portal, or another one of this portal.
    for (const claims of [{ aud: 'webhookId:1' }, { iss: 'orgId:1' }]) {
      const other = JSON.stringify({ ...JSON.parse(secrets[0] ?? ''), claims });
      expect(judge(real, [other])).toBe('bad-signature');
    }
    expect(judge(real, secrets, Date.now() + 700_000)).toBe('stale');
    expect(judge(undefined, secrets)).toBe('unsigned');
    expect(judge(real, [])).toBe('closed');
    expect(judge(`${real.slice(0, -6)}AAAAAA`, secrets)).toBe('bad-signature');

    const [own, forger] = [0, 1].map(() => generateKeyPairSync('rsa', { modulusLength: 2_048 }));
    const kid = 'k1';
    const claims = { iss: `orgId:${connected.account.id}`, aud: `webhookId:${held.vendorId}` };
    const jwk = { ...own?.publicKey.export({ format: 'jwk' }), kid };
    const secret = JSON.stringify({ keys: [jwk], claims });
    const seconds = Math.floor(Date.now() / 1_000);
    const head = { alg: 'RS256', kid };
    const good = { ...claims, iat: seconds, exp: seconds + 60 };
    const ms = { ...claims, iat: seconds * 1_000, exp: (seconds + 60) * 1_000 };
    const ownKey = own?.privateKey as KeyObject;
    expect(judge(token(ownKey, head, good), [secret])).toBe('believed');
    expect(judge(token(ownKey, head, ms), [secret])).toBe('believed');
    const old = { ...ms, iat: ms.iat - 7_200_000, exp: ms.exp - 7_200_000 };
    expect(judge(token(ownKey, head, old), [secret])).toBe('stale');
    expect(judge(token(forger?.privateKey as KeyObject, head, good), [secret])).toBe('bad-signature');
    expect(judge(token(ownKey, { ...head, alg: 'none' }, good), [secret])).toBe('bad-signature');
    // A key of a kind that nobody here reads says nothing against the others.
    for (const odd of [{ kty: 'XYZ', kid: 'k0' }, { kty: 'XYZ', kid }, { kty: 'XYZ' }]) {
      const among = JSON.stringify({ keys: [odd, jwk], claims });
      expect(judge(token(ownKey, head, good), [among])).toBe('believed');
      expect(judge(token(forger?.privateKey as KeyObject, head, good), [among])).toBe('bad-signature');
    }
  });

  it('keys that Zoho changed are taken when the subscription is renewed, in good time', async () => {
    const { held } = await subscribe();
    const lasts = ((held as { expiresAt?: number }).expiresAt ?? 0) - Date.now();
    expect(lasts).toBeGreaterThan(3_600_000);
    expect(lasts).toBeLessThan(86_400_000);
    await sandbox.act('zoho-desk', { act: 'rotate-keys' });
    heard.length = 0;
    await act({ act: 'open', subject: 'Nouvelle clé', email: 'cle@exemple.example' });
    const real = String((await delivered()).headers['x-zdesk-jwt']);
    expect(judge(real, [held.secret ?? ''])).toBe('bad-signature');
    expect(judge(real, [(await subscribe()).held.secret ?? ''])).toBe('believed');
  });
});

it('the card shows who has the address their tickets, the open ones first', async () => {
  const email = 'carte@exemple.example';
  const closed = await act({ act: 'open', subject: 'Réglé', email, status: 'Closed', priority: 'Low' });
  const open = await act({ act: 'open', subject: 'En cours', email, priority: 'High' });
  const read = (emails: readonly string[]) =>
    zohoDesk.card?.read({
      ...{ client: connected.client, account: connected.account, linked: [], now: Date.now() },
      subject: { emails } as unknown as CardSubject,
    });
  await until(async () => (await read([email]))?.sections.length === 1);
  const card = await read([email.toUpperCase()]);
  expect(card?.sections[0]?.rows.map(({ id }) => id)).toEqual([`ticket ${open.id}`, `ticket ${closed.id}`]);
  expect(card?.refs).toContainEqual({ object: 'zohoDesk.tickets', id: open.id });
  expect((await read(['personne@exemple.example']))?.empty?.fr).toContain('Personne dans Zoho Desk');
});

it('the card of whoever has more than a hundred tickets shows the newest', async () => {
  const email = 'centaine@exemple.example';
  const ids: string[] = [];
  for (let place = 0; place < 103; place += 1)
    ids.push((await act({ act: 'open', subject: `Demande ${place}`, email })).id);
  const read = () =>
    zohoDesk.card?.read({
      ...{ client: connected.client, account: connected.account, linked: [], now: Date.now() },
      subject: { emails: [email] } as unknown as CardSubject,
    });
  const newest = `ticket ${ids.at(-1)}`;
  await until(async () => (await read())?.sections[0]?.rows[0]?.id === newest);
});

it('an answer that is lost after the work was done leaves a ticket that can be found', async () => {
  const wish = about();
  await sandbox.fault('zoho-desk', { commitThenFail: 'reset', methods: ['POST'], count: 1 });
  const error = await failureOf(tickets.open(wish));
  expect([error.kind, error.details.mayHaveHappened]).toEqual(['retry-later', true]);
  expect(await tickets.find(wish, since)).not.toBeNull();
});

it('spoke to declared hosts only', () => {
  expect(hostsOf(connected.exchanges)).toEqual(['desk.zoho.eu']);
});
