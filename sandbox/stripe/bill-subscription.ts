import type { VendorDesk } from '../core/simulator.ts';
import { reducedLines, withoutOnce } from './discounts.ts';
import { emit } from './events.ts';
import { newInvoice } from './invoice-object.ts';
import type { BilledLine } from './invoice-sums.ts';
import {
  type InvoiceRow,
  type SubscriptionItemRow,
  type SubscriptionRow,
  secondsNow,
  stripeTables,
} from './rows.ts';
import { closed, payInvoicePart } from './settle-invoice.ts';

export type Reason = 'subscription_create' | 'subscription_cycle' | 'subscription_update';

export interface Billed {
  readonly invoice: InvoiceRow;
  readonly intent: { readonly id: string } | null;
  readonly charge: { readonly id: string } | null;
}

/**
 * Makes an invoice of a subscription and takes the payment: what the customer has to their credit is taken off first, and what comes
 * to less than nothing is put there. Events: `invoice.finalized`, then those of a payment, or `invoice.paid` alone where nothing is due.
 *
 * @param pays false: the card is declined, and the invoice stays open.
 */
export function billSubscription(
  desk: VendorDesk,
  subscription: SubscriptionRow,
  { reason, lines, pays = true }: { reason: Reason; lines: readonly BilledLine[]; pays?: boolean },
): Billed {
  const { customers, invoices, subscriptions } = stripeTables(desk);
  const customer = customers.get(String(subscription.customer));
  const [first] = subscription.items.data;
  if (!customer || !first) throw new Error('Stripe bills nobody for this subscription.');
  const made = newInvoice(desk, {
    customer,
    amount: 0,
    currency: subscription.currency,
    description: '',
    lines: reducedLines(desk, subscription, lines),
    bills: { subscription: subscription.id, item: first.id, reason },
    price: { price: first.price.id, product: String(first.price.product) },
    period: { start: first.current_period_start, end: first.current_period_end },
  });
  const due = made.total + customer.balance;
  const left = Math.min(0, due);
  const open: InvoiceRow = {
    ...made,
    amount_due: Math.max(0, due),
    amount_remaining: Math.max(0, due),
    starting_balance: customer.balance,
    ending_balance: left,
  };
  const invoice = due > 0 ? open : closed(open, secondsNow(desk));
  invoices.put(invoice.id, invoice);
  customers.put(customer.id, {
    ...customer,
    balance: left,
    next_invoice_sequence: (customer.next_invoice_sequence ?? 1) + 1,
  });
  const isCharged = lines.some(({ amountMinor, proration }) => amountMinor > 0 && proration !== true);
  const after = isCharged ? withoutOnce(desk, subscription) : subscription;
  subscriptions.put(subscription.id, { ...after, latest_invoice: invoice.id });
  emit(desk, { type: 'invoice.finalized', object: open });
  if (due <= 0) emit(desk, { type: 'invoice.paid', object: invoice });
  if (due <= 0 || !pays) return { invoice, intent: null, charge: null };
  return payInvoicePart(desk, { invoiceId: invoice.id });
}

/** Of its whole period: `2 × Hosting (at €24.90 / month)`. */
export function wholeLine(item: SubscriptionItemRow): BilledLine {
  const { price, quantity = 1, current_period_start: start, current_period_end: end } = item;
  const amountMinor = (price.unit_amount ?? 0) * quantity;
  const symbol = price.currency === 'eur' ? '€' : `${price.currency.toUpperCase()} `;
  const each = ((price.unit_amount ?? 0) / 100).toFixed(2);
  return {
    ...ofItem(item, amountMinor),
    description: `${quantity} × ${price.nickname} (at ${symbol}${each} / ${price.recurring?.interval ?? 'month'})`,
    quantity: Math.max(1, quantity),
    period: { start, end },
  };
}

/** Of a trial: it costs nothing. */
export function trialLine(item: SubscriptionItemRow): BilledLine {
  const { price, current_period_start: start, current_period_end: end } = item;
  return { ...ofItem(item, 0), description: `Trial period for ${price.nickname}`, period: { start, end } };
}

/** Of the part of its period that is left at a moment: a credit of what was not used, or what is used from then on. */
export function partLine(item: SubscriptionItemRow, at: number, kind: 'unused' | 'remaining'): BilledLine {
  const { price, quantity = 1, current_period_start: start, current_period_end: end } = item;
  const part = (end - at) / (end - start);
  const whole = Math.round((price.unit_amount ?? 0) * quantity * part);
  const words = kind === 'unused' ? 'Unused' : 'Remaining';
  const day = new Date(at * 1_000).toISOString().slice(0, 10);
  return {
    ...ofItem(item, kind === 'unused' ? -whole : whole),
    description: `${words} time on ${quantity} × ${price.nickname} after ${day}`,
    period: { start: at, end },
    proration: true,
  };
}

function ofItem(item: SubscriptionItemRow, amountMinor: number) {
  const [rate] = item.tax_rates ?? [];
  return {
    amountMinor,
    quantity: 1,
    discountMinor: 0,
    taxPercent: rate?.percentage,
    inclusive: rate?.inclusive ?? false,
    item: item.id,
  };
}
