import type { Router } from 'express';
import { answer, bodyFields } from './answer.ts';
import type { Books } from './books.ts';
import { currencyOf } from './contact-view.ts';
import { day, mandatory, text } from './fields.ts';
import { type Listing, listed } from './listing.ts';
import { fromMinor } from './minor-units.ts';
import { positiveAmount } from './payment-draft.ts';
import { unusedOf } from './payments.ts';
import { missing, notFound, Refusal } from './refusal.ts';
import type { PaymentRow, RefundRow } from './rows.ts';
import { accountIn, MONEY_ACCOUNTS } from './settings-data.ts';

/**
 * Refunds of what a payment holds beyond its invoices. Books refunds the excess of a payment only: to
 * refund money that an invoice took, the invoice is credited first.
 */
export function refundRoutes(router: Router, books: Books): void {
  const held = (id: unknown): PaymentRow => {
    const payment = books.payments.get(String(id));
    if (!payment) throw notFound('Payment');
    return payment;
  };
  router.get('/customerpayments/:id/refunds', (request, response) => {
    const payment = held(request.params.id);
    const own = books.refunds.all().filter(({ payment_id }) => payment_id === payment.payment_id);
    const { rows, context } = listed(own, request, LISTING);
    const payment_refunds = rows.map((row) => refundInList(books, payment, row));
    answer(response, { payment_refunds, page_context: { ...context, report_name: 'Refunds' } });
  });
  router.post('/customerpayments/:id/refunds', (request, response) => {
    const payment = held(request.params.id);
    const body = bodyFields(request);
    const currency = currencyOf(payment);
    if (body.date === undefined) throw missing('date');
    const from = accountIn(mandatory(body, 'from_account_id'), MONEY_ACCOUNTS, 'from_account_id');
    const amountMinor = positiveAmount(body, 'amount', currency);
    if (amountMinor > unusedOf(payment))
      throw new Refusal(
        400,
        24019,
        'The amount to be refunded is more than the excess amount of the payment.',
      );
    const row: RefundRow = {
      payment_refund_id: books.newId(),
      payment_id: payment.payment_id,
      date: day(body, 'date', ''),
      refund_mode: text(body, 'refund_mode'),
      reference_number: text(body, 'reference_number'),
      description: text(body, 'description'),
      from_account_id: from.account_id,
      amountMinor,
      exchange_rate: payment.exchange_rate,
    };
    books.refunds.put(row.payment_refund_id, row);
    books.payments.put(payment.payment_id, {
      ...payment,
      refundedMinor: payment.refundedMinor + amountMinor,
      modified: books.now(),
    });
    const view = {
      payment_refund_id: row.payment_refund_id,
      payment_id: row.payment_id,
      date: row.date,
      refund_mode: row.refund_mode,
      reference_number: row.reference_number,
      amount: fromMinor(amountMinor, currency.price_precision),
      exchange_rate: row.exchange_rate,
      payment_form: '',
      description: row.description,
    };
    books.desk.wrote({
      operation: 'POST /customerpayments/{id}/refunds',
      object: 'refund',
      id: row.payment_refund_id,
      action: 'create',
      marker: row.reference_number || null,
      record: view,
    });
    answer(
      response,
      { payment_refunds: [view] },
      'The refund information for this payment has been saved.',
      201,
    );
  });
}

const LISTING: Listing<RefundRow> = {
  texts: { reference_number: (row) => [row.reference_number] },
  search: (row) => [row.reference_number],
  sort: { date: (row) => row.date },
  defaultSort: { column: 'date', order: 'D' },
};

function refundInList(books: Books, payment: PaymentRow, row: RefundRow) {
  const amount = fromMinor(row.amountMinor, currencyOf(payment).price_precision);
  return {
    payment_refund_id: row.payment_refund_id,
    payment_id: row.payment_id,
    date: row.date,
    refund_mode: row.refund_mode,
    reference_number: row.reference_number,
    payment_number: String(payment.payment_number),
    customer_name: books.contacts.get(payment.customer_id)?.contact_name ?? '',
    amount_bcy: Number((amount * row.exchange_rate).toFixed(2)),
    // The published schema has whole numbers only here, so a fraction is left to amount_bcy.
    ...(Number.isInteger(amount) ? { amount_fcy: amount } : {}),
  };
}
