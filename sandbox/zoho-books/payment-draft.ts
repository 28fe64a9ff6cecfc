import type { Books } from './books.ts';
import { comment } from './comments.ts';
import { currencyOf } from './contact-view.ts';
import type { Currency } from './currencies.ts';
import { day, type Fields, list, mandatory, text } from './fields.ts';
import { customerOf, sameCurrency } from './invoice-draft.ts';
import { balanceOf } from './invoice-view.ts';
import { toMinor, tooPrecise } from './minor-units.ts';
import { invalid, missing, Refusal } from './refusal.ts';
import type { AppliedRow, PaymentRow } from './rows.ts';
import { accountIn, MONEY_ACCOUNTS, UNDEPOSITED } from './settings-data.ts';

/**
 * A payment as the body asks for it, checked against the invoices that it pays.
 *
 * @param number asked for last, so that a refused payment leaves no gap.
 */
export function newPayment(
  books: Books,
  body: Fields,
  number: () => number = () => books.nextNumber('payment'),
): PaymentRow {
  const customer = customerOf(books, body);
  sameCurrency(body, customer);
  const currency = currencyOf(customer);
  const payment_mode = mandatory(body, 'payment_mode');
  const amountMinor = positiveAmount(body, 'amount', currency);
  if (body.date === undefined) throw missing('date');
  const { account_id } = accountIn(text(body, 'account_id', UNDEPOSITED), MONEY_ACCOUNTS, 'account_id');
  const applied = list(body, 'invoices').map((fields) =>
    appliedTo(books, fields, customer.contact_id, currency),
  );
  if (applied.reduce((sum, { minor }) => sum + minor, 0) > amountMinor)
    throw new Refusal(
      400,
      24017,
      'The amount applied to the invoices is more than the amount of the payment.',
    );
  if (new Set(applied.map(({ invoice_id }) => invoice_id)).size < applied.length) throw invalid('invoices');
  const bankChargesMinor = toMinor(body.bank_charges ?? 0, currency.price_precision);
  if (bankChargesMinor === null || bankChargesMinor < 0 || bankChargesMinor > amountMinor)
    throw invalid('bank_charges');
  if (tooPrecise(body.bank_charges ?? 0, currency.price_precision)) throw invalid('bank_charges');
  const now = books.now();
  return {
    payment_id: books.newId(),
    customer_id: customer.contact_id,
    currency_id: currency.currency_id,
    exchange_rate: Number(body.exchange_rate ?? currency.exchange_rate) || currency.exchange_rate,
    payment_mode,
    amountMinor,
    refundedMinor: 0,
    bankChargesMinor,
    date: day(body, 'date', ''),
    reference_number: text(body, 'reference_number'),
    description: text(body, 'description'),
    account_id,
    applied,
    created: now,
    modified: now,
    payment_number: number(),
  };
}

/** Puts a payment in the books and takes it off its invoices' balances, in one go. */
export function put(books: Books, payment: PaymentRow): void {
  books.payments.put(payment.payment_id, payment);
  for (const { invoice_id, minor } of payment.applied) {
    const invoice = books.invoices.get(invoice_id);
    if (!invoice) continue;
    books.invoices.put(invoice_id, {
      ...invoice,
      // Money for a draft makes it a real invoice.
      set: 'sent',
      paidMinor: invoice.paidMinor + minor,
      last_payment_date: payment.date,
      modified: payment.modified,
    });
    comment(books, invoice_id, `Payment ${payment.payment_number} recorded (${payment.payment_mode}).`);
  }
}

/** Gives what a payment took off its invoices back to their balances. */
export function takeOff(books: Books, payment: PaymentRow): void {
  for (const { invoice_id, minor } of payment.applied) {
    const invoice = books.invoices.get(invoice_id);
    if (invoice) books.invoices.put(invoice_id, { ...invoice, paidMinor: invoice.paidMinor - minor });
  }
}

/** An amount above zero that the currency can hold, in smallest units. */
export function positiveAmount(fields: Fields, name: string, currency: Currency): number {
  if (fields[name] === undefined || fields[name] === null) throw missing(name);
  const minor = toMinor(fields[name], currency.price_precision);
  if (minor === null || minor <= 0 || !Number.isSafeInteger(minor)) throw invalid(name);
  if (tooPrecise(fields[name], currency.price_precision)) throw invalid(name);
  return minor;
}

function appliedTo(books: Books, fields: Fields, customer_id: string, currency: Currency): AppliedRow {
  const invoice = books.invoices.get(mandatory(fields, 'invoice_id'));
  if (!invoice || invoice.customer_id !== customer_id)
    throw new Refusal(400, 1002, 'Invoice does not exist.');
  const minor = positiveAmount(fields, 'amount_applied', currency);
  if (invoice.set === 'void')
    throw new Refusal(400, 24018, 'A payment cannot be recorded for a void invoice.');
  if (minor > balanceOf(invoice))
    throw new Refusal(
      400,
      24016,
      'The amount entered is more than the balance due for the selected invoices.',
    );
  return { invoice_id: invoice.invoice_id, invoice_payment_id: books.newId(), minor };
}
