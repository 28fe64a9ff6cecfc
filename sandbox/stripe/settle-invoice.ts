import type Stripe from 'stripe';
import type { VendorDesk } from '../core/simulator.ts';
import { credit } from './balance.ts';
import { emit } from './events.ts';
import { newInvoice } from './invoice-object.ts';
import { settle } from './pay.ts';
import { type InvoiceRow, secondsNow, stripeTables } from './rows.ts';

export interface PartPaid {
  readonly invoice: InvoiceRow;
  readonly intent: Stripe.PaymentIntent;
  readonly charge: Stripe.Charge;
  readonly events: readonly string[];
}

/**
 * A customer pays an open invoice, or a part of it, by card. Since 2025-03-31 an invoice may have several
 * payments; the one that leaves nothing open pays it. Events: `charge.succeeded`, `payment_intent.succeeded`,
 * `invoice_payment.paid`, and `invoice.paid` with the last one.
 *
 * @throws Error for an unknown invoice, one that is not open, or more than is left of it.
 */
export function payInvoicePart(
  desk: VendorDesk,
  wish: { readonly invoiceId: string; readonly amountMinor?: number },
): PartPaid {
  const { customers, invoices, invoicePayments } = stripeTables(desk);
  const before = openInvoice(desk, wish.invoiceId);
  const amount = wish.amountMinor ?? before.amount_remaining;
  if (amount > before.amount_remaining)
    throw new Error(`Of invoice ${before.id} ${before.amount_remaining} are left to pay.`);
  const customer = customers.get(String(before.customer)) ?? null;
  const description = `Payment for Invoice ${before.number}`;
  const settled = settle(desk, { amountMinor: amount, currency: before.currency, description }, customer);
  const { intent } = settled;
  const charge = credit(desk, settled.charge);
  const isFirst = before.amount_paid === 0;
  const payment = newInvoicePayment(desk, before, { intent, isDefault: isFirst });
  const paid = {
    ...before,
    amount_paid: before.amount_paid + amount,
    amount_remaining: before.amount_remaining - amount,
  };
  const isWhole = paid.amount_remaining === 0;
  const invoice = isWhole
    ? closed({ ...paid, attempt_count: before.attempt_count + 1, attempted: true }, secondsNow(desk))
    : paid;
  invoicePayments.put(payment.id, payment);
  invoices.put(invoice.id, invoice);
  const events = [
    emit(desk, { type: 'charge.succeeded', object: charge }),
    emit(desk, { type: 'payment_intent.succeeded', object: intent }),
    emit(desk, { type: 'invoice_payment.paid', object: payment }),
    ...(isWhole ? [emit(desk, { type: 'invoice.paid', object: invoice })] : []),
  ];
  return { invoice, intent, charge, events };
}

/**
 * A person marks an open invoice as paid elsewhere: no payment stands behind it, and in this version nothing in
 * it says so; event `invoice.paid`.
 */
export function markPaidElsewhere(
  desk: VendorDesk,
  wish: { readonly invoiceId: string },
): { readonly invoice: InvoiceRow; readonly events: readonly string[] } {
  const before = openInvoice(desk, wish.invoiceId);
  const invoice = closed(
    { ...before, amount_paid: before.amount_paid + before.amount_remaining, amount_remaining: 0 },
    secondsNow(desk),
  );
  stripeTables(desk).invoices.put(invoice.id, invoice);
  return { invoice, events: [emit(desk, { type: 'invoice.paid', object: invoice })] };
}

/**
 * The receipt that a checkout makes for a payment that was taken: an invoice that is paid without a payment of
 * its own; event `invoice.paid`. https://docs.stripe.com/payments/checkout/receipts#paid-invoices
 */
export function receiptInvoice(desk: VendorDesk, intent: Stripe.PaymentIntent): InvoiceRow {
  const { customers, invoices } = stripeTables(desk);
  const customer = customers.get(String(intent.customer));
  if (!customer) throw new Error('A receipt invoice needs a customer.');
  const now = secondsNow(desk);
  const made = newInvoice(desk, {
    customer,
    amount: intent.amount,
    currency: intent.currency,
    description: intent.description ?? 'Checkout',
    bills: null,
    price: { price: desk.id('price_', 24), product: desk.id('prod_', 14) },
    period: { start: now, end: now },
  });
  const invoice = closed({ ...made, amount_paid: intent.amount, amount_remaining: 0 }, now);
  invoices.put(invoice.id, invoice);
  emit(desk, { type: 'invoice.paid', object: invoice });
  return invoice;
}

function openInvoice(desk: VendorDesk, id: string): InvoiceRow {
  const invoice = stripeTables(desk).invoices.get(id);
  if (invoice?.status !== 'open') throw new Error(`Stripe has no open invoice ${id}.`);
  return invoice;
}

export const closed = (invoice: InvoiceRow, at: number): InvoiceRow => ({
  ...invoice,
  auto_advance: false,
  status: 'paid',
  status_transitions: { ...invoice.status_transitions, paid_at: at },
});

function newInvoicePayment(
  desk: VendorDesk,
  invoice: InvoiceRow,
  { intent, isDefault }: { intent: Stripe.PaymentIntent; isDefault: boolean },
): Stripe.InvoicePayment {
  const now = secondsNow(desk);
  return {
    id: desk.id('inpay_', 24),
    object: 'invoice_payment',
    amount_paid: intent.amount,
    amount_requested: intent.amount,
    created: intent.created,
    currency: invoice.currency,
    invoice: invoice.id,
    is_default: isDefault,
    livemode: false,
    payment: { payment_intent: intent.id, type: 'payment_intent' },
    status: 'paid',
    status_transitions: { canceled_at: null, paid_at: now },
  };
}
