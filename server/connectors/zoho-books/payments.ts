import { z } from 'zod';
import { amountSchema, exactNumber } from '../families/zoho/amounts.ts';
import type { BooksCall } from './api.ts';

export interface BooksPayment {
  readonly id: string;
  readonly customerId: string | null;
  /** Null where Zoho Books leaves it out, as its lists may. */
  readonly reference: string | null;
  /** Decimal text in the customer's currency. */
  readonly amount: string;
  readonly date: string;
}

export interface NewPayment {
  readonly customerId: string;
  readonly invoiceId: string;
  /** Decimal text; all of it is applied to the invoice. */
  readonly amount: string;
  /** `2026-11-23` */
  readonly date: string;
  /** `creditcard`, `cash`, or a mode that the organisation named itself. */
  readonly mode: string;
  /** What the payment is found by again. */
  readonly reference: string;
  readonly description?: string;
  readonly exchangeRate?: string;
  /** The account that the money comes into; empty: the one that Books takes by itself. */
  readonly accountId?: string;
}

const paymentSchema = z
  .object({
    payment_id: z.string(),
    customer_id: z.string().nullish(),
    reference_number: z.string().nullish(),
    amount: amountSchema,
    date: z.string(),
  })
  .transform(
    (payment): BooksPayment => ({
      id: payment.payment_id,
      customerId: payment.customer_id ?? null,
      reference: payment.reference_number ?? null,
      amount: payment.amount,
      date: payment.date,
    }),
  );

export function paymentCalls(call: BooksCall) {
  return {
    /** Payments with exactly this reference number. */
    async paymentsByReference(reference: string): Promise<BooksPayment[]> {
      const query = { reference_number: reference };
      const found = await call(
        { path: '/customerpayments', query },
        'customerpayments',
        z.array(paymentSchema),
      );
      return found.filter((payment) => payment.reference === null || payment.reference === reference);
    },

    /** Records a payment of one invoice. A repeat records it again: look by reference before. */
    createPayment(payment: NewPayment): Promise<BooksPayment> {
      const amount = exactNumber(payment.amount);
      const json = {
        customer_id: payment.customerId,
        payment_mode: payment.mode,
        amount,
        date: payment.date,
        reference_number: payment.reference,
        ...(payment.description ? { description: payment.description } : {}),
        ...(payment.exchangeRate ? { exchange_rate: exactNumber(payment.exchangeRate) } : {}),
        ...(payment.accountId ? { account_id: payment.accountId } : {}),
        invoices: [{ invoice_id: payment.invoiceId, amount_applied: amount }],
      };
      return call({ method: 'POST', path: '/customerpayments', json }, 'payment', paymentSchema);
    },
  };
}
