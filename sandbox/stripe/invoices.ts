import type Stripe from 'stripe';
import type { VendorDesk } from '../core/simulator.ts';
import { emit } from './events.ts';
import { newInvoice } from './invoice-object.ts';
import type { LineWish } from './invoice-sums.ts';
import { inRange, matches, readOperations } from './listing.ts';
import type { Operation } from './operation.ts';
import { numberIn, textIn, valuesIn } from './parameters.ts';
import { missing } from './refusal.ts';
import { type InvoiceRow, secondsNow, stripeTables } from './rows.ts';
import { type PartPaid, payInvoicePart } from './settle-invoice.ts';

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
  shown: shortened,
});

/** Lines that an invoice carries itself; the rest is asked for at the list's own address. */
const CARRIED = 10;

function shortened(invoice: InvoiceRow): InvoiceRow {
  const { lines } = invoice;
  if (lines.data.length <= CARRIED) return invoice;
  return { ...invoice, lines: { ...lines, data: lines.data.slice(0, CARRIED), has_more: true } };
}

/** https://docs.stripe.com/api/invoice-line-item/retrieve */
export const invoiceLineOperations: readonly Operation[] = [
  {
    method: 'GET',
    path: '/v1/invoices/{id}/lines',
    parameters: { limit: 'integer', starting_after: 'text' },
    run({ desk, id, values }) {
      const invoice = stripeTables(desk).invoices.get(id);
      if (!invoice) throw missing('invoice', id);
      const { data } = invoice.lines;
      const limit = numberIn(values, 'limit') ?? CARRIED;
      const after = textIn(values, 'starting_after');
      const start = after ? data.findIndex((line) => line.id === after) + 1 : 0;
      const page = data.slice(start, start + limit);
      return {
        object: 'list',
        data: page,
        has_more: start + limit < data.length,
        url: `/v1/invoices/${id}/lines`,
      };
    },
  },
];

export interface InvoiceWish {
  readonly customerId: string;
  readonly amountMinor: number;
  readonly currency: string;
  readonly description: string;
  readonly lines?: readonly LineWish[];
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
    ...(wish.lines === undefined ? {} : { lines: wish.lines }),
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

/** https://docs.stripe.com/api/invoice-payment */
export const invoicePaymentOperations = readOperations<Stripe.InvoicePayment>({
  path: '/v1/invoice_payments',
  noun: 'invoice payment',
  table: (desk) => stripeTables(desk).invoicePayments,
  filters: { invoice: 'text', payment: { type: 'text', payment_intent: 'text' }, status: 'text' },
  keeps(payment, values) {
    const asked = valuesIn(values, 'payment') ?? {};
    const { type, payment_intent: intent } = payment.payment;
    return (
      matches(payment, values, ['invoice', 'status']) &&
      (asked.type === undefined || asked.type === type) &&
      (asked.payment_intent === undefined || asked.payment_intent === intent)
    );
  },
});

/**
 * A customer pays all that is open of an invoice by card: its payment, and the events `charge.succeeded`,
 * `payment_intent.succeeded`, `invoice_payment.paid` and `invoice.paid`.
 *
 * @throws Error for an unknown invoice, or one that is not open.
 */
export const payInvoice = (desk: VendorDesk, { invoiceId }: { readonly invoiceId: string }): PartPaid =>
  payInvoicePart(desk, { invoiceId });
