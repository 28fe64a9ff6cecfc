import type Stripe from 'stripe';
import { company } from '../company/index.ts';
import type { VendorDesk } from '../core/simulator.ts';
import { account } from './account.ts';
import { type BilledLine, type LineWish, sumsOf, type TaxedLine } from './invoice-sums.ts';
import { type InvoiceRow, type LineRow, secondsNow } from './rows.ts';

export interface InvoiceContent {
  readonly customer: Stripe.Customer;
  readonly amount: number;
  readonly currency: string;
  readonly description: string;
  /** What it is for, where that is more than one thing, or is taxed or reduced: `amount` is then what they come to. */
  readonly lines?: readonly (LineWish | BilledLine)[];
  /** Subscription that it bills, with the item and price of the line; null: a single invoice. */
  readonly bills: {
    readonly subscription: string;
    readonly item: string;
    readonly reason?: Stripe.Invoice.BillingReason;
  } | null;
  readonly price: { readonly price: string; readonly product: string };
  readonly period: { readonly start: number; readonly end: number };
}

/** A finalised invoice that waits to be paid. */
export function newInvoice(desk: VendorDesk, content: InvoiceContent): InvoiceRow {
  const { customer, currency, bills, period } = content;
  const sums = sumsOf(desk, content);
  const { amount } = sums;
  const id = desk.id('in_', 24);
  const now = secondsNow(desk);
  return {
    id,
    object: 'invoice',
    account_country: company.address.countryCode,
    account_name: account().name,
    account_tax_ids: null,
    amount_due: amount,
    amount_overpaid: 0,
    amount_paid: 0,
    amount_remaining: amount,
    amount_shipping: 0,
    application: null,
    attempt_count: 0,
    attempted: false,
    auto_advance: true,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null, provider: null, status: null },
    automatically_finalizes_at: null,
    billing_reason: bills ? (bills.reason ?? 'subscription_cycle') : 'manual',
    collection_method: bills ? 'charge_automatically' : 'send_invoice',
    created: now,
    currency,
    custom_fields: null,
    customer: customer.id,
    customer_account: null,
    customer_address: customer.address ?? null,
    customer_email: customer.email,
    customer_name: customer.name ?? null,
    customer_phone: customer.phone ?? null,
    customer_shipping: null,
    customer_tax_exempt: customer.tax_exempt ?? null,
    customer_tax_ids: [],
    default_payment_method: null,
    default_source: null,
    default_tax_rates: [],
    description: null,
    discounts: [],
    due_date: bills ? null : now + 30 * 86_400,
    effective_at: now,
    ending_balance: 0,
    footer: null,
    from_invoice: null,
    hosted_invoice_url: `https://invoice.stripe.com/i/${account().id}/${id}`,
    invoice_pdf: `https://pay.stripe.com/invoice/${account().id}/${id}/pdf`,
    issuer: { type: 'self' },
    last_finalization_error: null,
    latest_revision: null,
    lines: {
      object: 'list',
      data: sums.lines.map((line, index) => lineOf(desk, id, content, line, content.lines?.[index])),
      has_more: false,
      url: `/v1/invoices/${id}/lines`,
    },
    livemode: false,
    metadata: {},
    next_payment_attempt: null,
    number: `${customer.invoice_prefix}-${String(customer.next_invoice_sequence ?? 1).padStart(4, '0')}`,
    on_behalf_of: null,
    parent: bills
      ? {
          quote_details: null,
          subscription_details: { metadata: {}, subscription: bills.subscription },
          type: 'subscription_details',
        }
      : null,
    payment_settings: { default_mandate: null, payment_method_options: null, payment_method_types: null },
    period_end: period.end,
    period_start: period.start,
    post_payment_credit_notes_amount: 0,
    pre_payment_credit_notes_amount: 0,
    receipt_number: null,
    rendering: null,
    shipping_cost: null,
    shipping_details: null,
    starting_balance: 0,
    statement_descriptor: null,
    status: 'open',
    status_transitions: { finalized_at: now, marked_uncollectible_at: null, paid_at: null, voided_at: null },
    subtotal: sums.subtotal,
    subtotal_excluding_tax: amount - sums.tax,
    test_clock: null,
    total: amount,
    total_discount_amounts: sums.lines.flatMap(({ discount_amounts: all }) => all),
    total_excluding_tax: amount - sums.tax,
    total_pretax_credit_amounts: [],
    total_taxes: sums.lines.flatMap(({ taxes }) => taxes),
    webhooks_delivered_at: now,
  };
}

function lineOf(
  desk: VendorDesk,
  invoice: string,
  content: InvoiceContent,
  line: TaxedLine,
  asked: LineWish | BilledLine | undefined,
): LineRow {
  const { currency, bills, price } = content;
  const billed = asked !== undefined && 'item' in asked ? asked : null;
  const period = billed?.period ?? content.period;
  const { amount, description, quantity, discount_amounts, taxes } = line;
  return {
    id: desk.id('il_', 24),
    object: 'line_item',
    amount,
    currency,
    description,
    discount_amounts,
    discountable: true,
    discounts: [],
    invoice,
    livemode: false,
    metadata: {},
    parent: bills
      ? {
          invoice_item_details: null,
          subscription_item_details: {
            invoice_item: null,
            proration: billed?.proration === true,
            proration_details: null,
            subscription: bills.subscription,
            subscription_item: billed?.item ?? bills.item,
          },
          type: 'subscription_item_details',
        }
      : {
          invoice_item_details: {
            invoice_item: desk.id('ii_', 24),
            proration: false,
            proration_details: null,
            subscription: null,
          },
          subscription_item_details: null,
          type: 'invoice_item_details',
        },
    period: { ...period },
    pretax_credit_amounts: [],
    pricing: {
      price_details: price,
      type: 'price_details',
      unit_amount_decimal: String(Number((amount / quantity).toFixed(6))),
    },
    quantity,
    quantity_decimal: String(quantity),
    subscription: bills?.subscription ?? null,
    subtotal: amount,
    taxes,
  };
}
