import { z } from 'zod';
import { amountSchema, exactNumber } from '../families/zoho/amounts.ts';
import { type BooksCall, nothing } from './api.ts';
import { lineTexts } from './lengths.ts';

export interface BooksInvoice {
  readonly id: string;
  readonly number: string;
  readonly customerId: string;
  /** Empty where Books did not say. */
  readonly customerName: string;
  readonly reference: string;
  readonly status: string;
  readonly currency: string | null;
  /** Decimal text in the invoice's currency. */
  readonly total: string;
  /** What is still to be paid, as decimal text. */
  readonly balance: string;
  /** `2026-11-23`; null where Books did not say. */
  readonly date: string | null;
  readonly dueDate: string | null;
}

export interface NewInvoice {
  readonly customerId: string;
  /** What the invoice is found by again. */
  readonly reference: string;
  /** `2026-11-23` */
  readonly date: string;
  readonly dueDate?: string;
  readonly currencyId?: string;
  /** Amount of the organisation's currency for one of the invoice's, as decimal text. */
  readonly exchangeRate?: string;
  readonly lines: readonly {
    /** Fitted to what Books takes; the whole of it then stands in the description. */
    readonly name: string;
    /** Decimal text in the invoice's currency. */
    readonly rate: string;
    /** A number, or decimal text of one. */
    readonly quantity: number | string;
    /** Included in the rate. */
    readonly taxId?: string;
    /** Whose pieces it takes out of the stock; absent: the line is a text. */
    readonly itemId?: string;
    /** The line of a sales order that it invoices: what was wanted there is then no longer. */
    readonly salesOrderLineId?: string;
  }[];
  /** What is added to the lines, where their sum is not the total. */
  readonly adjustment?: { readonly amount: string; readonly text: string };
  readonly notes?: string;
}

const invoiceSchema = z
  .object({
    invoice_id: z.string(),
    invoice_number: z.string().catch(''),
    customer_id: z.string(),
    customer_name: z.string().nullish(),
    reference_number: z.string().nullish(),
    status: z.string(),
    currency_code: z.string().nullish(),
    total: amountSchema,
    balance: amountSchema,
    date: z.string().nullish(),
    due_date: z.string().nullish(),
  })
  .transform(
    (invoice): BooksInvoice => ({
      id: invoice.invoice_id,
      number: invoice.invoice_number,
      customerId: invoice.customer_id,
      customerName: invoice.customer_name ?? '',
      reference: invoice.reference_number ?? '',
      status: invoice.status,
      currency: invoice.currency_code || null,
      total: invoice.total,
      balance: invoice.balance,
      date: invoice.date || null,
      dueDate: invoice.due_date || null,
    }),
  );

const appliedSchema = z.object({ payment_id: z.string() });

export function invoiceCalls(call: BooksCall) {
  const pathOf = (id: string) => `/invoices/${encodeURIComponent(id)}`;
  return {
    /** Invoices with exactly this reference number. */
    async invoicesByReference(reference: string): Promise<BooksInvoice[]> {
      const query = { reference_number: reference };
      const found = await call({ path: '/invoices', query }, 'invoices', z.array(invoiceSchema));
      return found.filter((invoice) => invoice.reference === reference);
    },

    /** A customer's invoices, newest first; at most 200. */
    invoicesOf(customerId: string): Promise<BooksInvoice[]> {
      const query = { customer_id: customerId, sort_column: 'date', sort_order: 'D' };
      return call({ path: '/invoices', query }, 'invoices', z.array(invoiceSchema));
    },

    invoice(id: string): Promise<BooksInvoice> {
      return call({ path: pathOf(id) }, 'invoice', invoiceSchema);
    },

    /** Ids of the payments that were applied to an invoice. Unlike the lists, this knows of what was just made. */
    async paymentsOfInvoice(id: string): Promise<string[]> {
      const payments = await call({ path: `${pathOf(id)}/payments` }, 'payments', z.array(appliedSchema));
      return payments.map(({ payment_id }) => payment_id);
    },

    /** Creates a draft. A repeat makes a second one: look by reference before. */
    createInvoice(invoice: NewInvoice): Promise<BooksInvoice> {
      const json = {
        customer_id: invoice.customerId,
        reference_number: invoice.reference,
        date: invoice.date,
        ...(invoice.dueDate ? { due_date: invoice.dueDate } : {}),
        ...(invoice.currencyId ? { currency_id: invoice.currencyId } : {}),
        ...(invoice.exchangeRate ? { exchange_rate: exactNumber(invoice.exchangeRate) } : {}),
        ...(invoice.notes ? { notes: invoice.notes } : {}),
        ...(invoice.lines.some(({ taxId }) => taxId) ? { is_inclusive_tax: true } : {}),
        line_items: invoice.lines.map(({ name, rate, quantity, taxId, itemId, salesOrderLineId }) => ({
          ...(itemId ? { item_id: itemId } : {}),
          ...(salesOrderLineId ? { salesorder_item_id: salesOrderLineId } : {}),
          ...lineTexts(name),
          rate: exactNumber(rate),
          quantity: exactNumber(String(quantity)),
          ...(taxId ? { tax_id: taxId } : {}),
        })),
        ...(invoice.adjustment
          ? {
              adjustment: exactNumber(invoice.adjustment.amount),
              adjustment_description: invoice.adjustment.text,
            }
          : {}),
      };
      return call({ method: 'POST', path: '/invoices', json }, 'invoice', invoiceSchema);
    },

    /** Marks a draft as sent, without sending anything: a payment can be recorded from then on. */
    async markSent(id: string): Promise<void> {
      await call({ method: 'POST', path: `${pathOf(id)}/status/sent` }, 'message', nothing);
    },
  };
}
