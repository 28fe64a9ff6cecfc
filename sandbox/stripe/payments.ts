import type Stripe from 'stripe';
import { matches, readOperations } from './listing.ts';
import type { Operation } from './operation.ts';
import { stripeTables } from './rows.ts';

/** What merchants read of money moved: https://docs.stripe.com/api/payment_intents, /charges, /refunds */
export const paymentOperations: readonly Operation[] = [
  ...readOperations<Stripe.PaymentIntent>({
    path: '/v1/payment_intents',
    noun: 'payment_intent',
    table: (desk) => stripeTables(desk).paymentIntents,
    filters: { customer: 'text', customer_account: 'text' },
    keeps: (intent, values) => matches(intent, values, ['customer', 'customer_account']),
  }),
  ...readOperations<Stripe.Charge>({
    path: '/v1/charges',
    noun: 'charge',
    table: (desk) => stripeTables(desk).charges,
    filters: { customer: 'text', payment_intent: 'text', transfer_group: 'text' },
    keeps: (charge, values) => matches(charge, values, ['customer', 'payment_intent', 'transfer_group']),
  }),
  ...readOperations<Stripe.Refund>({
    path: '/v1/refunds',
    noun: 'refund',
    table: (desk) => stripeTables(desk).refunds,
    filters: { charge: 'text', payment_intent: 'text' },
    keeps: (refund, values) => matches(refund, values, ['charge', 'payment_intent']),
  }),
];
