import { endAll } from './aftermath.ts';
import {
  allSettled,
  deliverStripe,
  json,
  type Liaison,
  ledger,
  startLiaison,
  until,
  type Webhook,
} from './liaison-process.ts';
import { paymentSucceeded } from './payments.ts';
import { newServedPlace, type ServedPlace } from './served-place.ts';
import { setFault } from './vendors.ts';

/** Two accounts of Stripe, each booked by an integration of its own into the same Books. */

const FLOW = 'stripe-payment-to-books';
const STUDIO = 'Lumen Studio';

let place: ServedPlace;
let liaison: Liaison;
let studio: { id: string; integration: string };
let turnedOnBy = 0;

interface Connection {
  readonly id: string;
  readonly connector: { readonly id: string };
  readonly account: { readonly id: string; readonly name: string };
}

const send = (method: string, path: string, body?: object) =>
  fetch(`${liaison.url}/api/v1${path}`, {
    method,
    headers: { 'content-type': 'application/json', 'accept-language': 'en' },
    ...(body && { body: JSON.stringify(body) }),
  });
const api = async <T>(method: string, path: string, body?: object): Promise<T> => {
  const answer = await send(method, path, body);
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return JSON.parse(text) as T;
};
const control = <T>(method: string, path: string, body?: object) =>
  json<T>(`${liaison.sandboxUrl}/_sandbox/${path}`, { method, ...(body && { body: JSON.stringify(body) }) });

const stripes = async (): Promise<Connection[]> =>
  (await api<{ connections: Connection[] }>('GET', '/connections')).connections.filter(
    ({ connector }) => connector.id === 'stripe',
  );
const keys = () => control<Record<string, string>>('GET', 'keys');

const hooks = async (): Promise<Webhook[]> =>
  (await control<{ webhooks: Webhook[] }>('GET', 'webhooks')).webhooks.filter(
    ({ vendor }) => vendor === 'stripe',
  );

/** Somebody pays. @returns the payment's id. */
async function pays(account: string | undefined, email: string, amountMinor: number): Promise<string> {
  const { intent } = await control<{ intent: { id: string } }>('POST', 'acts/stripe', {
    act: 'pay',
    email,
    amountMinor,
    currency: 'eur',
    ...(account && { account }),
  });
  return intent.id;
}

interface Booked {
  readonly object: string;
  readonly reference: string;
  readonly total: number;
}
/** What was made in Books, by its reference. */
async function booked(reference: string): Promise<Booked[]> {
  return (await ledger(liaison.sandboxUrl))
    .filter(({ vendor, action }) => vendor === 'zoho-books' && action === 'create')
    .filter(({ record }) => record.reference_number === reference)
    .map(({ object, record }) => ({
      object,
      reference,
      total: Number(object === 'invoice' ? record.total : record.amount),
    }));
}
const both = (reference: string, total: number): Booked[] => [
  { object: 'invoice', reference, total },
  { object: 'customerpayment', reference, total },
];

interface Run {
  readonly integration: { readonly id: string };
  readonly state: string;
}
const runs = async () => (await api<{ runs: Run[] }>('GET', '/runs?limit=100')).runs;

beforeAll(async () => {
  place = await newServedPlace();
  liaison = await startLiaison(place, { LIAISON_SWEEP_SECONDS: '2' });
  await allSettled(liaison.url);
  const key = (await keys())[`stripe ${STUDIO}`];
  const { id } = await api<Connection>('POST', '/connections/stripe/key', { key });
  const [target] = (await api<{ connections: Connection[] }>('GET', '/connections')).connections.filter(
    ({ connector }) => connector.id === 'zoho-books',
  );
  const made = await api<{ id: string }>('POST', '/integrations', {
    flow: FLOW,
    name: 'Studio',
    owner: 'organisation',
    connections: { source: id, target: target?.id },
    settings: { noteInCrm: false },
    enabled: true,
  });
  studio = { id, integration: made.id };
  turnedOnBy = Date.now();
}, 90_000);
afterAll(() => endAll(place, [liaison]));

it('are two connections, each by its own name; another key of one renews it', async () => {
  const before = await stripes();
  expect(before.map(({ account }) => account)).toEqual(
    [
      { id: 'acct_1LUMEN69ATELIER1:test', name: 'Atelier Lumen (test)' },
      { id: 'acct_1LUMEN69STUDIO01:test', name: 'Lumen Studio (test)' },
    ].map((account) => expect.objectContaining(account)),
  );
  const secret = (await keys())[`stripe ${STUDIO} secret`];
  await api('POST', '/connections/stripe/key', { key: secret });
  expect((await stripes()).map(({ id, account }) => [id, account.id])).toEqual(
    before.map(({ id, account }) => [id, account.id]),
  );
  const refused = await send('POST', `/connections/${before[0]?.id}/key`, { key: secret });
  expect([refused.status, await refused.text()]).toEqual([
    422,
    expect.stringMatching(/Atelier Lumen \(test\).*Lumen Studio \(test\)/),
  ]);
});

it('have each a webhook endpoint of its own, and their payments are booked by their own integration', async () => {
  const standing = await hooks();
  expect(new Set(standing.map(({ url }) => url)).size).toBe(2);
  const first = await pays(undefined, 'odile@atelier.example', 12_300);
  const second = await pays(STUDIO, 'odile@atelier.example', 45_600);
  await until(async () => (await booked(second)).length === 2 && (await booked(first)).length === 2);
  await allSettled(liaison.url);
  expect([await booked(first), await booked(second)]).toEqual([both(first, 123), both(second, 456)]);
  const ended = (await runs())
    .filter(({ integration }) => [FLOW, studio.integration].includes(integration.id))
    .map(({ integration, state }) => `${integration.id} ${state}`);
  expect(new Set(ended)).toEqual(new Set([`${FLOW} done`, `${studio.integration} done`]));
}, 90_000);

it('are swept each by itself: what no webhook told of is found in both, and booked once', async () => {
  // Stripe tells whole seconds: what is of the one in which an integration was turned on may be from before, and is left.
  await until(async () => Date.now() >= turnedOnBy + 1_000);
  await setFault(liaison.sandboxUrl, 'stripe', { loseDeliveries: 1 });
  const first = await pays(undefined, 'paul@atelier.example', 700);
  const second = await pays(STUDIO, 'paul@studio.example', 800);
  await until(async () => (await booked(second)).length === 2 && (await booked(first)).length === 2);
  await control('DELETE', 'faults/stripe');
  await allSettled(liaison.url);
  expect([await booked(first), await booked(second)]).toEqual([both(first, 7), both(second, 8)]);
}, 120_000);

it('may name two payments alike: each is booked with its own amount, once, however often it is told', async () => {
  const id = 'pi_both_accounts_have_it';
  const wanted = [
    ['odile@atelier.example', 1_100],
    ['paul@studio.example', 2_200],
  ] as const;
  const standing = await hooks();
  for (const round of [1, 2]) {
    for (const [index, [email, amount]] of wanted.entries()) {
      const answer = await deliverStripe(
        standing[index] as Webhook,
        paymentSucceeded(id, { email, name: email }, amount),
      );
      expect([round, answer.status]).toEqual([round, 200]);
    }
    await until(async () => (await booked(id)).length >= 4);
    await allSettled(liaison.url);
  }
  const made = await booked(id);
  expect(made.toSorted((one, other) => one.total - other.total)).toEqual([...both(id, 11), ...both(id, 22)]);
}, 90_000);
