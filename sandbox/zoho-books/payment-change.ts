import type { Books } from './books.ts';
import { type Fields, mandatory } from './fields.ts';
import { newPayment, put, takeOff } from './payment-draft.ts';
import { invalid, missing } from './refusal.ts';
import type { PaymentRow } from './rows.ts';

/**
 * A payment with what a program changes of it: all that it pays is said again, other members stay where they are left out.
 * A refused change leaves everything as it was. https://www.zoho.com/books/api/v3/customer-payments/#update-a-payment
 */
export function changedPayment(books: Books, before: PaymentRow, body: Fields): PaymentRow {
  if (mandatory(body, 'customer_id') !== before.customer_id) throw invalid('customer_id');
  if (body.invoices === undefined) throw missing('invoices');
  const paid = before.applied.map(({ invoice_id }) => books.invoices.get(invoice_id));
  takeOff(books, before);
  try {
    const stays = {
      date: before.date,
      reference_number: before.reference_number,
      description: before.description,
      account_id: before.account_id,
      exchange_rate: before.exchange_rate,
    };
    const asked = newPayment(books, { ...stays, ...body }, () => before.payment_number);
    const { payment_id, created, refundedMinor } = before;
    // Charges that are not named stay: they are counted in the payment's own smallest unit.
    const charges = body.bank_charges === undefined ? { bankChargesMinor: before.bankChargesMinor } : {};
    const changed = { ...asked, ...charges, payment_id, created, refundedMinor };
    put(books, changed);
    return changed;
  } catch (refusal) {
    for (const invoice of paid) if (invoice) books.invoices.put(invoice.invoice_id, invoice);
    throw refusal;
  }
}
