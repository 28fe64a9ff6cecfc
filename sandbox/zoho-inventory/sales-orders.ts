import type { Router } from 'express';
import { answer, bodyFields } from '../zoho-books/answer.ts';
import { currencyOf } from '../zoho-books/contact-view.ts';
import { type Listing, listed, query } from '../zoho-books/listing.ts';
import { fromMinor } from '../zoho-books/minor-units.ts';
import { notFound, Refusal } from '../zoho-books/refusal.ts';
import type { Inventory } from './inventory.ts';
import { changedOrder, newOrder } from './order-draft.ts';
import { invoicesOf, orderAlone, orderInList } from './order-view.ts';
import type { SalesOrderRow } from './rows.ts';

/** https://www.zoho.com/inventory/api/v1/salesorders/ */
export function salesOrderRoutes(router: Router, inventory: Inventory): void {
  const { books, desk, stock } = inventory;
  const held = (id: unknown): SalesOrderRow => {
    const row = stock.salesOrders.get(String(id));
    if (!row) throw notFound('Sales order');
    return row;
  };
  const keep = (row: SalesOrderRow, operation: string, action: 'create' | 'update'): SalesOrderRow => {
    stock.salesOrders.put(row.salesorder_id, row);
    inventory.wrote(row.salesorder_id);
    desk.wrote({
      operation,
      object: 'salesorder',
      id: row.salesorder_id,
      action,
      marker: row.reference_number || null,
      record: orderAlone(books, row),
    });
    return row;
  };
  const isInvoiced = (row: SalesOrderRow): boolean =>
    invoicesOf(books, row).some(({ set }) => set !== 'void');

  router.get('/salesorders', (request, response) => {
    const all = inventory.listed(stock.salesOrders, (row) => row.salesorder_id);
    const { rows, context } = listed(all, request, listing(inventory));
    const salesorders = rows.map((row) => orderInList(books, row));
    answer(response, { salesorders, page_context: { ...context, report_name: 'Sales Orders' } });
  });
  router.post('/salesorders', (request, response) => {
    const ownNumber = query(request, 'ignore_auto_number_generation') === 'true';
    const row = keep(newOrder(inventory, bodyFields(request), ownNumber), 'POST /salesorders', 'create');
    const { invoices: _invoices, packages: _packages, ...salesorder } = orderAlone(books, row);
    answer(response, { salesorder }, 'Sales Order has been created.', 201);
  });
  router.get('/salesorders/:id', (request, response) => {
    answer(response, { salesorder: orderAlone(books, held(request.params.id)) });
  });
  router.put('/salesorders/:id', (request, response) => {
    const before = held(request.params.id);
    if (before.set === 'void') throw new Refusal(400, 36_020, 'A void sales order cannot be edited.');
    if (isInvoiced(before))
      throw new Refusal(400, 36_021, 'Line items of an invoiced sales order cannot be edited.');
    const row = keep(changedOrder(inventory, before, bodyFields(request)), 'PUT /salesorders/{id}', 'update');
    answer(response, { salesorder: orderAlone(books, row) }, 'Sales Order has been updated.');
  });
  router.delete('/salesorders/:id', (request, response) => {
    const row = held(request.params.id);
    if (isInvoiced(row)) throw new Refusal(400, 36_022, 'An invoiced sales order cannot be deleted.');
    stock.salesOrders.delete(row.salesorder_id);
    answer(response, {}, 'The sales order has been deleted.');
  });
  for (const set of ['confirmed', 'void'] as const)
    router.post(`/salesorders/:id/status/${set}`, (request, response) => {
      const row = held(request.params.id);
      if (set === 'confirmed' && row.set === 'void')
        throw new Refusal(400, 36_023, 'A void sales order cannot be confirmed.');
      if (set === 'void' && isInvoiced(row))
        throw new Refusal(400, 36_024, 'A sales order that was invoiced cannot be marked as void.');
      const operation = `POST /salesorders/{id}/status/${set}`;
      keep({ ...row, set, modified: books.now() }, operation, 'update');
      answer(response, {}, `The status of the sales order has been changed to ${set}.`);
    });
}

function listing({ books }: Inventory): Listing<SalesOrderRow> {
  const customerOf = (row: SalesOrderRow): string => books.contacts.get(row.customer_id)?.contact_name ?? '';
  return {
    texts: {
      salesorder_number: (row) => [row.salesorder_number],
      reference_number: (row) => [row.reference_number],
      customer_name: (row) => [customerOf(row)],
    },
    exact: { customer_id: (row) => row.customer_id, date: (row) => row.date },
    search: (row) => [row.salesorder_number, row.reference_number, customerOf(row)],
    sort: {
      created_time: (row) => row.created,
      last_modified_time: (row) => row.modified,
      date: (row) => row.date,
      salesorder_number: (row) => row.salesorder_number,
      total: (row) => fromMinor(row.totalMinor, currencyOf(row).price_precision),
    },
    defaultSort: { column: 'created_time', order: 'D' },
  };
}
