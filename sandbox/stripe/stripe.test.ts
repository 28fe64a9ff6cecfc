import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Stripe from 'stripe';
import { readConfig } from '../config.ts';
import { type RunningSandbox, startSandbox } from '../core/host.ts';
import { API_VERSION } from './api-version.ts';
import { payInvoice, sendInvoice } from './invoices.ts';
import { pay } from './pay.ts';
import { refund } from './refund.ts';
import { stripe as simulator } from './simulator.ts';

let folder: string;
let sandbox: RunningSandbox;
let client: Stripe;
let now = Date.UTC(2026, 10, 24, 9);

/** @param key undefined: the account's own. */
async function clientOf(key?: string): Promise<Stripe> {
  const keys = (await (await fetch(`${sandbox.url}/_sandbox/keys`)).json()) as { stripe: string };
  // The SDK has no option for a path before its own: the prefix is put there on the way out.
  const httpClient = Stripe.createFetchHttpClient((url, init) =>
    fetch(String(url).replace(/(:\d+)\//, '$1/stripe/'), init),
  );
  return new Stripe(key ?? keys.stripe, {
    host: '127.0.0.1',
    port: sandbox.port,
    protocol: 'http',
    maxNetworkRetries: 0,
    telemetry: false,
    httpClient,
  });
}

async function start({ recorded }: { readonly recorded: boolean }): Promise<void> {
  sandbox = await startSandbox({
    port: 0,
    dataFolder: folder,
    record: recorded ? readConfig(process.env).record : undefined,
    simulators: [simulator],
    scenarios: [],
    clock: () => new Date(now),
  });
  client = await clientOf();
}

/** For requests that are wrong on purpose, or that the contract file does not name: not put before the checker. */
async function stopRecording(): Promise<void> {
  await sandbox.stop();
  await start({ recorded: false });
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'liaison-stripe-'));
  await start({ recorded: true });
});
afterEach(async () => {
  await sandbox.stop();
  rmSync(folder, { recursive: true });
});

const desk = () => sandbox.desk('stripe');
const ledger = async () => {
  const answer = await fetch(`${sandbox.url}/_sandbox/ledger?vendor=stripe`);
  return ((await answer.json()) as { entries: { operation: string; id: string; marker: string | null }[] })
    .entries;
};

/** Of an answer that came through fetch: its headers are then no plain object, whatever the SDK's type says. */
function replayed({ headers }: { readonly headers: object }): string | null {
  return new Headers(headers as Headers).get('idempotent-replayed');
}

test('the same key with the same body creates once, and with another body is refused', async () => {
  const parameters = { email: 'neuf@client.example', name: 'Neuf', metadata: { liaison: '1' } };
  const options = { idempotencyKey: 'run-1/customer' };
  const first = await client.customers.create(parameters, options);
  expect(replayed(first.lastResponse)).toBeNull();
  const again = await client.customers.create(parameters, options);
  expect(again.id).toBe(first.id);
  expect(replayed(again.lastResponse)).toBe('true');
  await expect(client.customers.create({ ...parameters, name: 'Autre' }, options)).rejects.toMatchObject({
    type: 'StripeIdempotencyError',
    statusCode: 400,
  });
  expect(await ledger()).toMatchObject([
    { operation: 'POST /v1/customers', id: first.id, marker: 'run-1/customer' },
  ]);
});

test('an idempotent answer outlives a restart', async () => {
  const options = { idempotencyKey: 'k' };
  const first = await client.customers.create({ email: 'a@b.example' }, options);
  await sandbox.stop();
  await start({ recorded: true });
  expect((await client.customers.create({ email: 'a@b.example' }, options)).id).toBe(first.id);
});

test('an update changes what it names, merges metadata and tells what was before', async () => {
  const made = await client.customers.create({
    name: 'Avant',
    phone: '+33 6 39 98 00 00',
    address: { city: 'Lyon', country: 'FR' },
    metadata: { a: '1', b: '2' },
  });
  const changed = await client.customers.update(made.id, {
    name: 'Après',
    phone: '',
    metadata: { a: '', c: '3' },
  });
  expect(changed).toMatchObject({
    name: 'Après',
    phone: null,
    address: { city: 'Lyon' },
    metadata: { b: '2', c: '3' },
  });
  const events = await client.events.list({ type: 'customer.updated' });
  expect(events.data[0]?.data.previous_attributes).toMatchObject({ name: 'Avant' });
});

test('a customer is found by exact e-mail, and all who share one are listed', async () => {
  const { data } = await client.customers.list({ email: 'accueil@veto-forges.example' });
  expect(data.map((one) => one.name).sort()).toEqual(['Rémi Aubert', 'Zoé Mercier']);
  expect((await client.customers.list({ email: 'Accueil@veto-forges.example' })).data).toEqual([]);
});

test('pages cover every customer once, forwards and backwards, newest first', async () => {
  const forwards: string[] = [];
  for await (const customer of client.customers.list({ limit: 4 })) forwards.push(customer.id);
  expect(new Set(forwards).size).toBe(forwards.length);
  expect(forwards.length).toBeGreaterThan(20);
  const created = (await client.customers.list({ limit: 100 })).data.map((one) => one.created);
  expect(created).toEqual([...created].sort((a, b) => b - a));
  const backwards: string[] = [];
  for await (const customer of client.customers.list({ limit: 4, ending_before: forwards.at(-1)! }))
    backwards.push(customer.id);
  expect(backwards.sort()).toEqual(forwards.slice(0, -1).sort());
});

test('what Stripe refuses is refused: key, parameter, id, limit, cursor, version', async () => {
  await stopRecording();
  const stranger = await clientOf('rk_test_wrong');
  await expect(stranger.customers.list()).rejects.toMatchObject({ statusCode: 401 });
  await expect(client.customers.create({ nom: 'x' } as object)).rejects.toMatchObject({
    statusCode: 400,
    code: 'parameter_unknown',
    param: 'nom',
  });
  await expect(client.customers.create({ email: 'pas une adresse' })).rejects.toMatchObject({
    code: 'email_invalid',
  });
  await expect(client.customers.retrieve('cus_none')).rejects.toMatchObject({
    statusCode: 404,
    code: 'resource_missing',
  });
  await expect(client.customers.list({ limit: 101 })).rejects.toMatchObject({
    statusCode: 400,
    param: 'limit',
  });
  await expect(client.customers.list({ starting_after: 'cus_none' })).rejects.toMatchObject({
    statusCode: 400,
    code: 'resource_missing',
  });
  await expect(client.charges.list({ expand: ['data.nothing'] })).rejects.toMatchObject({ statusCode: 400 });
  const old = client.customers.list({}, { apiVersion: '2020-08-27' });
  await expect(old).rejects.toMatchObject({ statusCode: 400 });
});

test('a key is taken as the user name of HTTP Basic too', async () => {
  const { stripe: key } = (await (await fetch(`${sandbox.url}/_sandbox/keys`)).json()) as { stripe: string };
  const answer = await fetch(`${sandbox.url}/stripe/v1/customers?limit=1`, {
    headers: { authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}` },
  });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('request-id')).toMatch(/^req_/);
});

test('the 26th request to an endpoint within a second is limited, and a second later it is not', async () => {
  now += 10_000;
  for (let turn = 0; turn < 25; turn += 1) await client.charges.list({ limit: 1 });
  await expect(client.charges.list({ limit: 1 })).rejects.toMatchObject({
    statusCode: 429,
    headers: { 'stripe-rate-limited-reason': 'endpoint-rate' },
  });
  now += 1000;
  await expect(client.charges.list({ limit: 1 })).resolves.toBeTruthy();
});

test('objects are expanded where asked, through lists and through each other', async () => {
  const { charge } = pay(desk(), {
    email: 'karim@garage-benali.example',
    amountMinor: 5000,
    currency: 'EUR',
  });
  const found = await client.paymentIntents.list({
    limit: 1,
    expand: ['data.customer', 'data.latest_charge.refunds'],
  });
  expect(found.data[0]).toMatchObject({
    customer: { object: 'customer', email: 'karim@garage-benali.example' },
    latest_charge: { id: charge.id, refunds: { object: 'list', data: [] } },
  });
  const subscription = (await client.subscriptions.list({ expand: ['data.latest_invoice'] })).data[0]!;
  expect(subscription.items.data[0]?.current_period_end).toBeGreaterThan(0);
  const invoice = await client.invoices.retrieve((subscription.latest_invoice as Stripe.Invoice).id, {
    expand: ['payments.data.payment.payment_intent', 'customer'],
  });
  expect(invoice.parent?.subscription_details?.subscription).toBe(subscription.id);
  expect(invoice.payments?.data[0]?.payment.payment_intent).toMatchObject({
    status: 'succeeded',
    amount: 2490,
  });
});

test('a payment by e-mail makes the customer that is not there, in the currency’s own minor units', async () => {
  const { intent, customer } = pay(desk(), {
    email: 'nouvelle@cliente.example',
    name: 'Nouvelle Cliente',
    amountMinor: 4990,
    currency: 'JPY',
    description: 'お茶',
  });
  expect(await client.paymentIntents.retrieve(intent.id)).toMatchObject({
    amount: 4990,
    amount_received: 4990,
    currency: 'jpy',
    customer: customer?.id,
    description: 'お茶',
  });
  expect(pay(desk(), { amountMinor: 4990, currency: 'KWD' }).intent.currency).toBe('kwd');
  expect(() => pay(desk(), { amountMinor: 49.9, currency: 'EUR' })).toThrow('whole minor units');
});

test('a charge is refunded in parts and never beyond what it was', async () => {
  const { charge } = pay(desk(), {
    email: 'karim@garage-benali.example',
    amountMinor: 5000,
    currency: 'EUR',
  });
  refund(desk(), { charge: charge.id, amountMinor: 2000 });
  expect(await client.charges.retrieve(charge.id)).toMatchObject({ amount_refunded: 2000, refunded: false });
  refund(desk(), { charge: charge.id });
  expect(await client.charges.retrieve(charge.id)).toMatchObject({ amount_refunded: 5000, refunded: true });
  expect((await client.refunds.list({ charge: charge.id })).data.map((one) => one.amount)).toEqual([
    3000, 2000,
  ]);
  expect(() => refund(desk(), { charge: charge.id })).toThrow('0 are left');
});

test('an invoice is paid by one payment that it names', async () => {
  const customer = (await client.customers.list({ email: 'karim@garage-benali.example' })).data[0]!;
  const open = sendInvoice(desk(), {
    customerId: customer.id,
    amountMinor: 115_000,
    currency: 'EUR',
    description: 'Audit SEO',
  });
  const { intent } = payInvoice(desk(), { invoiceId: open.id });
  const paid = await client.invoices.retrieve(open.id, { expand: ['payments'] });
  expect(paid).toMatchObject({ status: 'paid', amount_paid: 115_000, amount_remaining: 0 });
  expect(paid.payments?.data[0]?.payment).toEqual({ payment_intent: intent.id, type: 'payment_intent' });
  const types = (await client.events.list({ types: ['invoice.paid', 'payment_intent.succeeded'] })).data;
  expect(types.map((event) => event.type)).toEqual(['invoice.paid', 'payment_intent.succeeded']);
  expect(() => payInvoice(desk(), { invoiceId: open.id })).toThrow('no open invoice');
});

test('the history of the seed lies beyond the 30 days for which events are listed', async () => {
  expect((await client.events.list()).data).toEqual([]);
  expect((await client.charges.list({ limit: 100 })).data.length).toBeGreaterThan(4);
});

describe('webhooks', () => {
  interface Received {
    readonly headers: IncomingHttpHeaders;
    readonly body: string;
  }
  let listener: Server;
  let url: string;
  let next: (received: Received) => void;

  beforeEach(async () => {
    listener = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      response.end();
      next({ headers: request.headers, body: Buffer.concat(chunks).toString() });
    });
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/hooks/stripe`;
  });
  afterEach(() => listener.close());

  test('an event arrives signed with the secret that only the creation and the control interface tell', async () => {
    const made = await client.webhookEndpoints.create({
      url,
      enabled_events: ['payment_intent.succeeded'],
      api_version: API_VERSION,
    });
    expect(made.secret).toMatch(/^whsec_/);
    const held = (await (await fetch(`${sandbox.url}/_sandbox/webhooks`)).json()) as { webhooks: object[] };
    expect(held.webhooks).toMatchObject([
      { vendor: 'stripe', url, secret: made.secret, scheme: 'stripe-signature' },
    ]);
    const arrival = new Promise<Received>((resolve) => {
      next = resolve;
    });
    const { intent, events } = pay(desk(), {
      email: 'karim@garage-benali.example',
      amountMinor: 12_345,
      currency: 'EUR',
    });
    const { headers, body } = await arrival;
    const event = client.webhooks.constructEvent(
      body,
      String(headers['stripe-signature']),
      String(made.secret),
      300,
      undefined,
      now,
    );
    expect(event).toMatchObject({
      id: events.at(-1),
      type: 'payment_intent.succeeded',
      api_version: API_VERSION,
    });
    expect(event.data.object).toMatchObject({ id: intent.id, amount: 12_345 });
    expect(() =>
      client.webhooks.constructEvent(`${body} `, String(headers['stripe-signature']), String(made.secret)),
    ).toThrow();
  });

  test('an endpoint outlives a reset', async () => {
    const made = await client.webhookEndpoints.create({ url, enabled_events: ['*'] });
    await fetch(`${sandbox.url}/_sandbox/reset`, { method: 'POST' });
    const { webhooks } = (await (await fetch(`${sandbox.url}/_sandbox/webhooks`)).json()) as {
      webhooks: { id: string }[];
    };
    expect(webhooks.map(({ id }) => id)).toEqual([made.id]);
  });

  test('endpoints are listed without their secret, and deleted', async () => {
    await stopRecording();
    const made = await client.webhookEndpoints.create({ url, enabled_events: ['*'] });
    const { data } = await client.webhookEndpoints.list();
    expect(data.map(({ id, secret }) => [id, secret])).toEqual([[made.id, undefined]]);
    expect(await client.webhookEndpoints.del(made.id)).toMatchObject({ deleted: true });
    await expect(client.webhookEndpoints.retrieve(made.id)).rejects.toMatchObject({ statusCode: 404 });
    expect((await ledger()).map(({ operation }) => operation)).toEqual([
      'POST /v1/webhook_endpoints',
      'DELETE /v1/webhook_endpoints/{id}',
    ]);
  });

  test('an endpoint off this machine, with no events, or in another version is refused', async () => {
    await stopRecording();
    const wrong: Stripe.WebhookEndpointCreateParams[] = [
      { url: 'https://example.com/hook', enabled_events: ['*'] },
      { url, enabled_events: [] },
      { url, enabled_events: ['*'], api_version: '2020-08-27' },
    ];
    for (const parameters of wrong)
      await expect(client.webhookEndpoints.create(parameters)).rejects.toMatchObject({ statusCode: 400 });
  });
});
