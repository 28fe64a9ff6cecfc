import type Stripe from 'stripe';
import type { VendorDesk } from '../core/simulator.ts';
import { inRange, matches, readOperations } from './listing.ts';
import type { Value } from './parameters.ts';
import {
  type PriceRow,
  type SubscriptionItemRow,
  type SubscriptionRow,
  secondsNow,
  stripeTables,
} from './rows.ts';

/** https://docs.stripe.com/api/subscriptions. Canceled ones are listed only when the status asks for them. */
export const subscriptionOperations = readOperations<SubscriptionRow>({
  path: '/v1/subscriptions',
  noun: 'subscription',
  table: (desk) => stripeTables(desk).subscriptions,
  filters: {
    automatic_tax: 'unsimulated',
    collection_method: 'text',
    current_period_end: 'range',
    current_period_start: 'range',
    customer: 'text',
    customer_account: 'text',
    plan: 'text',
    price: 'text',
    status: 'text',
    test_clock: 'unsimulated',
  },
  keeps(subscription, values) {
    const items = subscription.items.data;
    const price = values.price ?? values.plan;
    return (
      matches(subscription, values, ['collection_method', 'customer', 'customer_account']) &&
      statusFits(subscription.status, values.status) &&
      (price === undefined || items.some((item) => item.price.id === price)) &&
      items.some(
        (item) =>
          inRange(item.current_period_start, values.current_period_start) &&
          inRange(item.current_period_end, values.current_period_end),
      )
    );
  },
});

function statusFits(status: string, wanted: Value | undefined): boolean {
  if (wanted === 'all') return true;
  if (wanted === 'ended') return status === 'canceled' || status === 'incomplete_expired';
  return wanted === undefined ? status !== 'canceled' : status === wanted;
}

export interface SubscriptionContent {
  readonly customer: Stripe.Customer;
  readonly product: string;
  readonly nickname: string;
  /** Minor units a month. */
  readonly amount: number;
  readonly currency: string;
}

/** An active monthly subscription of one item whose period begins now. */
export function newSubscription(desk: VendorDesk, content: SubscriptionContent): SubscriptionRow {
  const id = desk.id('sub_', 24);
  const now = secondsNow(desk);
  return {
    id,
    object: 'subscription',
    application: null,
    application_fee_percent: null,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null },
    billing_cycle_anchor: now,
    billing_cycle_anchor_config: null,
    billing_mode: { flexible: { proration_discounts: 'included' }, type: 'flexible' },
    billing_schedules: [],
    billing_thresholds: null,
    cancel_at: null,
    cancel_at_period_end: false,
    canceled_at: null,
    cancellation_details: { comment: null, feedback: null, feedback_option: null, reason: null },
    collection_method: 'charge_automatically',
    created: now,
    currency: content.currency,
    customer: content.customer.id,
    customer_account: null,
    days_until_due: null,
    default_payment_method: null,
    default_source: null,
    default_tax_rates: [],
    description: content.nickname,
    discounts: [],
    ended_at: null,
    invoice_settings: {
      account_tax_ids: null,
      custom_fields: null,
      description: null,
      footer: null,
      issuer: { type: 'self' },
    },
    items: {
      object: 'list',
      data: [itemOf(desk, id, content, now)],
      has_more: false,
      url: `/v1/subscription_items?subscription=${id}`,
    },
    latest_invoice: null,
    livemode: false,
    managed_payments: null,
    metadata: {},
    next_pending_invoice_item_invoice: null,
    on_behalf_of: null,
    pause_collection: null,
    payment_settings: {
      payment_method_options: null,
      payment_method_types: null,
      save_default_payment_method: 'off',
    },
    pending_invoice_item_interval: null,
    pending_setup_intent: null,
    pending_update: null,
    schedule: null,
    start_date: now,
    status: 'active',
    test_clock: null,
    transfer_data: null,
    trial_end: null,
    trial_settings: null,
    trial_start: null,
  };
}

function itemOf(
  desk: VendorDesk,
  subscription: string,
  content: SubscriptionContent,
  now: number,
): SubscriptionItemRow {
  const price = priceOf(desk, content, now);
  return {
    id: desk.id('si_', 14),
    object: 'subscription_item',
    billing_thresholds: null,
    created: now,
    current_period_end: now + 30 * 86_400,
    current_period_start: now,
    current_trial: null,
    discounts: [],
    metadata: {},
    plan: planOf(price),
    price,
    quantity: 1,
    subscription,
    tax_rates: [],
  };
}

function priceOf(desk: VendorDesk, content: SubscriptionContent, now: number): PriceRow {
  return {
    id: desk.id('price_', 24),
    object: 'price',
    active: true,
    billing_scheme: 'per_unit',
    created: now,
    currency: content.currency,
    custom_unit_amount: null,
    livemode: false,
    lookup_key: null,
    metadata: {},
    nickname: content.nickname,
    product: content.product,
    recurring: {
      interval: 'month',
      interval_count: 1,
      meter: null,
      trial_period_days: null,
      usage_type: 'licensed',
    },
    tax_behavior: 'unspecified',
    tiers_mode: null,
    transform_quantity: null,
    type: 'recurring',
    unit_amount: content.amount,
    unit_amount_decimal: String(content.amount),
  };
}

/** The price in the older form that items still carry. */
function planOf(price: PriceRow): object {
  const { id, created, currency, nickname, product } = price;
  return {
    id,
    object: 'plan',
    active: true,
    amount: price.unit_amount,
    amount_decimal: price.unit_amount_decimal,
    billing_scheme: 'per_unit',
    created,
    currency,
    interval: 'month',
    interval_count: 1,
    livemode: false,
    metadata: {},
    meter: null,
    nickname,
    product,
    tiers_mode: null,
    transform_usage: null,
    trial_period_days: null,
    usage_type: 'licensed',
  };
}
