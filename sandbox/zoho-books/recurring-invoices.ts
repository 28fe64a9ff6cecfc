import type { Router } from 'express';
import { answer, bodyFields } from './answer.ts';
import type { Books } from './books.ts';
import { addDays } from './fields.ts';
import { type Listing, listed, query } from './listing.ts';
import { makeDue } from './make-due.ts';
import { dueFrom, laterOf } from './recurring-dates.ts';
import { changedProfile, newProfile } from './recurring-draft.ts';
import { profileAlone, profileInList } from './recurring-view.ts';
import { invalid, notFound, Refusal } from './refusal.ts';
import type { RecurringRow } from './rows.ts';

/**
 * Profiles from which Books makes invoices on its own calendar: https://www.zoho.com/books/api/v3/recurring-invoices/ and
 * https://www.zoho.com/books/help/recurring-invoice/. They stand under the permissions of invoices.
 */
export function recurringRoutes(router: Router, books: Books): void {
  const held = (id: unknown): RecurringRow => {
    const row = books.recurring.get(String(id));
    if (!row) throw notFound('Recurring Invoice');
    return row;
  };
  const keep = (row: RecurringRow, operation: string, action: 'create' | 'update'): void => {
    books.recurring.put(row.recurring_invoice_id, row);
    books.wrote(row.recurring_invoice_id);
    const record = profileAlone(books, row);
    const { recurring_invoice_id: id, reference_number } = row;
    const marker = reference_number || null;
    books.desk.wrote({ operation, object: 'recurring_invoice', id, action, marker, record });
    makeDue(books, books.today());
  };
  const shown = (id: string) => ({ recurring_invoice: profileAlone(books, held(id)) });

  router.get('/recurringinvoices', (request, response) => {
    const status = query(request, 'status') || query(request, 'filter_by').replace(/^Status\./, '');
    const wanted = status.toLowerCase();
    if (!['', 'all', 'active', 'stopped', 'expired'].includes(wanted)) throw invalid('status');
    const own = books
      .listed(books.recurring, (row) => row.recurring_invoice_id)
      .filter((row) => wanted === '' || wanted === 'all' || row.status === wanted);
    const { rows, context } = listed(own, request, listing(books));
    answer(response, {
      recurring_invoices: rows.map((row) => profileInList(books, row)),
      page_context: {
        ...context,
        report_name: 'Recurring Invoices',
        applied_filter: query(request, 'filter_by') || 'Status.All',
      },
    });
  });
  router.post('/recurringinvoices', (request, response) => {
    const row = newProfile(books, bodyFields(request));
    keep(row, 'POST /recurringinvoices', 'create');
    answer(response, shown(row.recurring_invoice_id), 'The recurring invoice has been created.', 201);
  });
  router.get('/recurringinvoices/:id', (request, response) => {
    answer(response, shown(held(request.params.id).recurring_invoice_id));
  });
  router.put('/recurringinvoices/:id', (request, response) => {
    const row = changedProfile(books, held(request.params.id), bodyFields(request));
    keep(row, 'PUT /recurringinvoices/{recurring_invoice_id}', 'update');
    answer(response, shown(row.recurring_invoice_id), 'The recurring invoice has been updated.');
  });
  router.delete('/recurringinvoices/:id', (request, response) => {
    const { recurring_invoice_id: id, reference_number } = held(request.params.id);
    books.recurring.delete(id);
    books.desk.wrote({
      operation: 'DELETE /recurringinvoices/{recurring_invoice_id}',
      object: 'recurring_invoice',
      id,
      action: 'delete',
      marker: reference_number || null,
      record: {},
    });
    answer(response, {}, 'The recurring invoice has been deleted.');
  });

  router.post('/recurringinvoices/:id/status/stop', (request, response) => {
    const row = held(request.params.id);
    if (row.status !== 'active')
      throw new Refusal(400, 4032, 'Only active recurring invoices can be stopped.');
    const stopped: RecurringRow = { ...row, status: 'stopped', modified: books.now() };
    keep(stopped, 'POST /recurringinvoices/{recurring_invoice_id}/status/stop', 'update');
    answer(response, {}, 'The recurring invoice has been stopped.', 201);
  });
  router.post('/recurringinvoices/:id/status/resume', (request, response) => {
    const row = held(request.params.id);
    if (row.status !== 'stopped')
      throw new Refusal(400, 4033, 'Only stopped recurring invoices can be resumed.');
    keep(resumed(books, row), 'POST /recurringinvoices/{recurring_invoice_id}/status/resume', 'update');
    answer(response, {}, 'The recurring invoice has been activated.', 201);
  });
}

/** From its next day on: what would have been made meanwhile is not. */
function resumed(books: Books, row: RecurringRow): RecurringRow {
  const after = row.last_sent_date === '' ? '' : addDays(row.last_sent_date, 1);
  const next_invoice_date = dueFrom(row, laterOf(books.today(), after));
  return { ...row, status: 'active', next_invoice_date, modified: books.now() };
}

function listing(books: Books): Listing<RecurringRow> {
  const customer = (row: RecurringRow): string => books.contacts.get(row.customer_id)?.contact_name ?? '';
  return {
    texts: {
      recurrence_name: (row) => [row.recurrence_name],
      customer_name: (row) => [customer(row)],
      item_name: (row) => row.lines.map(({ name }) => name),
    },
    exact: { customer_id: (row) => row.customer_id },
    days: { start_date: (row) => row.start_date, end_date: (row) => row.end_date },
    search: (row) => [row.recurrence_name, row.reference_number, customer(row)],
    sort: { created_time: (row) => row.created, recurrence_name: (row) => row.recurrence_name },
    defaultSort: { column: 'created_time', order: 'D' },
  };
}
