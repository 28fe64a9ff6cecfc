import { LiaisonError } from '../../../core/errors.ts';
import type { Fact } from '../../../core/facts/facts.ts';
import type { RunContext, StepDeclaration } from '../../../core/flow.ts';
import { decimalOf, type Money, moneyOf } from '../../../core/money.ts';
import { ifGone } from '../../../kit/if-gone.ts';
import { zohoBooks } from '../connector.ts';
import type { BooksInvoice } from '../invoices.ts';

export const settleSentSteps = {
  sentInvoice: {
    titles: { en: 'Look for the invoice that it pays', fr: 'Chercher la facture qu’il règle' },
    connector: 'zoho-books',
    effect: 'read',
  },
} as const satisfies Record<string, StepDeclaration>;

type Run = Pick<RunContext<unknown, 'settlement'>, 'client' | 'write' | 'exclusively' | 'linked' | 'link'>;

/** Why a payment cannot settle an invoice. */
export type Hindrance = 'void' | 'draft' | 'paid' | 'currency' | 'customer';

/** @param customers those whom the payer can be; null: nobody can tell. */
export function hindranceOf(
  invoice: BooksInvoice,
  currency: string,
  customers: readonly string[] | null,
): Hindrance | null {
  if (invoice.status === 'void' || invoice.status === 'draft') return invoice.status;
  if (invoice.currency !== currency) return 'currency';
  if (customers !== null && !customers.includes(invoice.customerId)) return 'customer';
  return Number(invoice.balance) > 0 ? null : 'paid';
}

export interface SentPayment {
  readonly reference: string;
  readonly money: Money;
  /** `2026-11-23` */
  readonly date: string;
  readonly mode: string;
  readonly accountId: string;
  readonly bankCharges?: string;
}

export interface SettledSent {
  readonly id: string;
  readonly isNew?: boolean;
  /** What of the payment the invoice could not take, in minor units: it is the customer's credit. */
  readonly excessMinor: number;
}

/** Under which the payment in Books of a movement is remembered. */
export const settledKey = (reference: string): string => `settled ${reference}`;

/**
 * Records a payment of an invoice that others made and may pay too. What the invoice does not take stays the customer's
 * credit.
 *
 * @param tells what receivers are told of when the payment was recorded here.
 */
export function settleSent(
  { client, write, exclusively, linked, link }: Run,
  invoice: Pick<BooksInvoice, 'id' | 'customerId' | 'number'>,
  payment: SentPayment,
  tells: () => Fact,
): Promise<SettledSent> {
  const books = () => client(zohoBooks);
  const { reference, money } = payment;
  const key = settledKey(reference);
  // Whoever pays the same invoice at this moment must not take the same balance.
  return exclusively(`invoice ${invoice.id}`, async () => {
    const settled = await write<SettledSent>('settlement', {
      findFirst: true,
      async find() {
        const known = await linked(key);
        if (known !== null) return { id: known, excessMinor: 0 };
        const own = (await books().paymentsOfInvoice(invoice.id)).find((one) => one.reference === reference);
        return own === undefined ? null : { id: own.id, excessMinor: 0 };
      },
      async send() {
        const { balance } = await books().invoice(invoice.id);
        const open = moneyOf(balance, money.currency).minor;
        if (open <= 0) throw paidSince(invoice.number);
        const applied = Math.min(open, money.minor);
        const { id } = await books().createPayment({
          customerId: invoice.customerId,
          invoiceId: invoice.id,
          reference,
          amount: decimalOf(money),
          applied: decimalOf({ ...money, minor: applied }),
          date: payment.date,
          mode: payment.mode,
          accountId: payment.accountId,
          ...(payment.bankCharges === undefined ? {} : { bankCharges: payment.bankCharges }),
        });
        return { id, isNew: true, excessMinor: money.minor - applied };
      },
      tells,
    });
    await link(key, settled.id);
    return settled;
  });
}

/** Whether a payment that was settled so still holds what no invoice took and nobody gave back. */
export async function leavesCredit(
  { client, linked }: Pick<Run, 'client' | 'linked'>,
  { reference, currency }: { readonly reference: string; readonly currency: string },
): Promise<boolean> {
  const id = await linked(settledKey(reference));
  const payment = id === null ? null : await ifGone(() => client(zohoBooks).payment(id), null);
  if (payment === null) return false;
  const minorOf = (amount: string): number => moneyOf(amount, currency).minor;
  return minorOf(payment.amount) > payment.used.reduce((sum, amount) => sum + minorOf(amount), 0);
}

const paidSince = (number: string): LiaisonError =>
  new LiaisonError('rejected', {
    field: 'invoice',
    sentence: {
      en: `Invoice ${number} was paid by somebody else meanwhile. Replay to be asked what becomes of this payment.`,
      fr: `La facture ${number} a été réglée entre-temps par quelqu’un d’autre. Rejouez pour décider de ce paiement.`,
    },
  });
