import type Stripe from 'stripe';
import type { VendorDesk } from '../core/simulator.ts';
import { secondsNow } from './rows.ts';

export interface Payment {
  readonly customer: Stripe.Customer | null;
  /** In the currency's minor units as Stripe counts them: yen are whole, dinars have three decimals. */
  readonly amount: number;
  /** Three letters, lower case. */
  readonly currency: string;
  readonly description: string | null;
  readonly receiptEmail: string | null;
  readonly metadata: Stripe.Metadata;
}

/** A card payment that succeeded at once. */
export function newPaymentIntent(desk: VendorDesk, payment: Payment): Stripe.PaymentIntent {
  const id = desk.id('pi_', 24);
  const { customer, amount, currency, description, receiptEmail, metadata } = payment;
  return {
    id,
    object: 'payment_intent',
    allowed_payment_method_types: null,
    amount,
    amount_capturable: 0,
    amount_details: { tip: {} },
    amount_received: amount,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: null,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: 'automatic',
    client_secret: desk.id(`${id}_secret_`, 25),
    confirmation_method: 'automatic',
    created: secondsNow(desk),
    currency,
    customer: customer?.id ?? null,
    customer_account: null,
    description,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: null,
    metadata,
    next_action: null,
    on_behalf_of: null,
    payment_method: desk.id('pm_', 24),
    payment_method_configuration_details: null,
    payment_method_options: {
      card: { installments: null, mandate_options: null, network: null, request_three_d_secure: 'automatic' },
    },
    payment_method_types: ['card'],
    payment_record: null,
    processing: null,
    receipt_email: receiptEmail,
    review: null,
    setup_future_usage: null,
    shipping: null,
    source: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: 'succeeded',
    transfer_data: null,
    transfer_group: null,
  };
}
