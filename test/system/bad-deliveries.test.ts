import { createHmac, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { gunzipSync, gzipSync } from 'node:zlib';
import { type Database, openDatabase } from '../../server/store/database.ts';
import { createTestDatabase, type TestDatabase } from '../postgres/test-database.ts';
import { endAll } from './aftermath.ts';
import { createWonDeals } from './crm.ts';
import {
  allSettled,
  json,
  type Liaison,
  newPlace,
  type Place,
  startLiaison,
  until,
  type Webhook,
  webhookOf,
} from './liaison-process.ts';
import { paymentSucceeded } from './payments.ts';
import { created, messages } from './vendors.ts';

const WITHIN_MS = 1_000;
const SIX_MINUTES = 360;
const JSON_TYPE = 'application/json';
const FORM_TYPE = 'application/x-www-form-urlencoded';

let test: TestDatabase;
let database: Database;
let place: Place;
let liaison: Liaison;
let stripe: Webhook;
let crm: Webhook;
let dealId: string;

beforeAll(async () => {
  test = await createTestDatabase();
  database = openDatabase(test.connectionString, { max: 2, onError() {} });
  place = await newPlace({ DATABASE_URL: test.connectionString });
  liaison = await startLiaison(place);
  stripe = await webhookOf(liaison.sandboxUrl, 'stripe');
  crm = await webhookOf(liaison.sandboxUrl, 'zoho-crm');
  [dealId = ''] = await createWonDeals(liaison.sandboxUrl, ['Affaire en règle']);
  // Announced by a rule of the CRM, in its own time.
  await until(async () => (await messages(liaison.sandboxUrl)).length === 1);
  await allSettled(liaison.url);
});
afterAll(async () => {
  await endAll(place, [liaison]);
  await database.close();
  await test.drop();
});

interface Delivery {
  readonly url: string;
  readonly method?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /** Sent in pieces, its length not announced. */
  readonly chunked?: boolean;
}

const now = (): number => Math.floor(Date.now() / 1_000);
const hex = (secret: string, signed: string): string =>
  createHmac('sha256', secret).update(signed).digest('hex');
const payment = (): string =>
  JSON.stringify(paymentSucceeded(`pi_bad_${randomUUID()}`, { email: 'x@bad.example', name: 'X' }));

/** As Stripe signs; each part can be made wrong. */
function signed(body: string, wrong: { secret?: string; seconds?: number } = {}): Delivery {
  const { secret = stripe.secret, seconds = now() } = wrong;
  const signature = `t=${seconds},v1=${hex(secret, `${seconds}.${body}`)}`;
  return { url: stripe.url, headers: { 'content-type': JSON_TYPE, 'stripe-signature': signature }, body };
}

function withSignature(change: (header: string) => string): Delivery {
  const right = signed(payment());
  const header = change(right.headers['stripe-signature'] ?? '');
  return { ...right, headers: { ...right.headers, 'stripe-signature': header } };
}

function withHeaders(delivery: Delivery, headers: Record<string, string>): Delivery {
  return { ...delivery, headers: { ...delivery.headers, ...headers } };
}

const workflowBody = (): object => ({ id: dealId, module: 'Deals', rule: 'closed-won', time: randomUUID() });

/** As a workflow rule sends it: the secret in a header. */
function workflow(secret: string | null, body = JSON.stringify(workflowBody()), type = JSON_TYPE): Delivery {
  const carried: Record<string, string> = secret === null ? {} : { [crm.carrier]: secret };
  return { url: crm.url, headers: { 'content-type': type, ...carried }, body };
}

const form = (secret: string | null): Delivery =>
  workflow(secret, new URLSearchParams(Object.entries(workflowBody())).toString(), FORM_TYPE);

/** As a notification channel sends it: the secret in the body. */
function notification(token: unknown, more: object = {}): Delivery {
  const body = {
    module: 'Deals',
    ids: [dealId],
    operation: 'update',
    server_time: Date.now(),
    token,
    ...more,
  };
  return { url: crm.url, headers: { 'content-type': JSON_TYPE }, body: JSON.stringify(body) };
}

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly ms: number;
}

async function send({ url, method = 'POST', headers, body, chunked = false }: Delivery): Promise<Answer> {
  const before = performance.now();
  const length = body === undefined || chunked ? {} : { 'content-length': Buffer.byteLength(body) };
  const request = httpRequest(url, { method, headers: { ...headers, ...length }, agent: false });
  request.on('error', () => {});
  const answered = once(request, 'response') as Promise<[IncomingMessage]>;
  request.end(body);
  const [answer] = await answered;
  const ms = performance.now() - before;
  let text = '';
  for await (const part of answer) text += part;
  request.destroy();
  return { status: answer.statusCode ?? 0, text, ms };
}

/** What Stripe and the CRM's deals left behind; the sandbox's own life (sheets, contacts) goes on meanwhile. */
async function rows(): Promise<Record<string, number>> {
  const [counts] = await database.query<Record<string, number>>(
    `with mine as (select id from inbox where connector = 'stripe' or (connector = 'zoho-crm' and topic like 'Deals.%'))
     select (select count(*) from mine)::int as inbox,
       (select count(*) from inbox_waiting where event_id in (select id from mine))::int as waiting,
       (select count(*) from runs where event_id in (select id from mine))::int as runs`,
  );
  return counts ?? {};
}

/** The rows that hold the text of a delivery. */
function stored({ body = '' }: Delivery): Promise<unknown[]> {
  const text = Buffer.isBuffer(body) ? gunzipSync(body).toString() : body;
  return database.query('select event_id as id from event_bodies where body = $1', [text]);
}

/** Every case with the status it is to be answered with, and the reason in the answer. */
type Case = readonly [name: string, make: () => Delivery, status: number, reason: string];

const FOR_STRIPE: readonly Case[] = [
  ['signed with a wrong secret', () => signed(payment(), { secret: 'whsec_wrong' }), 401, 'bad-signature'],
  ['signed with an empty secret', () => signed(payment(), { secret: '' }), 401, 'bad-signature'],
  [
    'signed with the secret of another connection',
    () => signed(payment(), { secret: crm.secret }),
    401,
    'bad-signature',
  ],
  ['with an empty signature', () => withSignature(() => ''), 401, 'unsigned'],
  ['with a signature cut short', () => withSignature((header) => header.slice(0, -1)), 400, 'bad-signature'],
  ['with a signature too long', () => withSignature((header) => `${header}0`), 400, 'bad-signature'],
  [
    'with one zeroed digit in its signature',
    () => withSignature((header) => header.slice(0, -1) + (header.endsWith('0') ? '1' : '0')),
    401,
    'bad-signature',
  ],
  [
    'with its signature in base64',
    () =>
      withSignature((header) =>
        header.replace(
          /v1=(\w+)/,
          (_all, digits: string) => `v1=${Buffer.from(digits, 'hex').toString('base64')}`,
        ),
      ),
    400,
    'bad-signature',
  ],
  [
    'signed for tests only (v0)',
    () => withSignature((header) => header.replace('v1', 'v0')),
    400,
    'bad-signature',
  ],
  ['with no time stamp', () => withSignature((header) => header.replace(/t=\d+,/, '')), 400, 'bad-signature'],
  [
    'with another time stamp than the signed one',
    () => withSignature((header) => header.replace(/t=(\d+)/, (_all, t: string) => `t=${Number(t) + 1}`)),
    401,
    'bad-signature',
  ],
  ['stamped six minutes ago', () => signed(payment(), { seconds: now() - SIX_MINUTES }), 400, 'stale'],
  ['stamped six minutes ahead', () => signed(payment(), { seconds: now() + SIX_MINUTES }), 400, 'stale'],
  [
    'without a signature',
    () => ({ url: stripe.url, headers: { 'content-type': JSON_TYPE }, body: payment() }),
    401,
    'unsigned',
  ],
  [
    'written anew after it was signed',
    () => {
      const right = signed(payment());
      return { ...right, body: JSON.stringify(JSON.parse(String(right.body)), null, 1) };
    },
    401,
    'bad-signature',
  ],
  [
    'of another content type',
    () => withHeaders(signed(payment()), { 'content-type': 'text/plain' }),
    415,
    'type',
  ],
  [
    'of a content type that only other vendors send',
    () => withHeaders(signed(payment()), { 'content-type': FORM_TYPE }),
    415,
    'type',
  ],
  ['that is no JSON', () => signed('{"id":"evt_1",'), 400, 'body'],
  ['that is empty', () => signed(''), 400, 'body'],
  ['that is JSON but no event', () => signed('{"hello":"world"}'), 400, 'shape'],
  ['that is JSON but no object', () => signed('[1,2]'), 400, 'shape'],
  ['whose event hides in __proto__', () => signed(`{"__proto__":${payment()}}`), 400, 'trick'],
  [
    'with __proto__ beside the event',
    () => signed(payment().replace('{', '{"__proto__":{"type":"x"},')),
    400,
    'trick',
  ],
  ['with a key twice', () => signed(payment().replace('{', '{"id":"evt_other",')), 400, 'trick'],
  ['above 1 MB', () => signed(payment().replace('{', `{"padding":"${'x'.repeat(1_000_000)}",`)), 413, 'size'],
  [
    'above 1 MB, in pieces of unknown number',
    () => ({ ...signed(payment().replace('{', `{"padding":"${'x'.repeat(3_000_000)}",`)), chunked: true }),
    413,
    'size',
  ],
  [
    'that is compressed',
    () => {
      const right = signed(payment());
      return withHeaders({ ...right, body: gzipSync(String(right.body)) }, { 'content-encoding': 'gzip' });
    },
    415,
    'type',
  ],
  [
    'to an address that nobody has',
    () => ({ ...signed(payment()), url: stripe.url.replace(/[^/]+$/, 'A'.repeat(24)) }),
    404,
    'no-such-hook',
  ],
  [
    'to the address of another connection',
    () => ({ ...signed(payment()), url: crm.url.replace('/zoho-crm/', '/stripe/') }),
    404,
    'no-such-hook',
  ],
  ['with GET', () => ({ url: stripe.url, headers: signed('').headers, method: 'GET' }), 405, 'method'],
];

const FOR_CRM: readonly Case[] = [
  ['rule with a wrong secret', () => workflow('wrong'), 401, 'bad-signature'],
  ['rule with an empty secret', () => workflow(''), 401, 'unsigned'],
  ['rule with a secret cut short', () => workflow(crm.secret.slice(0, -1)), 401, 'bad-signature'],
  ['rule with more than the secret', () => workflow(`${crm.secret}0`), 401, 'bad-signature'],
  ['rule with the secret of another connection', () => workflow(stripe.secret), 401, 'bad-signature'],
  ['rule without a secret', () => workflow(null), 401, 'unsigned'],
  ['rule as a form with a wrong secret', () => form('wrong'), 401, 'bad-signature'],
  ['rule as a form without a secret', () => form(null), 401, 'unsigned'],
  ['rule of another content type', () => workflow(crm.secret, '<id/>', 'text/xml'), 415, 'type'],
  ['rule that is no JSON', () => workflow(crm.secret, '{"id":'), 400, 'body'],
  ['rule that is a form, called JSON', () => workflow(crm.secret, 'id=1&module=Deals'), 400, 'body'],
  ['rule that names no record', () => workflow(crm.secret, '{"module":"Deals"}'), 400, 'shape'],
  ['rule as a form that names no record', () => workflow(crm.secret, 'a=b', FORM_TYPE), 400, 'shape'],
  [
    'rule with __proto__',
    () => workflow(crm.secret, JSON.stringify(workflowBody()).replace('{', '{"__proto__":{"id":"1"},')),
    400,
    'trick',
  ],
  [
    'rule as a form with __proto__',
    () => workflow(crm.secret, `id=${dealId}&module=Deals&__proto__=1`, FORM_TYPE),
    400,
    'trick',
  ],
  ['rule above 1 MB', () => workflow(crm.secret, `{"x":"${'x'.repeat(1_000_000)}"}`), 413, 'size'],
  [
    'rule that is compressed',
    () =>
      withHeaders(
        { ...workflow(crm.secret), body: gzipSync(JSON.stringify(workflowBody())) },
        { 'content-encoding': 'gzip' },
      ),
    415,
    'type',
  ],
  [
    'rule to an address that nobody has',
    () => ({ ...workflow(crm.secret), url: crm.url.replace(/[^/]+$/, 'A'.repeat(24)) }),
    404,
    'no-such-hook',
  ],
  [
    'rule with GET',
    () => ({ url: crm.url, headers: workflow(crm.secret).headers, method: 'GET' }),
    405,
    'method',
  ],
  ['notification with a wrong token', () => notification('wrong'), 401, 'bad-signature'],
  ['notification with an empty token', () => notification(''), 401, 'unsigned'],
  ['notification with the token null', () => notification(null), 401, 'unsigned'],
  ['notification with a list for a token', () => notification([crm.secret]), 401, 'unsigned'],
  ['notification with a token cut short', () => notification(crm.secret.slice(0, -1)), 401, 'bad-signature'],
  [
    'notification with the token of another connection',
    () => notification(stripe.secret),
    401,
    'bad-signature',
  ],
  ['notification without a token', () => notification(undefined), 401, 'unsigned'],
  [
    'notification whose token hides in __proto__',
    () => ({
      ...notification(undefined),
      body: `{"__proto__":{"token":"${crm.secret}"},"module":"Deals","ids":["${dealId}"],"operation":"update"}`,
    }),
    401,
    'unsigned',
  ],
  [
    'notification of an operation that does not exist',
    () => notification(crm.secret, { operation: 'explode' }),
    400,
    'shape',
  ],
  ['notification of no record', () => notification(crm.secret, { ids: [] }), 400, 'shape'],
];

describe.each([
  ['Stripe', FOR_STRIPE],
  ['Zoho CRM', FOR_CRM],
] as const)('a delivery that is not rightly one of %s', (_vendor, cases) => {
  it.each(cases)('is refused at once, and leaves no row: %s', async (_name, make, status, reason) => {
    const before = await rows();
    const delivery = make();
    const answer = await send(delivery);
    expect([answer.status, (JSON.parse(answer.text) as { error: string }).error]).toEqual([status, reason]);
    // A machine that does something else may hold up one answer, not each.
    let { ms } = answer;
    for (let again = 0; ms >= WITHIN_MS && again < 2; again += 1) ms = (await send(delivery)).ms;
    expect(ms).toBeLessThan(WITHIN_MS);
    expect(await rows()).toEqual(before);
    expect(await stored(delivery)).toEqual([]);
  });
});

describe('the same doors, after all that', () => {
  it('take a right delivery of Stripe, and do what it asks', async () => {
    const event = paymentSucceeded('pi_good', { email: 'bon@bad.example', name: 'Bon Payeur' });
    expect((await send(signed(JSON.stringify(event)))).status).toBe(200);
    await allSettled(liaison.url);
    const made = (await created(liaison.sandboxUrl)).filter((one) => one.endsWith(' pi_good'));
    expect(made.sort()).toEqual(['zoho-books customerpayment pi_good', 'zoho-books invoice pi_good']);
  });

  it('take right deliveries of the CRM in each of their forms, and announce the deal once', async () => {
    for (const delivery of [workflow(crm.secret), form(crm.secret), notification(crm.secret)]) {
      const before = await rows();
      expect((await send(delivery)).status).toBe(200);
      expect((await rows()).inbox).toBe((before.inbox ?? 0) + 1);
    }
    await allSettled(liaison.url);
    expect(await messages(liaison.sandboxUrl)).toHaveLength(1);
    const { runs } = await json<{ runs: { state: string }[] }>(
      `${liaison.url}/api/v1/runs?flow=deal-won-to-slack&state=shelved`,
    );
    expect(runs).toEqual([]);
  });
});
