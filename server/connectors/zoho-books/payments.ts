import { z } from 'zod';
import { amountSchema, exactNumber } from '../families/zoho/amounts.ts';
import { type BooksCall, nothing } from './api.ts';

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
  /** Decimal text; all of it is applied to the invoice, unless `applied` says less. */
  readonly amount: string;
  readonly applied?: string;
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
  /** Decimal text: what was kept of the amount on its way. */
  readonly bankCharges?: string;
}

/** A payment as it is written back with a change. */
export interface WholePayment extends BooksPayment {
  /** As decimal text. */
  readonly bankCharges: string;
  /** ISO 4217; empty where Zoho Books leaves it out. */
  readonly currency: string;
  /** As decimal text: what each invoice took of it, and what went back of the rest. */
  readonly used: readonly string[];
  /** All that a change has to say again. */
  readonly written: Readonly<Record<string, unknown>>;
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

/** A rate that is too small to be written without an exponent is Books' own to keep. */
const isPlain = (rate: string | null | undefined): rate is string => /^\d+(\.\d+)?$/.test(rate ?? '');

const wholeSchema = z
  .object({
    payment_id: z.string(),
    customer_id: z.string(),
    payment_mode: z.string(),
    amount: amountSchema,
    amount_refunded: amountSchema.nullish(),
    bank_charges: amountSchema.nullish(),
    currency_code: z.string().nullish(),
    date: z.string(),
    reference_number: z.string().nullish(),
    description: z.string().nullish(),
    account_id: z.string().nullish(),
    exchange_rate: amountSchema.nullish(),
    invoices: z.array(z.object({ invoice_id: z.string(), amount_applied: amountSchema })).nullish(),
  })
  .transform(
    (payment): WholePayment => ({
      id: payment.payment_id,
      customerId: payment.customer_id,
      reference: payment.reference_number ?? null,
      amount: payment.amount,
      date: payment.date,
      bankCharges: payment.bank_charges ?? '0',
      currency: payment.currency_code ?? '',
      used: [
        ...(payment.invoices ?? []).map(({ amount_applied }) => amount_applied),
        payment.amount_refunded ?? '0',
      ],
      written: {
        customer_id: payment.customer_id,
        payment_mode: payment.payment_mode,
        amount: exactNumber(payment.amount),
        date: payment.date,
        reference_number: payment.reference_number ?? '',
        ...(payment.description ? { description: payment.description } : {}),
        ...(payment.account_id ? { account_id: payment.account_id } : {}),
        ...(isPlain(payment.exchange_rate) ? { exchange_rate: exactNumber(payment.exchange_rate) } : {}),
        invoices: (payment.invoices ?? []).map(({ invoice_id, amount_applied }) => ({
          invoice_id,
          amount_applied: exactNumber(amount_applied),
        })),
      },
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
        ...(payment.bankCharges ? { bank_charges: exactNumber(payment.bankCharges) } : {}),
        ...(payment.accountId ? { account_id: payment.accountId } : {}),
        invoices: [
          { invoice_id: payment.invoiceId, amount_applied: exactNumber(payment.applied ?? payment.amount) },
        ],
      };
      return call({ method: 'POST', path: '/customerpayments', json }, 'payment', paymentSchema);
    },

    payment(id: string): Promise<WholePayment> {
      return call({ path: `/customerpayments/${encodeURIComponent(id)}` }, 'payment', wholeSchema);
    },

    /** Says what was kept of a payment; all else stays as it is. A repeat changes nothing. */
    async chargePayment({ id, written }: WholePayment, bankCharges: string): Promise<void> {
      const path = `/customerpayments/${encodeURIComponent(id)}`;
      const json = { ...written, bank_charges: exactNumber(bankCharges) };
      await call({ method: 'PUT', path, json }, 'message', nothing);
    },
  };
}
