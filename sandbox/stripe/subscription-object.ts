import type Stripe from 'stripe';
import type { VendorDesk } from '../core/simulator.ts';
import { periodEnd } from './billing-period.ts';
import { type PriceRow, type SubscriptionItemRow, type SubscriptionRow, secondsNow } from './rows.ts';

/** One thing that is charged for again and again. */
export interface PricedItem {
  readonly product: string;
  readonly nickname: string;
  /** Minor units for one, each time. */
  readonly amount: number;
  readonly quantity: number;
  readonly interval: Stripe.Price.Recurring.Interval;
  readonly every: number;
  readonly taxPercent?: number | undefined;
  readonly inclusive?: boolean | undefined;
}

export interface SubscriptionContent {
  readonly customer: Stripe.Customer;
  readonly currency: string;
  readonly description?: string | undefined;
  readonly trialDays?: number | undefined;
  readonly items: readonly PricedItem[];
}

/** A subscription whose first period, or trial, begins now. */
export function newSubscription(desk: VendorDesk, content: SubscriptionContent): SubscriptionRow {
  const id = desk.id('sub_', 24);
  const now = secondsNow(desk);
  const { trialDays = 0, items } = content;
  const trialEnd = trialDays === 0 ? null : now + trialDays * 86_400;
  const anchor = trialEnd ?? now;
  const period = { start: now, end: trialEnd ?? periodEnd(now, items[0]) };
  return {
    id,
    object: 'subscription',
    application: null,
    application_fee_percent: null,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null },
    billing_cycle_anchor: anchor,
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
    description: content.description ?? null,
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
      data: items.map((item) => newItem(desk, id, { ...item, currency: content.currency }, period)),
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
    status: trialEnd === null ? 'active' : 'trialing',
    test_clock: null,
    transfer_data: null,
    trial_end: trialEnd,
    trial_settings: null,
    trial_start: trialEnd === null ? null : now,
  };
}

/** An item of a subscription, with a price of its own. */
export function newItem(
  desk: VendorDesk,
  subscription: string,
  item: PricedItem & { readonly currency: string },
  period: { readonly start: number; readonly end: number },
): SubscriptionItemRow {
  const price = newPrice(desk, item);
  return {
    id: desk.id('si_', 14),
    object: 'subscription_item',
    billing_thresholds: null,
    created: secondsNow(desk),
    current_period_end: period.end,
    current_period_start: period.start,
    current_trial: null,
    discounts: [],
    metadata: {},
    plan: planOf(price),
    price,
    quantity: item.quantity,
    subscription,
    tax_rates: item.taxPercent === undefined ? [] : [taxRate(desk, item.taxPercent, item.inclusive ?? false)],
  };
}

export function newPrice(desk: VendorDesk, item: PricedItem & { readonly currency: string }): PriceRow {
  return {
    id: desk.id('price_', 24),
    object: 'price',
    active: true,
    billing_scheme: 'per_unit',
    created: secondsNow(desk),
    currency: item.currency,
    custom_unit_amount: null,
    livemode: false,
    lookup_key: null,
    metadata: {},
    nickname: item.nickname,
    product: item.product,
    recurring: {
      interval: item.interval,
      interval_count: item.every,
      meter: null,
      trial_period_days: null,
      usage_type: 'licensed',
    },
    tax_behavior: 'unspecified',
    tiers_mode: null,
    transform_quantity: null,
    type: 'recurring',
    unit_amount: item.amount,
    unit_amount_decimal: String(item.amount),
  };
}

function taxRate(desk: VendorDesk, percentage: number, inclusive: boolean): Stripe.TaxRate {
  return {
    id: `txr_${String(percentage).replace('.', '_')}`,
    object: 'tax_rate',
    active: true,
    country: null,
    created: secondsNow(desk),
    description: null,
    display_name: 'TVA',
    effective_percentage: percentage,
    flat_amount: null,
    inclusive,
    jurisdiction: null,
    jurisdiction_level: null,
    livemode: false,
    metadata: {},
    percentage,
    rate_type: 'percentage',
    state: null,
    tax_type: 'vat',
  };
}

/** The price in the older form that items still carry. */
export function planOf(price: PriceRow): object {
  const { id, created, currency, nickname, product, recurring } = price;
  return {
    id,
    object: 'plan',
    active: true,
    amount: price.unit_amount,
    amount_decimal: price.unit_amount_decimal,
    billing_scheme: 'per_unit',
    created,
    currency,
    interval: recurring?.interval ?? 'month',
    interval_count: recurring?.interval_count ?? 1,
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
