import { currencyOf } from '../zoho-books/contact-view.ts';
import { day, type Fields, list, text } from '../zoho-books/fields.ts';
import { adjusted, customerOf } from '../zoho-books/invoice-draft.ts';
import { linesOf } from '../zoho-books/lines.ts';
import { Refusal } from '../zoho-books/refusal.ts';
import type { Inventory } from './inventory.ts';
import { atKnownPlace } from './place.ts';
import type { SalesOrderRow } from './rows.ts';

/** What a body says of an order, new or changed. */
function saidBy({ books }: Inventory, body: Fields, today: string) {
  atKnownPlace(body);
  for (const line of list(body, 'line_items')) atKnownPlace(line);
  const customer = customerOf(books, body);
  const currency = currencyOf(customer);
  const date = day(body, 'date', today);
  return {
    customer_id: customer.contact_id,
    currency_id: currency.currency_id,
    exchange_rate: Number(body.exchange_rate ?? currency.exchange_rate) || currency.exchange_rate,
    date,
    shipment_date: text(body, 'shipment_date') === '' ? '' : day(body, 'shipment_date', date),
    reference_number: text(body, 'reference_number'),
    ...adjusted(linesOf(books, body, currency), body, currency),
    notes: text(body, 'notes'),
    terms: text(body, 'terms'),
  };
}

/** A sales order as the body of a create asks for it: a draft, not yet put anywhere. */
export function newOrder(inventory: Inventory, body: Fields, ownNumber: boolean): SalesOrderRow {
  const { books, stock } = inventory;
  const said = saidBy(inventory, body, books.today());
  const now = books.now();
  return {
    salesorder_id: books.newId(),
    ...said,
    set: 'draft',
    created: now,
    modified: now,
    // Last, so that a refused order leaves no gap in the numbers.
    salesorder_number: numberFor(text(body, 'salesorder_number')),
  };

  function numberFor(asked: string): string {
    const isTaken = (number: string): boolean =>
      stock.salesOrders.all().some((one) => one.salesorder_number === number);
    if (asked !== '' && !ownNumber)
      throw new Refusal(
        400,
        4097,
        'Sales order numbers are generated. To choose one, pass ignore_auto_number_generation=true.',
      );
    if (asked === '' && ownNumber) throw new Refusal(400, 4, 'Invalid value passed for salesorder_number');
    if (asked !== '') {
      if (isTaken(asked)) throw new Refusal(400, 36_004, 'This sales order number already exists.');
      return asked;
    }
    for (let next = stock.salesOrders.size + 1; ; next += 1) {
      const number = `SO-${String(next).padStart(5, '0')}`;
      if (!isTaken(number)) return number;
    }
  }
}

/** An order after an edit: all of its lines are given anew, and it keeps its state. */
export function changedOrder(inventory: Inventory, before: SalesOrderRow, body: Fields): SalesOrderRow {
  return {
    ...before,
    ...saidBy(inventory, body, before.date),
    salesorder_number: before.salesorder_number,
    modified: inventory.books.now(),
  };
}
