import type Stripe from 'stripe';
import type { VendorDesk } from '../core/simulator.ts';

/** Decimals are texts on the wire, where the SDK's types have its own class. */
type Worded<T, Members extends keyof T> = Omit<T, Members> & Record<Members, string | null>;

export type PriceRow = Worded<Stripe.Price, 'unit_amount_decimal'>;
export type LineRow = Omit<Worded<Stripe.InvoiceLineItem, 'quantity_decimal'>, 'pricing'> & {
  pricing: Worded<Stripe.InvoiceLineItem.Pricing, 'unit_amount_decimal'> | null;
};
export type InvoiceRow = Omit<Stripe.Invoice, 'lines'> & { lines: Stripe.ApiList<LineRow> };
export type SubscriptionItemRow = Omit<Stripe.SubscriptionItem, 'price' | 'plan'> & {
  price: PriceRow;
  plan: object;
};
export type SubscriptionRow = Omit<Stripe.Subscription, 'items'> & {
  items: Stripe.ApiList<SubscriptionItemRow>;
};
export type EventRow = {
  id: string;
  object: 'event';
  api_version: string;
  created: number;
  data: { object: object; previous_attributes?: object };
  livemode: false;
  pending_webhooks: number;
  request: { id: string | null; idempotency_key: string | null };
  type: string;
};
/** With the payout that took it to the bank, which Stripe tells by a filter of its list only. */
export type BalanceRow = Stripe.BalanceTransaction & { paid_out_by: string | null };
/** With the secret, which Stripe tells only in the answer to the creation. */
export type EndpointRow = Stripe.WebhookEndpoint & { secret: string };

/** Every collection of the simulated account. Objects are held as they are answered, nothing expanded. */
export function stripeTables(desk: VendorDesk) {
  return {
    customers: desk.table<Stripe.Customer>('customers'),
    paymentIntents: desk.table<Stripe.PaymentIntent>('payment_intents'),
    charges: desk.table<Stripe.Charge>('charges'),
    refunds: desk.table<Stripe.Refund>('refunds'),
    invoices: desk.table<InvoiceRow>('invoices'),
    invoicePayments: desk.table<Stripe.InvoicePayment>('invoice_payments'),
    disputes: desk.table<Stripe.Dispute>('disputes'),
    balance: desk.table<BalanceRow>('balance_transactions'),
    payouts: desk.table<Stripe.Payout>('payouts'),
    subscriptions: desk.table<SubscriptionRow>('subscriptions'),
    coupons: desk.table<Stripe.Coupon>('coupons'),
    discounts: desk.table<Stripe.Discount>('discounts'),
    events: desk.table<EventRow>('events'),
    endpoints: desk.table<EndpointRow>('webhook_endpoints', { kept: true }),
  };
}

/** Seconds since 1970, as Stripe dates everything. */
export function secondsNow(desk: VendorDesk): number {
  return Math.floor(desk.clock().getTime() / 1000);
}
