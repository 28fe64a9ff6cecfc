import { z } from 'zod';
import { amountSchema, exactNumber } from '../families/zoho/amounts.ts';
import { type BooksCall, nothing } from './api.ts';
import { lineItems, type NewLine } from './line-items.ts';

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
  readonly lines: readonly NewLine[];
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

/** A payment of an invoice. */
export interface AppliedPayment {
  readonly id: string;
  readonly reference: string;
}

const appliedSchema = z
  .object({ payment_id: z.string(), reference_number: z.string().nullish() })
  .transform(
    (payment): AppliedPayment => ({ id: payment.payment_id, reference: payment.reference_number ?? '' }),
  );

/** A part of an invoice that bears one tax, or none. */
export interface TaxedPart {
  readonly taxId: string | null;
  /** With its tax, in proportion to the other parts. */
  readonly weight: number;
}

const partsSchema = z
  .object({
    is_inclusive_tax: z.boolean().nullish(),
    line_items: z.array(
      z.object({
        tax_id: z.string().nullish(),
        tax_percentage: z.coerce.number().nullish().catch(null),
        item_total: z.coerce.number(),
      }),
    ),
  })
  .transform(({ is_inclusive_tax: inclusive, line_items: lines }): TaxedPart[] => {
    const weights = new Map<string | null, number>();
    for (const { tax_id, tax_percentage, item_total } of lines) {
      const taxId = tax_id || null;
      const gross = item_total * (inclusive === true ? 1 : 1 + (tax_percentage ?? 0) / 100);
      weights.set(taxId, (weights.get(taxId) ?? 0) + gross);
    }
    return [...weights].map(([taxId, weight]) => ({ taxId, weight: Math.max(0, weight) }));
  });

export function invoiceCalls(call: BooksCall) {
  const pathOf = (id: string) => `/invoices/${encodeURIComponent(id)}`;
  return {
    /** Invoices with exactly this reference number. */
    async invoicesByReference(reference: string): Promise<BooksInvoice[]> {
      const query = { reference_number: reference };
      const found = await call({ path: '/invoices', query }, 'invoices', z.array(invoiceSchema));
      return found.filter((invoice) => invoice.reference === reference);
    },

    /** Invoices of exactly this number, in whatever case: there is one, or none. */
    async invoicesByNumber(number: string): Promise<BooksInvoice[]> {
      const query = { invoice_number: number };
      const found = await call({ path: '/invoices', query }, 'invoices', z.array(invoiceSchema));
      return found.filter((invoice) => invoice.number.toLowerCase() === number.toLowerCase());
    },

    /** A customer's invoices, newest first; at most 200. */
    invoicesOf(customerId: string): Promise<BooksInvoice[]> {
      const query = { customer_id: customerId, sort_column: 'date', sort_order: 'D' };
      return call({ path: '/invoices', query }, 'invoices', z.array(invoiceSchema));
    },

    /** What a recurring invoice made, newest first; at most 200. */
    invoicesOfProfile(profileId: string): Promise<BooksInvoice[]> {
      const query = { recurring_invoice_id: profileId, sort_column: 'date', sort_order: 'D' };
      return call({ path: '/invoices', query }, 'invoices', z.array(invoiceSchema));
    },

    invoice(id: string): Promise<BooksInvoice> {
      return call({ path: pathOf(id) }, 'invoice', invoiceSchema);
    },

    /** What of an invoice bears which tax: what a refund of a part of it goes by. */
    taxedParts(id: string): Promise<TaxedPart[]> {
      return call({ path: pathOf(id) }, 'invoice', partsSchema);
    },

    /** Payments that were applied to an invoice. Unlike the lists, this knows of what was just made. */
    paymentsOfInvoice(id: string): Promise<AppliedPayment[]> {
      return call({ path: `${pathOf(id)}/payments` }, 'payments', z.array(appliedSchema));
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
        ...lineItems(invoice.lines),
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
