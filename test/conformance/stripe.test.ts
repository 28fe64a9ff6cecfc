import type { StripeClient } from '../../server/connectors/stripe/client.ts';
import { stripe } from '../../server/connectors/stripe/connector.ts';
import { paymentFrom } from '../../server/connectors/stripe/shapes.ts';
import { asLiaisonError } from '../../server/core/errors.ts';
import { ALL_TOPICS } from '../../server/flows/stripe-payment-to-books/heard-topics.ts';
import { type Connected, hostsOf, type OpenSandbox, openSandbox } from './sandbox-connection.ts';

const HOOK = 'http://127.0.0.1:3000/hooks/stripe/key-1';
let sandbox: OpenSandbox;
let connected: Connected<StripeClient>;

beforeAll(async () => {
  sandbox = await openSandbox('stripe', { only: ['stripe'] });
  connected = await sandbox.connect(stripe);
});
afterAll(() => sandbox.close());

it('fails with reconnect when the key is no good', async () => {
  const thrown = await sandbox.connect(stripe, 'rk_test_wrong').catch(asLiaisonError);
  expect(thrown).toMatchObject({ kind: 'reconnect' });
});

describe('the account', () => {
  const accountOf = async (key: string | undefined) => (await sandbox.connect(stripe, key)).account;
  const keys = async () =>
    (await (await fetch(`${sandbox.url}/_sandbox/keys`)).json()) as Record<string, string>;

  it('is the same by a key that may read it and by one that is refused, and another one for another account', async () => {
    const { stripe: restricted, ...further } = await keys();
    const first = { id: 'acct_1LUMEN69ATELIER1', name: 'Atelier Lumen' };
    expect(await accountOf(restricted)).toEqual(first);
    expect(await accountOf(further['stripe Atelier Lumen secret'])).toEqual(first);
    const second = { id: 'acct_1LUMEN69STUDIO01', name: 'Lumen Studio' };
    expect(await accountOf(further['stripe Lumen Studio'])).toEqual(second);
    expect(await accountOf(further['stripe Lumen Studio secret'])).toEqual(second);
  });

  it.each([
    ['an invoice names it where the refusal does not', '^/v1/account$', { id: 'acct_1LUMEN69ATELIER1' }],
    [
      'and where no invoice can be read, it is not said whose it is',
      '^/v1/(account|invoices)$',
      { isUnsaid: true },
    ],
  ])('%s', async (_, path, expected) => {
    await sandbox.fault('stripe', { status: 404, path });
    expect(await accountOf(undefined)).toMatchObject(expected);
    await sandbox.fault('stripe', null);
  });

  it('is not guessed while Stripe does not answer', async () => {
    await sandbox.fault('stripe', { status: 503, path: '^/v1/account$' });
    expect(await accountOf(undefined).catch(asLiaisonError)).toMatchObject({ kind: 'retry-later' });
    await sandbox.fault('stripe', null);
  });
});

describe('objects', () => {
  it('that Stripe does not know are null, and have no refunds', async () => {
    const { client } = connected;
    expect(await client.paymentIntent('pi_unknown')).toBeNull();
    expect(await client.invoice('in_unknown')).toBeNull();
    expect(await client.charge('ch_unknown')).toBeNull();
    expect(await client.customer('cus_unknown')).toBeNull();
    expect(await client.refundsOfCharge('ch_unknown')).toEqual([]);
  });

  it('that Stripe holds are payments of somebody, with their receipt', async () => {
    const { payment_intents: intents = [], invoices = [] } = await sandbox.state('stripe');
    const succeeded = intents.filter((intent) => intent.status === 'succeeded');
    expect(succeeded.length).toBeGreaterThan(0);
    for (const { id } of succeeded.slice(0, 5)) {
      expect(paymentFrom(await connected.client.paymentIntent(String(id)))).toMatchObject({
        identity: id,
        isPaid: true,
        email: expect.stringContaining('@'),
        name: expect.any(String),
        chargeId: expect.stringMatching(/^ch_/),
        receiptUrl: expect.stringMatching(/^https:/),
      });
    }
    const paid = invoices.filter((invoice) => invoice.status === 'paid' && Number(invoice.amount_paid) > 0);
    expect(paid.length).toBeGreaterThan(0);
    for (const { id } of paid.slice(0, 5)) {
      const payment = paymentFrom(await connected.client.invoice(String(id)));
      expect(payment).toMatchObject({ identity: expect.stringMatching(/^pi_/), invoiceId: id, isPaid: true });
    }
  });

  it('that were refunded tell every refund, by the payment that it gives back', async () => {
    const { refunds = [] } = await sandbox.state('stripe');
    expect(refunds.length).toBeGreaterThan(0);
    for (const refund of refunds.slice(0, 5)) {
      const found = await connected.client.refundsOfCharge(String(refund.charge));
      expect(found).toContainEqual(
        expect.objectContaining({
          id: refund.id,
          amountMinor: refund.amount,
          paymentIdentity: refund.payment_intent,
        }),
      );
    }
  });
});

describe('events', () => {
  it('of more types than Stripe takes in one question are listed all the same, the newest first', async () => {
    expect(ALL_TOPICS.length).toBeGreaterThan(20);
    const items = [{ name: 'Suivi', amountMinor: 1_000 }];
    await sandbox.act('stripe', { act: 'subscribe', email: 'vingt@exemple.example', items });
    const { client } = connected;
    const now = await client.time();
    const { events, whole } = await client.eventsOf(ALL_TOPICS, { from: now - 60_000, to: null });
    const types = events.map(({ type }) => type);
    expect(whole).toBe(true);
    expect(types).toEqual(
      expect.arrayContaining(['customer.subscription.created', 'payment_intent.succeeded', 'invoice.paid']),
    );
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
    const times = events.map(({ created }) => created);
    expect(times).toEqual(times.toSorted((one, other) => other - one));
    const latest = await client.latestEvents(ALL_TOPICS);
    expect(latest.map(({ id }) => id)).toEqual(expect.arrayContaining(events.map(({ id }) => id)));
  });
});

describe('being told of events', () => {
  const wish = { url: HOOK, secret: 'not used', topics: ['payment_intent.succeeded', 'charge.refunded'] };

  it('is asked for once, however often, and the secret is Stripe’s own', async () => {
    const first = await stripe.webhooks?.subscribe?.(connected.client, wish);
    const again = await stripe.webhooks?.subscribe?.(connected.client, {
      ...wish,
      topics: wish.topics.toReversed(),
    });
    expect(first).toMatchObject([{ kind: 'hmac-sha256', secret: expect.stringMatching(/^whsec_/) }]);
    expect(again).toEqual(first);
    const held = (await sandbox.webhooks()).filter((hook) => hook.vendor === 'stripe');
    expect(held).toHaveLength(1);
    expect(held[0]).toMatchObject({ url: HOOK, secret: first?.[0]?.secret });
    expect(held[0]?.topics.toSorted()).toEqual(wish.topics.toSorted());
  });
});

describe('faults', () => {
  afterEach(() => sandbox.fault('stripe', null));

  it('come out of the library as they were classified, and are not tried again by it', async () => {
    const before = connected.exchanges.length;
    await sandbox.fault('stripe', { status: 500 });
    const thrown = await connected.client.paymentIntent('pi_1').catch(asLiaisonError);
    expect(thrown).toMatchObject({ kind: 'retry-later' });
    expect(connected.exchanges.length - before).toBe(1);
  });
});

it('spoke to declared hosts only', () => {
  expect(hostsOf(connected.exchanges)).toEqual(['api.stripe.com']);
});
