import type { Router } from 'express';
import { answer, bodyFields } from './answer.ts';
import type { Books } from './books.ts';
import { comment, commentsOf, commentView } from './comments.ts';
import { currencyOf } from './contact-view.ts';
import { text } from './fields.ts';
import { newInvoice } from './invoice-draft.ts';
import { balanceOf, invoiceAlone, invoiceInList, statusOf } from './invoice-view.ts';
import { type Listing, listed, query } from './listing.ts';
import { fromMinor } from './minor-units.ts';
import { invalid, missing, notFound, Refusal } from './refusal.ts';
import type { InvoiceRow } from './rows.ts';

export function invoiceRoutes(router: Router, books: Books): void {
  const held = (id: unknown): InvoiceRow => {
    const invoice = books.invoices.get(String(id));
    if (!invoice) throw notFound('Invoice');
    return invoice;
  };
  const keep = (invoice: InvoiceRow, operation: string, action: 'create' | 'update'): void => {
    books.invoices.put(invoice.invoice_id, invoice);
    books.wrote(invoice.invoice_id);
    const record = invoiceAlone(books, invoice);
    const marker = invoice.reference_number || null;
    books.desk.wrote({ operation, object: 'invoice', id: invoice.invoice_id, action, marker, record });
  };

  router.get('/invoices', (request, response) => {
    const filter = statusFilter(books.today(), query(request, 'status'), query(request, 'filter_by'));
    const { rows, context } = listed(
      books.listed(books.invoices, (row) => row.invoice_id).filter(filter),
      request,
      listing(books),
    );
    answer(response, {
      invoices: rows.map((row) => invoiceInList(books, row)),
      page_context: {
        ...context,
        report_name: 'Invoices',
        applied_filter: query(request, 'filter_by') || 'Status.All',
      },
    });
  });
  router.post('/invoices', (request, response) => {
    const invoice = newInvoice(books, bodyFields(request), {
      send: query(request, 'send') === 'true',
      ownNumber: query(request, 'ignore_auto_number_generation') === 'true',
    });
    keep(invoice, 'POST /invoices', 'create');
    comment(books, invoice.invoice_id, `Invoice ${invoice.invoice_number} created.`);
    answer(response, { invoice: invoiceAlone(books, invoice) }, 'The invoice has been created.', 201);
  });
  router.get('/invoices/:id', (request, response) => {
    answer(response, { invoice: invoiceAlone(books, held(request.params.id)) });
  });

  for (const set of ['sent', 'void', 'draft'] as const) {
    router.post(`/invoices/:id/status/${set}`, (request, response) => {
      const invoice = held(request.params.id);
      refuseStatus(invoice, set);
      keep({ ...invoice, set, modified: books.now() }, `POST /invoices/{id}/status/${set}`, 'update');
      comment(books, invoice.invoice_id, `Invoice marked as ${set}.`);
      answer(response, {}, `Invoice status has been changed to ${set === 'void' ? 'Void' : set}.`);
    });
  }

  router.get('/invoices/:id/comments', (request, response) => {
    const { invoice_id } = held(request.params.id);
    answer(response, { comments: commentsOf(books, invoice_id).map(commentView) });
  });
  router.post('/invoices/:id/comments', (request, response) => {
    const { invoice_id } = held(request.params.id);
    const body = bodyFields(request);
    const description = text(body, 'description');
    if (description === '') throw missing('description');
    const row = comment(books, invoice_id, description, {
      comment_type: body.show_comment_to_clients === true ? 'client' : 'internal',
      operation_type: 'Added',
      commented_by: 'Hugo Marchetti',
    });
    const record = commentView(row);
    const operation = 'POST /invoices/{id}/comments';
    books.desk.wrote({
      operation,
      object: 'comment',
      id: row.comment_id,
      action: 'create',
      marker: description,
      record,
    });
    answer(response, {}, 'Comments added.', 201);
  });

  router.get('/invoices/:id/payments', (request, response) => {
    const invoice = held(request.params.id);
    const { price_precision } = currencyOf(invoice);
    const payments = books.payments.all().flatMap((payment) =>
      payment.applied
        .filter(({ invoice_id }) => invoice_id === invoice.invoice_id)
        .map((applied) => ({
          payment_id: payment.payment_id,
          payment_number: payment.payment_number,
          invoice_id: invoice.invoice_id,
          invoice_payment_id: applied.invoice_payment_id,
          payment_mode: payment.payment_mode,
          description: payment.description,
          date: payment.date,
          reference_number: payment.reference_number,
          exchange_rate: payment.exchange_rate,
          amount: fromMinor(applied.minor, price_precision),
          tax_amount_withheld: 0,
          online_transaction_id: '',
          is_single_invoice_payment: payment.applied.length === 1,
        })),
    );
    answer(response, { payments });
  });
}

function listing(books: Books): Listing<InvoiceRow> {
  const customer = (row: InvoiceRow) => books.contacts.get(row.customer_id);
  const amount = (row: InvoiceRow, minor: number) => fromMinor(minor, currencyOf(row).price_precision);
  return {
    texts: {
      invoice_number: (row) => [row.invoice_number],
      reference_number: (row) => [row.reference_number],
      customer_name: (row) => [customer(row)?.contact_name ?? ''],
      email: (row) => customer(row)?.persons.map(({ email }) => email) ?? [],
      item_name: (row) => row.lines.map(({ name }) => name),
      item_description: (row) => row.lines.map(({ description }) => description),
    },
    exact: {
      customer_id: (row) => row.customer_id,
      recurring_invoice_id: (row) => row.recurring_invoice_id ?? '',
      date: (row) => row.date,
      due_date: (row) => row.due_date,
    },
    days: { date: (row) => row.date, due_date: (row) => row.due_date },
    search: (row) => [row.invoice_number, row.reference_number, customer(row)?.contact_name ?? ''],
    sort: {
      created_time: (row) => row.created,
      last_modified_time: (row) => row.modified,
      date: (row) => row.date,
      due_date: (row) => row.due_date,
      invoice_number: (row) => row.invoice_number,
      customer_name: (row) => customer(row)?.contact_name ?? '',
      total: (row) => amount(row, row.totalMinor),
      balance: (row) => amount(row, balanceOf(row)),
    },
    defaultSort: { column: 'created_time', order: 'D' },
  };
}

/** `status=paid` and `filter_by=Status.Paid` choose alike; unpaid is sent, overdue or paid in part. */
function statusFilter(today: string, status: string, filterBy: string): (invoice: InvoiceRow) => boolean {
  const wanted = [status, filterBy.replace(/^Status\./, '')]
    .map((text) => text.toLowerCase().replace('partiallypaid', 'partially_paid'))
    .filter((text) => text !== '' && text !== 'all');
  for (const one of wanted)
    if (!['draft', 'sent', 'overdue', 'partially_paid', 'paid', 'void', 'unpaid', 'viewed'].includes(one))
      throw invalid('status');
  return (invoice) => {
    const own = statusOf(invoice, today);
    const unpaid = own === 'sent' || own === 'overdue' || own === 'partially_paid';
    return wanted.every((one) => one === own || (one === 'unpaid' && unpaid));
  };
}

function refuseStatus(invoice: InvoiceRow, set: InvoiceRow['set']): void {
  const used = invoice.paidMinor + invoice.creditsMinor > 0;
  if (set !== 'sent' && used)
    throw new Refusal(
      400,
      4018,
      'Invoices with payments or credits applied cannot be voided or reopened as draft.',
    );
  if (set === 'draft' && invoice.set === 'sent')
    throw new Refusal(400, 4019, 'Only void invoices can be made drafts again.');
  if (set === 'sent' && invoice.set === 'void')
    throw new Refusal(400, 4020, 'A void invoice cannot be marked as sent.');
}
