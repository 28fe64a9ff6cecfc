import type Stripe from 'stripe';
import type { StripeClient } from './client.ts';
import { idOf } from './object-reader.ts';

export type NamedObject =
  | Stripe.PaymentIntent
  | Stripe.Charge
  | Stripe.Invoice
  | Stripe.Refund
  | Stripe.Dispute
  | Stripe.Payout
  | Stripe.Subscription;

/** How an object is asked for, by how its id begins; old refunds and disputes have other beginnings than new ones. */
const ASKED_BY: readonly (readonly [
  begins: RegExp,
  ask: (client: StripeClient, id: string) => Promise<NamedObject | null>,
])[] = [
  [/^pi_/, (client, id) => client.paymentIntent(id)],
  [/^(ch|py)_/, (client, id) => client.charge(id)],
  [/^in_/, (client, id) => client.invoice(id)],
  [/^(re|pyr)_/, (client, id) => client.refund(id)],
  [/^po_/, (client, id) => client.payout(id)],
  [/^sub_/, async (client, id) => (await client.subscription(id))?.subscription ?? null],
  [/^(du|dp)_/, (client, id) => client.dispute(id)],
];

/**
 * The object of Stripe that somebody names by its id; null: there is none. Instead of a charge that has an intent it is
 * that intent, which announces it.
 */
async function namedObject(client: StripeClient, id: string): Promise<NamedObject | null> {
  const ask = ASKED_BY.find(([begins]) => begins.test(id))?.[1];
  const found = ask === undefined ? null : await ask(client, id);
  const intent = found?.object === 'charge' ? idOf(found.payment_intent) : null;
  return intent === null ? found : client.paymentIntent(intent);
}

/** An event, as Stripe lists it. */
export interface ToldEvent {
  readonly id: string;
  readonly type: string;
  readonly created: number;
  readonly data: { readonly object: object };
}

/** What Stripe would tell of an object once it went well. */
export const TOLD_AS = {
  payment_intent: 'payment_intent.succeeded',
  charge: 'charge.succeeded',
  invoice: 'invoice.paid',
  refund: 'refund.created',
  dispute: 'charge.dispute.created',
  payout: 'payout.paid',
  subscription: 'customer.subscription.updated',
} as const satisfies Record<NamedObject['object'], string>;

/** What Stripe would tell of an object that somebody names instead of an event; null: there is none. */
export async function namedEvent(
  client: StripeClient,
  id: string,
  typeOf: (found: NamedObject) => string,
): Promise<ToldEvent | null> {
  const found = await namedObject(client, id);
  if (found === null) return null;
  return { id: found.id ?? id, type: typeOf(found), created: found.created, data: { object: found } };
}
