import { eventOf, type StripeEvent } from './rig.ts';

/** Monday, 2 November 2026, in Paris. */
export const MONDAY = 1_793_610_000;
export const DAY = 86_400;

/** A succeeded payment as Stripe announces it; the sandbox's Stripe does not know it: the event is believed. */
export function paid(id: string, members: object = {}, created = MONDAY): StripeEvent {
  const object = {
    id,
    object: 'payment_intent',
    amount: 4_900,
    amount_received: 4_900,
    currency: 'eur',
    status: 'succeeded',
    created,
    customer: null,
    description: 'Maintenance mensuelle',
    receipt_email: `${id}@exemple.example`,
    latest_charge: `ch_${id}`,
    ...members,
  };
  return eventOf('payment_intent.succeeded', object, created);
}

/** A paid invoice, with what a test says of its payments. */
export function invoicePaid(id: string, members: object = {}, created = MONDAY): StripeEvent {
  const object = {
    id,
    object: 'invoice',
    status: 'paid',
    amount_paid: 4_900,
    currency: 'eur',
    created,
    customer: null,
    customer_email: `${id}@exemple.example`,
    attempted: true,
    attempt_count: 1,
    ...members,
  };
  return eventOf('invoice.paid', object, created);
}

export const payments = (...parts: readonly (readonly [intent: string, amount: number])[]) => ({
  object: 'list',
  data: parts.map(([intent, amount], index) => ({
    id: `inpay_${index}_${intent}`,
    object: 'invoice_payment',
    status: 'paid',
    amount_paid: amount,
    payment: { type: 'payment_intent', payment_intent: intent },
  })),
  has_more: false,
});

/** A refund as it tells of itself. */
export const refundOf = (payment: string, id: string, members: object = {}) => ({
  id,
  object: 'refund',
  amount: 3_000,
  currency: 'eur',
  charge: `ch_${payment}`,
  payment_intent: payment,
  status: 'succeeded',
  created: MONDAY + DAY,
  ...members,
});

/** A charge that was refunded, with its refunds as older versions carry them. */
export const refunded = (payment: string, ...refunds: readonly object[]): StripeEvent =>
  eventOf('charge.refunded', {
    id: `ch_${payment}`,
    object: 'charge',
    payment_intent: payment,
    amount: 8_000,
    amount_refunded: 3_000,
    currency: 'eur',
    created: MONDAY,
    refunds: { object: 'list', data: refunds },
  });

/** A dispute as it tells of itself. */
export const disputed = (topic: string, payment: string, id: string, members: object = {}): StripeEvent =>
  eventOf(`charge.dispute.${topic}`, {
    id,
    object: 'dispute',
    amount: 25_000,
    currency: 'usd',
    charge: `ch_${payment}`,
    payment_intent: null,
    reason: 'fraudulent',
    status: 'needs_response',
    created: MONDAY + DAY,
    balance_transactions: [],
    ...members,
  });

/** One of its movements of the balance. */
export const disputeMovement = (
  id: string,
  amount: number,
  fee: number,
  created: number,
  currency = 'eur',
) => ({
  id,
  object: 'balance_transaction',
  amount,
  fee,
  net: amount - fee,
  currency,
  created,
});

/** Every order of a few things. */
export function orders<T>(things: readonly T[]): T[][] {
  if (things.length < 2) return [[...things]];
  return things.flatMap((first, index) =>
    orders(things.filter((_, other) => other !== index)).map((rest) => [first, ...rest]),
  );
}

/** The same fact as another event. */
export const again = (event: StripeEvent): StripeEvent =>
  eventOf(event.type, event.data.object, event.created);
