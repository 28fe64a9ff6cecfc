import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { microsoftContacts } from '../../server/connectors/microsoft-contacts/connector.ts';
import type { Connector } from '../../server/core/connector.ts';
import { door } from '../../server/hooks/door.ts';
import type { NewEvent } from '../../server/store/inbox.ts';

/** A vendor that gathers notifications of several subscriptions in one delivery, each with a secret of its own. */

const OURS = 'state-of-ours';
let server: Server;
let address: string;
let accepted: NewEvent[];
let lapsed: string[];
let secrets: readonly string[];

beforeAll(async () => {
  const handle = door({
    connectors: new Map([[microsoftContacts.id, microsoftContacts as Connector]]),
    find: async (_connector, key) =>
      key === 'good'
        ? { id: 'connection', organisationId: 'organisation', account: 'account', secrets: () => secrets }
        : null,
    accept: async (events) => void accepted.push(...events),
    onLapsing: (connection) => lapsed.push(connection),
    now: Date.now,
    crash: () => {},
    onAnswer: () => {},
    onError: (error) => {
      throw error;
    },
  });
  server = createServer((request, response) => void handle(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks/microsoft-contacts`;
});
afterAll(() => void server.close());
beforeEach(() => {
  accepted = [];
  lapsed = [];
  secrets = [OURS];
});

const change = (clientState: string | undefined, etag: string, subscriptionId = 'sub-1') => ({
  subscriptionId,
  changeType: 'updated',
  resource: `Users/u/Contacts/${etag}`,
  resourceData: { '@odata.etag': etag, id: etag },
  ...(clientState === undefined ? {} : { clientState }),
});
async function deliver(value: unknown, { key = 'good', query = '' } = {}) {
  const answer = await fetch(`${address}/${key}${query}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify({ value }),
  });
  return { status: answer.status, type: answer.headers.get('content-type'), text: await answer.text() };
}

it('gives a validation token back as plain text, at an address that exists, and stores nothing', async () => {
  const token = 'Validation: Testing client application reachability <b>é & "1"</b>';
  const query = `?validationToken=${encodeURIComponent(token)}`;
  expect(await deliver([], { query })).toEqual({ status: 200, type: 'text/plain', text: token });
  expect((await deliver([], { query, key: 'strange' })).status).toBe(404);
  expect(accepted).toEqual([]);
});

it('is taken with 202, and each notification is an event, the same when it comes again', async () => {
  const both = [change(OURS, 'W/"1"'), change(OURS, 'W/"2"', 'sub-2')];
  expect((await deliver(both)).status).toBe(202);
  expect(accepted.map(({ topic, recordId }) => [topic, recordId])).toEqual([
    ['contacts.changed', null],
    ['contacts.changed', null],
  ]);
  const keys = accepted.map(({ eventKey }) => eventKey);
  expect(new Set(keys).size).toBe(2);
  await deliver([both[1]]);
  expect(accepted.at(-1)?.eventKey).toBe(keys[1]);
  // What is kept says nothing of the secret.
  expect(JSON.stringify(accepted)).not.toContain(OURS);
});

it.each([
  ['of another organisation', 'state-of-theirs'],
  ['that is empty', ''],
  ['that is missing', undefined],
])('has a notification left out whose state is one %s, and the others taken', async (_what, state) => {
  expect((await deliver([change(state, 'W/"forged"'), change(OURS, 'W/"true"')])).status).toBe(202);
  expect(accepted).toHaveLength(1);
  expect(accepted[0]?.body).toContain('true');
  accepted = [];
  expect((await deliver([change(state, 'W/"forged"')])).status).toBe(401);
  expect(accepted).toEqual([]);
});

it.each([
  ['no list', 'x'],
  ['an empty list', []],
  ['a list of nothing', [null, 1, 'x']],
  ['a state that is no text', [{ ...change(OURS, 'W/"1"'), clientState: [OURS] }]],
])('is refused with %s, and while no secret is set', async (_what, value) => {
  expect((await deliver(value)).status).toBe(401);
  secrets = [];
  expect((await deliver([change(OURS, 'W/"1"')])).status).toBe(401);
  expect(accepted).toEqual([]);
});

it('has what is subscribed set up again when the vendor says that it ends, once that is stored', async () => {
  const lifecycle = (lifecycleEvent: string, clientState = OURS) => ({
    lifecycleEvent,
    subscriptionId: 'sub-1',
    subscriptionExpirationDateTime: '2026-12-06T00:00:00Z',
    clientState,
    tenantId: 't',
  });
  expect((await deliver([lifecycle('subscriptionRemoved', 'state-of-theirs')])).status).toBe(401);
  expect(lapsed).toEqual([]);
  for (const event of ['reauthorizationRequired', 'subscriptionRemoved']) {
    expect((await deliver([lifecycle(event)])).status).toBe(202);
  }
  expect(lapsed).toEqual(['connection', 'connection']);
  // What was missed is looked for; the subscription itself goes on.
  accepted = [];
  expect((await deliver([lifecycle('missed')])).status).toBe(202);
  expect(accepted.map(({ topic }) => topic)).toEqual(['subscription.missed', 'contacts.changed']);
  expect(lapsed).toHaveLength(2);
});
