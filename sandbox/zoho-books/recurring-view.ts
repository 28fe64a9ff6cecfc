import type { Books } from './books.ts';
import { currencyOf } from './contact-view.ts';
import { fromMinor } from './minor-units.ts';
import type { RecurringRow } from './rows.ts';

/** What a list shows of a profile: neither its reference nor how it stands. */
export function profileInList(books: Books, row: RecurringRow) {
  return {
    recurring_invoice_id: row.recurring_invoice_id,
    recurrence_name: row.recurrence_name,
    customer_name: books.contacts.get(row.customer_id)?.contact_name ?? '',
    customer_id: row.customer_id,
    currency_id: row.currency_id,
    currency_code: currencyOf(row).currency_code,
    start_date: row.start_date,
    end_date: row.end_date,
    last_sent_date: row.last_sent_date,
    next_invoice_date: row.next_invoice_date,
    custom_fields: [],
  };
}

export function profileAlone(books: Books, row: RecurringRow) {
  const { price_precision } = currencyOf(row);
  const { custom_fields: _none, ...common } = profileInList(books, row);
  return {
    ...common,
    reference_number: row.reference_number,
    status: row.status,
    line_items: row.lines.map(({ line_item_id, name, quantity, tax_id, totalMinor }) => ({
      ...{ line_item_id, name, quantity, tax_id },
      item_total: fromMinor(totalMinor, price_precision),
    })),
  };
}
