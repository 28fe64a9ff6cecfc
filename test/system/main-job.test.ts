import { randomUUID } from 'node:crypto';
import {
  allSettled,
  deliverStripe,
  json,
  type Liaison,
  ledger,
  type Place,
  play,
  removePlace,
  startLiaison,
  until,
  webhookOf,
} from './liaison-process.ts';
import { newServedPlace } from './served-place.ts';

let place: Place;
let liaison: Liaison;

beforeAll(async () => {
  place = await newServedPlace();
  liaison = await startLiaison(place);
});
afterAll(async () => {
  expect(await liaison.stop()).toBe(0);
  await removePlace(place);
});

const writes = async (vendor: string, object: string) =>
  (await ledger(liaison.sandboxUrl)).filter((entry) => entry.vendor === vendor && entry.object === object);

interface Run {
  readonly flow: { id: string };
  readonly state: string;
  readonly record: { label: string | null };
}
const runs = async () => (await json<{ runs: Run[] }>(`${liaison.url}/api/v1/runs`)).runs;

/** A payment intent as older API versions render it, charges within. */
const oldIntent = (id: string, email: string, amount = 4_900, currency = 'eur') => ({
  id: `evt_${randomUUID()}`,
  object: 'event',
  api_version: '2020-08-27',
  type: 'payment_intent.succeeded',
  created: Math.floor(Date.now() / 1_000),
  data: {
    object: {
      id,
      object: 'payment_intent',
      amount,
      amount_received: amount,
      currency,
      status: 'succeeded',
      created: Math.floor(Date.now() / 1_000),
      description: 'Hébergement annuel',
      charges: {
        object: 'list',
        data: [{ id: `ch_${id}`, object: 'charge', billing_details: { email, name: 'Odile Vasseur' } }],
      },
    },
  },
});

describe('the main job, in the sandbox', () => {
  it('says in one Slack message, word for word, that a deal is won, within two seconds', async () => {
    const before = performance.now();
    await play(liaison.sandboxUrl, 'deal-won');
    const messages = await until(async () => {
      const found = await writes('slack', 'message');
      return found.length > 0 && found;
    });
    expect(performance.now() - before).toBeLessThan(2_000);
    await allSettled(liaison.url);
    expect(await writes('slack', 'message')).toHaveLength(1);
    expect(messages[0]?.record.text).toBe(
      '🎉 Deal gagné ! Refonte site vitrine - 12 500€ par Claire Fontaine',
    );
  });

  it('books a Stripe payment once, with exactly its amount, and shows it on the CRM contact', async () => {
    const before = performance.now();
    await play(liaison.sandboxUrl, 'stripe-payment');
    await until(async () => (await writes('zoho-books', 'customerpayment')).length > 0);
    expect(performance.now() - before).toBeLessThan(2_000);
    await allSettled(liaison.url);

    const [intents, customers, invoices, payments, notes] = await Promise.all([
      json<{ tables: Record<string, { amount: number; currency: string; id: string }[]> }>(
        `${liaison.sandboxUrl}/_sandbox/state/stripe`,
      ),
      writes('zoho-books', 'contact'),
      writes('zoho-books', 'invoice'),
      writes('zoho-books', 'customerpayment'),
      writes('zoho-crm', 'note'),
    ]);
    const created = (entries: { action: string }[]) => entries.filter((entry) => entry.action === 'create');
    expect([
      created(customers).length,
      created(invoices).length,
      created(payments).length,
      created(notes).length,
    ]).toEqual([1, 1, 1, 1]);
    const reference = payments[0]?.record.reference_number;
    const intent = Object.values(intents.tables)
      .flat()
      .find((row) => row.id === reference);
    expect(Number(payments[0]?.record.amount) * 100).toBeCloseTo(intent?.amount ?? Number.NaN, 6);
  });

  it('books an event of any age of API once, delivered fifty times at once', async () => {
    const webhook = await webhookOf(liaison.sandboxUrl, 'stripe');
    const event = oldIntent('pi_fifty', 'odile.vasseur@example.org');
    const answers = await Promise.all(Array.from({ length: 50 }, () => deliverStripe(webhook, event)));
    expect(answers.every((answer) => answer.status === 200)).toBe(true);
    await allSettled(liaison.url);
    const payments = (await writes('zoho-books', 'customerpayment')).filter(
      (entry) => entry.marker === 'pi_fifty',
    );
    expect(payments).toHaveLength(1);
    expect(payments[0]?.record.amount).toBe(49);
  });

  it('books one customer for payments of one new payer that arrive together', async () => {
    const webhook = await webhookOf(liaison.sandboxUrl, 'stripe');
    await Promise.all(
      ['a', 'b', 'c', 'd'].map((id) =>
        deliverStripe(webhook, oldIntent(`pi_together_${id}`, 'neuf@example.org')),
      ),
    );
    await allSettled(liaison.url);
    const made = (await writes('zoho-books', 'contact')).filter((entry) =>
      JSON.stringify(entry.record).includes('neuf@example.org'),
    );
    expect(made.filter((entry) => entry.action === 'create')).toHaveLength(1);
    const payments = (await writes('zoho-books', 'customerpayment')).filter((entry) =>
      entry.marker?.startsWith('pi_together_'),
    );
    expect(payments).toHaveLength(4);
  });

  it('books yen without decimals', async () => {
    const webhook = await webhookOf(liaison.sandboxUrl, 'stripe');
    await deliverStripe(webhook, oldIntent('pi_yen', 'yen@example.org', 4_900, 'jpy'));
    await allSettled(liaison.url);
    const [payment] = (await writes('zoho-books', 'customerpayment')).filter(
      (entry) => entry.marker === 'pi_yen',
    );
    expect(payment?.record.amount).toBe(4_900);
  });

  it.each([
    ['a wrong secret', (body: string) => ({ secret: 'whsec_wrong', body, seconds: Date.now() / 1_000 })],
    ['a stale stamp', (body: string) => ({ secret: '', body, seconds: Date.now() / 1_000 - 400 })],
  ])('refuses an event signed with %s and keeps no row of it', async (_name, make) => {
    const webhook = await webhookOf(liaison.sandboxUrl, 'stripe');
    const before = (await runs()).length;
    const made = make('');
    const answer = await deliverStripe(
      { ...webhook, secret: made.secret || webhook.secret },
      oldIntent(`pi_${randomUUID()}`, 'x@example.org'),
      Math.floor(made.seconds),
    );
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    await allSettled(liaison.url);
    expect((await runs()).length).toBe(before);
  });

  it('makes leads of sheet rows, corrects them in place, and shelves a row that the CRM refuses', async () => {
    const sheetRuns = async (state: string) =>
      (await runs()).filter((run) => run.flow.id === 'sheet-row-to-lead' && run.state === state);
    const leads = async (action: string) =>
      (await writes('zoho-crm', 'lead')).filter((entry) => entry.action === action).length;
    const known = (await until(async () => (await sheetRuns('done')).length >= 5 && sheetRuns('done')))
      .length;
    const made = await leads('create');

    await play(liaison.sandboxUrl, 'sheet-row');
    await until(async () => (await sheetRuns('done')).length === known + 1);
    expect(await leads('create')).toBe(made + 1);

    const corrected = await leads('update');
    await play(liaison.sandboxUrl, 'sheet-row-edit');
    await until(async () => (await sheetRuns('done')).length === known + 2);
    expect([await leads('create'), await leads('update')]).toEqual([made + 1, corrected + 1]);

    await play(liaison.sandboxUrl, 'sheet-bad-row');
    await until(async () => (await sheetRuns('shelved')).length === 1);
    expect(await leads('create')).toBe(made + 1);
  });
});
