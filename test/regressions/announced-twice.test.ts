import { randomUUID } from 'node:crypto';
import { endAll } from '../system/aftermath.ts';
import {
  allSettled,
  json,
  type Liaison,
  ledger,
  type Place,
  play,
  startLiaison,
  until,
  webhookOf,
} from '../system/liaison-process.ts';
import { paymentSucceeded, sendStripe } from '../system/payments.ts';
import { newServedPlace } from '../system/served-place.ts';
import { created, notes, setFault } from '../system/vendors.ts';

const PAYMENTS = 6;

let place: Place;
let liaison: Liaison;
beforeAll(async () => {
  place = await newServedPlace();
  liaison = await startLiaison(place);
});
afterAll(() => endAll(place, [liaison]));

const event = (type: string, object: object) => ({
  id: `evt_${randomUUID()}`,
  object: 'event',
  api_version: '2020-08-27',
  created: 1_795_000_000,
  type,
  data: { object },
});

/** As Stripe announces it twice: on the charge, which names the customer, and as itself, which does not. */
function refunded(paymentId: string) {
  const charge = `ch_${paymentId}`;
  const common = { charge, payment_intent: paymentId, currency: 'eur', created: 1_795_000_000 };
  const refund = {
    ...common,
    id: `re_${paymentId}`,
    object: 'refund',
    amount: 1_250,
    status: 'succeeded',
    reason: null,
  };
  const refunds = { object: 'list', data: [refund] };
  return [
    event('charge.refunded', {
      ...common,
      id: charge,
      object: 'charge',
      customer: `cus_${paymentId}`,
      amount: 4_900,
      amount_refunded: 1_250,
      refunds,
    }),
    event('refund.created', refund),
  ];
}

it('a payment that Stripe announces as an intent and as an invoice is booked once, and noted once on the contact', async () => {
  const { paymentIntent } = await play(liaison.sandboxUrl, 'stripe-invoice-paid');
  const done = async () => {
    const { runs } = await json<{ runs: { state: string }[] }>(
      `${liaison.url}/api/v1/runs?flow=stripe-payment-to-books&state=done`,
    );
    return runs.length;
  };
  await until(async () => (await done()) >= 2);
  await allSettled(liaison.url);
  const made = await created(liaison.sandboxUrl);
  for (const object of ['invoice', 'customerpayment'])
    expect(made.filter((one) => one === `zoho-books ${object} ${paymentIntent}`)).toHaveLength(1);
  const noted = await notes(liaison.sandboxUrl);
  expect(noted.filter((text) => text.includes(String(paymentIntent)))).toHaveLength(1);
});

it('a refund that Stripe announces in two ways at once is noted once on the invoice', async () => {
  const webhook = await webhookOf(liaison.sandboxUrl, 'stripe');
  const ids = Array.from({ length: PAYMENTS }, (_, index) => `pi_refund_${index}`);
  await Promise.all(
    ids.map((id) =>
      sendStripe(webhook, paymentSucceeded(id, { email: `${id}@remise.example`, name: `Payeur ${id}` })),
    ),
  );
  await allSettled(liaison.url);
  // Time for both to look before either writes.
  await setFault(liaison.sandboxUrl, 'zoho-books', { latencyMs: 40 });
  await Promise.all(ids.flatMap(refunded).map((one) => sendStripe(webhook, one)));
  await allSettled(liaison.url);

  const texts = (await ledger(liaison.sandboxUrl))
    .filter(({ vendor, object }) => vendor === 'zoho-books' && object.includes('comment'))
    .map(({ record }) => JSON.stringify(record));
  const noted = ids.map((id) => texts.filter((text) => text.includes(`re_${id}`)));
  expect(noted.map((one) => one.length)).toEqual(ids.map(() => 1));
  for (const [text] of noted) expect(text).toMatch(/12,50\s*€/);
});
