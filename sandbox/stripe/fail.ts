import type Stripe from 'stripe';
import type { VendorDesk } from '../core/simulator.ts';
import { newCharge } from './charge-object.ts';
import { emit } from './events.ts';
import { type PaymentWish, settle } from './pay.ts';
import { stripeTables } from './rows.ts';

export interface Tried {
  readonly intent: Stripe.PaymentIntent;
  readonly charge: Stripe.Charge;
  /** Ids of the events, in the order sent. */
  readonly events: readonly string[];
}

/** What the test cards are declined with. https://docs.stripe.com/testing#declined-payments */
const DECLINES: Readonly<Record<string, readonly [code: string, message: string]>> = {
  generic_decline: ['card_declined', 'Your card was declined.'],
  insufficient_funds: ['card_declined', 'Your card has insufficient funds.'],
  lost_card: ['card_declined', 'Your card was declined.'],
  expired_card: ['expired_card', 'Your card has expired.'],
  incorrect_cvc: ['incorrect_cvc', "Your card's security code is incorrect."],
  processing_error: [
    'processing_error',
    'An error occurred while processing your card. Try again in a little bit.',
  ],
};
export const DECLINE_CODES = Object.keys(DECLINES) as [string, ...string[]];

/**
 * A card payment that the bank declines: a charge that failed, and an intent that waits for another card. Events
 * `charge.failed` and `payment_intent.payment_failed`.
 *
 * @param intentId of one that failed before: it is tried once more.
 */
export function failPayment(
  desk: VendorDesk,
  wish: PaymentWish & { readonly decline: string },
  customer: Stripe.Customer | null,
  intentId?: string,
): Tried {
  const { paymentIntents, charges } = stripeTables(desk);
  const made = intentId === undefined ? settle(desk, wish, customer) : null;
  const before = made?.intent ?? waiting(desk, intentId ?? '');
  const payer = customer ?? customerOf(desk, before) ?? asGuest(wish);
  const [code, message] = DECLINES[wish.decline] ?? ['card_declined', 'Your card was declined.'];
  const fresh = made?.charge ?? newCharge(desk, before, payer);
  const charge: Stripe.Charge = {
    ...fresh,
    amount_captured: 0,
    balance_transaction: null,
    captured: false,
    failure_code: code,
    failure_message: message,
    outcome: {
      ...(fresh.outcome as Stripe.Charge.Outcome),
      network_status: 'declined_by_network',
      reason: wish.decline,
      seller_message: 'The bank declined the payment.',
      type: 'issuer_declined',
    },
    paid: false,
    receipt_url: null,
    status: 'failed',
  };
  const intent: Stripe.PaymentIntent = {
    ...before,
    amount_received: 0,
    last_payment_error: {
      charge: charge.id,
      code: code as Stripe.PaymentIntent.LastPaymentError.Code,
      decline_code: wish.decline,
      doc_url: `https://docs.stripe.com/error-codes/${code.replaceAll('_', '-')}`,
      message,
      type: 'card_error',
    },
    latest_charge: charge.id,
    payment_method: null,
    status: 'requires_payment_method',
  };
  charges.put(charge.id, charge);
  paymentIntents.put(intent.id, intent);
  const events = [
    emit(desk, { type: 'charge.failed', object: charge }),
    emit(desk, { type: 'payment_intent.payment_failed', object: intent }),
  ];
  return { intent, charge, events };
}

/** Another card is taken for an intent that failed before. Events `charge.succeeded` and `payment_intent.succeeded`. */
export function payAfterAll(desk: VendorDesk, intentId: string): Tried {
  const { paymentIntents, charges } = stripeTables(desk);
  const before = waiting(desk, intentId);
  const paid: Stripe.PaymentIntent = {
    ...before,
    amount_received: before.amount,
    last_payment_error: null,
    payment_method: desk.id('pm_', 24),
    status: 'succeeded',
  };
  const charge = newCharge(
    desk,
    paid,
    customerOf(desk, paid) ?? asGuest({ email: paid.receipt_email ?? undefined }),
  );
  const intent = { ...paid, latest_charge: charge.id };
  charges.put(charge.id, charge);
  paymentIntents.put(intent.id, intent);
  const events = [
    emit(desk, { type: 'charge.succeeded', object: charge }),
    emit(desk, { type: 'payment_intent.succeeded', object: intent }),
  ];
  return { intent, charge, events };
}

function waiting(desk: VendorDesk, id: string): Stripe.PaymentIntent {
  const intent = stripeTables(desk).paymentIntents.get(id);
  if (intent?.status !== 'requires_payment_method')
    throw new Error(`Stripe has no payment ${id} that failed.`);
  return intent;
}

function customerOf(desk: VendorDesk, { customer }: Stripe.PaymentIntent): Stripe.Customer | undefined {
  const id = typeof customer === 'string' ? customer : customer?.id;
  return id === undefined ? undefined : stripeTables(desk).customers.get(id);
}

const asGuest = ({
  email,
  name,
}: {
  readonly email?: string | undefined;
  readonly name?: string | undefined;
}) => ({
  ...{ address: null, phone: null },
  email: email ?? null,
  name: name ?? null,
});
