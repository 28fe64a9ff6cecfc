import type { Router } from 'express';
import { answer, bodyFields } from './answer.ts';
import type { Books } from './books.ts';
import { currencyOf, primaryOf } from './contact-view.ts';
import { type Listing, listed } from './listing.ts';
import { fromMinor } from './minor-units.ts';
import { changedPayment } from './payment-change.ts';
import { newPayment, put } from './payment-draft.ts';
import { notFound } from './refusal.ts';
import type { PaymentRow } from './rows.ts';

export const unusedOf = (payment: PaymentRow): number =>
  payment.amountMinor - payment.refundedMinor - payment.applied.reduce((sum, { minor }) => sum + minor, 0);

export function paymentRoutes(router: Router, books: Books): void {
  const held = (id: unknown): PaymentRow => {
    const payment = books.payments.get(String(id));
    if (!payment) throw notFound('Payment');
    return payment;
  };
  router.get('/customerpayments', (request, response) => {
    const { rows, context } = listed(
      books.listed(books.payments, (row) => row.payment_id),
      request,
      listing(books),
    );
    const customerpayments = rows.map((row) => paymentInList(books, row));
    answer(response, { customerpayments, page_context: context });
  });
  router.post('/customerpayments', (request, response) => {
    const payment = newPayment(books, bodyFields(request));
    put(books, payment);
    books.wrote(payment.payment_id);
    const view = paymentAlone(books, payment);
    books.desk.wrote({
      operation: 'POST /customerpayments',
      object: 'customerpayment',
      id: payment.payment_id,
      action: 'create',
      marker: payment.reference_number || null,
      record: view,
    });
    answer(response, { payment: view }, 'The payment from the customer has been recorded.', 201);
  });
  router.put('/customerpayments/:id', (request, response) => {
    const payment = changedPayment(books, held(request.params.id), bodyFields(request));
    const view = paymentAlone(books, payment);
    books.desk.wrote({
      operation: 'PUT /customerpayments/{id}',
      object: 'customerpayment',
      id: payment.payment_id,
      action: 'update',
      marker: payment.reference_number || null,
      record: view,
    });
    answer(response, { payment: view }, 'The payment details have been updated.');
  });
  router.get('/customerpayments/:id', (request, response) => {
    answer(response, { payment: paymentAlone(books, held(request.params.id)) });
  });
}

function paymentInList(books: Books, payment: PaymentRow) {
  const currency = currencyOf(payment);
  const amount = fromMinor(payment.amountMinor, currency.price_precision);
  const numbers = payment.applied.map(
    ({ invoice_id }) => books.invoices.get(invoice_id)?.invoice_number ?? '',
  );
  return {
    payment_id: payment.payment_id,
    payment_number: String(payment.payment_number),
    invoice_number: numbers.join(','),
    date: payment.date,
    payment_mode: payment.payment_mode,
    amount,
    bcy_amount: Number((amount * payment.exchange_rate).toFixed(2)),
    // Not in the published schema, but in what the API answers and its users rest on.
    customer_id: payment.customer_id,
    customer_name: books.contacts.get(payment.customer_id)?.contact_name ?? '',
    reference_number: payment.reference_number,
    currency_code: currency.currency_code,
    unused_amount: fromMinor(unusedOf(payment), currency.price_precision),
    last_modified_time: payment.modified,
  };
}

export function paymentAlone(books: Books, payment: PaymentRow) {
  const currency = currencyOf(payment);
  const customer = books.contacts.get(payment.customer_id);
  const amount = (minor: number): number => fromMinor(minor, currency.price_precision);
  return {
    payment_id: payment.payment_id,
    payment_mode: payment.payment_mode,
    amount: amount(payment.amountMinor),
    amount_refunded: amount(payment.refundedMinor),
    bank_charges: amount(payment.bankChargesMinor),
    date: payment.date,
    status: 'success',
    reference_number: payment.reference_number,
    description: payment.description,
    customer_id: payment.customer_id,
    customer_name: customer?.contact_name ?? '',
    email: (customer && primaryOf(customer)?.email) ?? '',
    invoices: payment.applied.map(({ invoice_id, minor }) => {
      const invoice = books.invoices.get(invoice_id);
      const total = invoice?.totalMinor ?? 0;
      return {
        invoice_id,
        invoice_number: invoice?.invoice_number ?? '',
        date: invoice?.date ?? '',
        invoice_amount: amount(total),
        amount_applied: amount(minor),
        balance_amount: amount(total - (invoice?.paidMinor ?? 0) - (invoice?.creditsMinor ?? 0)),
        tax_amount_withheld: 0,
      };
    }),
    currency_code: currency.currency_code,
    currency_symbol: currency.currency_symbol,
    custom_fields: [],
  };
}

function listing(books: Books): Listing<PaymentRow> {
  const customer = (row: PaymentRow) => books.contacts.get(row.customer_id)?.contact_name ?? '';
  const amount = (row: PaymentRow) => fromMinor(row.amountMinor, currencyOf(row).price_precision);
  return {
    texts: {
      reference_number: (row) => [row.reference_number],
      customer_name: (row) => [customer(row)],
      payment_mode: (row) => [row.payment_mode],
      notes: (row) => [row.description],
    },
    exact: {
      customer_id: (row) => row.customer_id,
      date: (row) => row.date,
      amount: (row) => String(amount(row)),
    },
    search: (row) => [row.reference_number, customer(row), row.description],
    sort: {
      created_time: (row) => row.created,
      last_modified_time: (row) => row.modified,
      date: (row) => row.date,
      amount,
      reference_number: (row) => row.reference_number,
    },
    defaultSort: { column: 'created_time', order: 'D' },
  };
}
