import { stripe } from '../../connectors/stripe/connector.ts';
import { type Payment, paymentFrom } from '../../connectors/stripe/shapes.ts';
import { hindranceOf } from '../../connectors/zoho-books/booking/settle-sent.ts';
import { zohoBooks } from '../../connectors/zoho-books/connector.ts';
import type { BooksInvoice } from '../../connectors/zoho-books/invoices.ts';
import { asLiaisonError } from '../../core/errors.ts';
import { decimalOf, moneyOf } from '../../core/money.ts';
import { moneyOfMovement } from '../../core/movement.ts';
import { type NamedInvoice, namedInvoice } from './named-invoice.ts';
import { asPayer } from './payer.ts';
import { askWhich, notSettled, unknownNumber } from './sent-invoice-failures.ts';
import type { Context } from './steps.ts';

/** An invoice that Books sent and a payment pays. */
export type SentInvoice = Pick<BooksInvoice, 'id' | 'number'>;

/**
 * The invoice that Books sent and that a payment pays: the one whose number the payment names, if it can be. Which one it is
 * is never guessed.
 *
 * @returns null: there is none, and the payment gets an invoice of its own.
 * @throws LiaisonError `rejected` where a person has to say which one it is.
 */
export function sentInvoice(context: Context, payment: Payment): Promise<SentInvoice | null> {
  const { read, settings } = context;
  if (settings.settles === 'none') return Promise.resolve(null);
  return read('sentInvoice', async () => {
    const named = namedInvoice(payment.metadata ?? {}, payment.description);
    try {
      return await find(context, payment, named);
    } catch (asked) {
      if (asLiaisonError(asked).kind !== 'rejected') throw asked;
      // Whoever was asked answered at Stripe, after this run had read the payment.
      const answer = await toldSince(context, payment);
      if (answer === null || (answer.told === named.told && answer.none === named.none)) throw asked;
      return find(context, payment, answer);
    }
  });
}

async function toldSince({ client }: Context, { identity }: Payment): Promise<NamedInvoice | null> {
  const current = identity.startsWith('pi_') ? await client(stripe).paymentIntent(identity) : null;
  const payment = current === null ? null : paymentFrom(current);
  return payment === null ? null : namedInvoice(payment.metadata ?? {}, payment.description);
}

async function find(
  context: Context,
  payment: Payment,
  { told, none, words }: NamedInvoice,
): Promise<SentInvoice | null> {
  if (none) return null;
  const books = () => context.client(zohoBooks);
  if (told !== null) {
    const [invoice] = await books().invoicesByNumber(told);
    if (invoice === undefined) throw unknownNumber(told);
    return fitting(context, payment, invoice, true);
  }
  for (const word of words) {
    const [invoice] = await books().invoicesByNumber(word);
    if (invoice !== undefined) return fitting(context, payment, invoice, false);
  }
  return context.settings.settles === 'asked' ? ofSameAmount(context, payment) : null;
}

/** The invoice, if the payment can settle it. @throws LiaisonError `rejected`: it cannot, and somebody has to know. */
async function fitting(
  context: Context,
  payment: Payment,
  invoice: BooksInvoice,
  isTold: boolean,
): Promise<SentInvoice> {
  const money = moneyOfMovement(payment);
  const customers = await customersOf(context, payment);
  const hindrance = hindranceOf(invoice, payment.currency, customers);
  // Paid by this very payment, by a run that ended before it could remember that.
  if (hindrance === 'paid' && (await isPaidBy(context, invoice, payment))) return asSent(invoice);
  if (hindrance !== null) throw notSettled(invoice, hindrance, money);
  // Of a payer without an address a word in a text says too little, unless the amount says the same.
  const isSure =
    isTold || customers !== null || moneyOf(invoice.balance, payment.currency).minor === money.minor;
  if (!isSure) throw askWhich([invoice], money);
  return asSent(invoice);
}

const asSent = ({ id, number }: BooksInvoice): SentInvoice => ({ id, number });

async function isPaidBy({ client }: Context, { id }: BooksInvoice, { identity }: Payment): Promise<boolean> {
  const payments = await client(zohoBooks).paymentsOfInvoice(id);
  return payments.some(({ reference }) => reference === identity);
}

/** Customers of Books whom the payer can be; null: the payer gave no address. */
async function customersOf({ client }: Context, payment: Payment): Promise<string[] | null> {
  const { email } = asPayer(payment);
  if (email === null) return null;
  return (await client(zohoBooks).contactsByEmail(email)).map(({ id }) => id);
}

/** @throws LiaisonError `rejected` where an open invoice of the payer comes to the same amount. */
async function ofSameAmount(context: Context, payment: Payment): Promise<null> {
  const { client } = context;
  const money = moneyOfMovement(payment);
  const amount = Number(decimalOf(money));
  const alike: BooksInvoice[] = [];
  for (const customer of (await customersOf(context, payment)) ?? []) {
    const invoices = await client(zohoBooks).invoicesOf(customer);
    alike.push(
      ...invoices.filter(
        (invoice) =>
          hindranceOf(invoice, money.currency, null) === null && Number(invoice.balance) === amount,
      ),
    );
  }
  if (alike.length > 0) throw askWhich(alike, money);
  return null;
}
