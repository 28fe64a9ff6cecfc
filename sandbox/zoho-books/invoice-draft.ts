import type { Books } from './books.ts';
import { currencyOf } from './contact-view.ts';
import type { Currency } from './currencies.ts';
import { addDays, day, type Fields, list, mandatory, text } from './fields.ts';
import { leftToInvoice } from './left-to-invoice.ts';
import { linesOf, type Totals } from './lines.ts';
import { toMinor, tooPrecise } from './minor-units.ts';
import { invalid, Refusal } from './refusal.ts';
import type { ContactRow, InvoiceRow } from './rows.ts';

/** The customer that a document names; refuses one that is not there, not active, or a vendor. */
export function customerOf(books: Books, body: Fields): ContactRow {
  const contact = books.contacts.get(mandatory(body, 'customer_id'));
  if (!contact) throw new Refusal(400, 1002, 'Customer does not exist.');
  if (contact.contact_type !== 'customer') throw new Refusal(400, 4011, 'The contact is not a customer.');
  if (contact.status !== 'active') throw new Refusal(400, 4012, 'The customer is inactive.');
  return contact;
}

/** Refuses a document in a currency other than the customer's. */
export function sameCurrency(body: Fields, customer: ContactRow): void {
  const asked = text(body, 'currency_id', customer.currency_id);
  if (asked !== customer.currency_id)
    throw new Refusal(
      400,
      4013,
      'The currency of the transaction cannot be different from the currency of the customer.',
    );
}

/** An invoice as the body of a create asks for it, not yet put anywhere. */
export function newInvoice(
  books: Books,
  body: Fields,
  options: { readonly send: boolean; readonly ownNumber: boolean },
): InvoiceRow {
  const customer = customerOf(books, body);
  sameCurrency(body, customer);
  const currency = currencyOf(customer);
  const date = day(body, 'date', books.today());
  const due_date = day(body, 'due_date', addDays(date, Math.max(0, customer.payment_terms)));
  if (due_date < date) throw new Refusal(400, 4014, 'The due date cannot be before the invoice date.');
  const totals = adjusted(linesOf(books, body, currency), body, currency);
  leftToInvoice(books, customer, totals.lines);
  const now = books.now();
  const reference_number = text(body, 'reference_number');
  return {
    invoice_id: books.newId(),
    customer_id: customer.contact_id,
    currency_id: currency.currency_id,
    exchange_rate: Number(body.exchange_rate ?? currency.exchange_rate) || currency.exchange_rate,
    set: options.send ? 'sent' : 'draft',
    date,
    due_date,
    reference_number,
    ...totals,
    paidMinor: 0,
    creditsMinor: 0,
    last_payment_date: '',
    notes: text(body, 'notes'),
    terms: text(body, 'terms'),
    custom_fields: 'custom_fields' in body ? list(body, 'custom_fields') : [],
    is_emailed: options.send,
    created: now,
    modified: now,
    // Last, so that a refused invoice leaves no gap in the numbers.
    invoice_number: numberFor(books, text(body, 'invoice_number'), options.ownNumber),
  };
}

/** A document with what its author adds to the lines, or takes off, by hand. */
export function adjusted(totals: Totals, body: Fields, currency: Currency) {
  const adjustmentMinor = toMinor(body.adjustment ?? 0, currency.price_precision);
  if (adjustmentMinor === null || tooPrecise(body.adjustment ?? 0, currency.price_precision))
    throw invalid('adjustment');
  const totalMinor = totals.totalMinor + adjustmentMinor;
  if (totalMinor < 0) throw new Refusal(400, 4006, 'The total of the transaction cannot be negative.');
  return { ...totals, totalMinor, adjustmentMinor, adjustment: text(body, 'adjustment_description') };
}

export function nextNumber(books: Books): string {
  for (;;) {
    const number = `INV-${String(books.nextNumber('invoice')).padStart(6, '0')}`;
    if (!taken(books, number)) return number;
  }
}

function numberFor(books: Books, asked: string, ownNumber: boolean): string {
  if (asked === '' && !ownNumber) return nextNumber(books);
  if (asked !== '' && !ownNumber)
    throw new Refusal(
      400,
      4097,
      'Invoice numbers are generated. To choose one, pass ignore_auto_number_generation=true.',
    );
  if (asked === '') throw new Refusal(400, 4, 'Invalid value passed for invoice_number');
  if (taken(books, asked)) throw new Refusal(400, 1001, `The invoice number ${asked} already exists.`);
  return asked;
}

const taken = (books: Books, number: string): boolean =>
  books.invoices.all().some((invoice) => invoice.invoice_number === number);
