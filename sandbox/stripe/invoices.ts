import type Stripe from 'stripe';
import type { VendorDesk } from '../core/simulator.ts';
import { emit } from './events.ts';
import { newInvoice } from './invoice-object.ts';
import { inRange, matches, readOperations } from './listing.ts';
import { settle } from './pay.ts';
import { type InvoiceRow, secondsNow, stripeTables } from './rows.ts';

/** https://docs.stripe.com/api/invoices */
export const invoiceOperations = readOperations<InvoiceRow>({
  path: '/v1/invoices',
  noun: 'invoice',
  table: (desk) => stripeTables(desk).invoices,
  filters: {
    collection_method: 'text',
    customer: 'text',
    customer_account: 'text',
    due_date: 'range',
    status: 'text',
    subscription: 'text',
  },
  keeps: (invoice, values) =>
    matches(invoice, values, ['collection_method', 'customer', 'customer_account', 'status']) &&
    (values.due_date === undefined || inRange(invoice.due_date ?? Number.NaN, values.due_date)) &&
    (values.subscription === undefined ||
      invoice.parent?.subscription_details?.subscription === values.subscription),
});

export interface InvoiceWish {
  readonly customerId: string;
  readonly amountMinor: number;
  readonly currency: string;
  readonly description: string;
}

/**
 * An invoice that a person wrote and sent in Stripe's dashboard; event `invoice.finalized`.
 *
 * @throws Error for an unknown customer.
 */
export function sendInvoice(desk: VendorDesk, wish: InvoiceWish): InvoiceRow {
  const { customers, invoices } = stripeTables(desk);
  const customer = customers.get(wish.customerId);
  if (!customer) throw new Error(`Stripe has no customer ${wish.customerId}.`);
  const now = secondsNow(desk);
  const invoice = newInvoice(desk, {
    customer,
    amount: wish.amountMinor,
    currency: wish.currency.toLowerCase(),
    description: wish.description,
    bills: null,
    price: { price: desk.id('price_', 24), product: desk.id('prod_', 14) },
    period: { start: now, end: now },
  });
  customers.put(customer.id, {
    ...customer,
    next_invoice_sequence: (customer.next_invoice_sequence ?? 1) + 1,
  });
  invoices.put(invoice.id, invoice);
  emit(desk, { type: 'invoice.finalized', object: invoice });
  return invoice;
}

export interface InvoicePaid {
  readonly invoice: InvoiceRow;
  readonly intent: Stripe.PaymentIntent;
  readonly charge: Stripe.Charge;
  readonly events: readonly string[];
}

/**
 * A customer pays an open invoice by card: its payment, and the events `charge.succeeded`,
 * `payment_intent.succeeded`, `invoice_payment.paid` and `invoice.paid`.
 *
 * @throws Error for an unknown invoice, or one that is not open.
 */
export function payInvoice(desk: VendorDesk, { invoiceId }: { readonly invoiceId: string }): InvoicePaid {
  const { customers, invoices, invoicePayments } = stripeTables(desk);
  const before = invoices.get(invoiceId);
  if (before?.status !== 'open') throw new Error(`Stripe has no open invoice ${invoiceId}.`);
  const customer = customers.get(String(before.customer)) ?? null;
  const amount = before.amount_remaining;
  const wish = {
    amountMinor: amount,
    currency: before.currency,
    description: `Payment for Invoice ${before.number}`,
  };
  const { intent, charge } = settle(desk, wish, customer);
  const payment = newInvoicePayment(desk, before, intent);
  const invoice = paidInvoice(before, payment.created);
  invoicePayments.put(payment.id, payment);
  invoices.put(invoice.id, invoice);
  const events = [
    emit(desk, { type: 'charge.succeeded', object: charge }),
    emit(desk, { type: 'payment_intent.succeeded', object: intent }),
    emit(desk, { type: 'invoice_payment.paid', object: payment }),
    emit(desk, { type: 'invoice.paid', object: invoice }),
  ];
  return { invoice, intent, charge, events };
}

function paidInvoice(before: InvoiceRow, at: number): InvoiceRow {
  return {
    ...before,
    amount_paid: before.amount_due,
    amount_remaining: 0,
    attempt_count: before.attempt_count + 1,
    attempted: true,
    auto_advance: false,
    status: 'paid',
    status_transitions: { ...before.status_transitions, paid_at: at },
  };
}

function newInvoicePayment(
  desk: VendorDesk,
  invoice: InvoiceRow,
  intent: Stripe.PaymentIntent,
): Stripe.InvoicePayment {
  return {
    id: desk.id('inpay_', 24),
    object: 'invoice_payment',
    amount_paid: intent.amount,
    amount_requested: intent.amount,
    created: intent.created,
    currency: invoice.currency,
    invoice: invoice.id,
    is_default: true,
    livemode: false,
    payment: { payment_intent: intent.id, type: 'payment_intent' },
    status: 'paid',
    status_transitions: { canceled_at: null, paid_at: intent.created },
  };
}
