import type { Books } from './books.ts';
import { currencyOf } from './contact-view.ts';
import { addDays } from './fields.ts';
import { nextNumber } from './invoice-draft.ts';
import { dueFrom } from './recurring-dates.ts';
import type { InvoiceRow, RecurringRow } from './rows.ts';

/** How an organisation has its recurring invoices made, under Settings, Recurring Invoices. */
export type Preference = 'draft' | 'sent';

/** Makes the invoices that profiles owe through a day, `2026-12-23`, each once. */
export function makeDue(books: Books, through: string): InvoiceRow[] {
  return books.recurring.all().flatMap((row) => dueOf(books, row, through));
}

function dueOf(books: Books, profile: RecurringRow, through: string): InvoiceRow[] {
  const made: InvoiceRow[] = [];
  let row = profile;
  while (row.status === 'active' && row.next_invoice_date !== '') {
    if (row.end_date !== '' && row.next_invoice_date > row.end_date) {
      row = { ...row, status: 'expired', next_invoice_date: '' };
      break;
    }
    if (row.next_invoice_date > through) break;
    const invoice = childOf(books, row);
    books.invoices.put(invoice.invoice_id, invoice);
    books.wrote(invoice.invoice_id);
    made.push(invoice);
    const next_invoice_date = dueFrom(row, addDays(row.next_invoice_date, 1));
    row = { ...row, last_sent_date: row.next_invoice_date, next_invoice_date };
  }
  if (row !== profile) books.recurring.put(row.recurring_invoice_id, row);
  return made;
}

/** The invoice of the day that a profile has come to: with its lines as they stand now. */
function childOf(books: Books, profile: RecurringRow): InvoiceRow {
  const date = profile.next_invoice_date;
  const now = books.now();
  const { lines, subTotalMinor, taxMinor, totalMinor } = profile;
  return {
    invoice_id: books.newId(),
    recurring_invoice_id: profile.recurring_invoice_id,
    customer_id: profile.customer_id,
    currency_id: profile.currency_id,
    exchange_rate: currencyOf(profile).exchange_rate,
    set: books.recurringPreference(),
    date,
    due_date: addDays(date, Math.max(0, books.contacts.get(profile.customer_id)?.payment_terms ?? 0)),
    reference_number: profile.reference_number,
    lines: lines.map((line) => ({ ...line, line_item_id: books.newId() })),
    ...{ subTotalMinor, taxMinor, totalMinor },
    paidMinor: 0,
    creditsMinor: 0,
    last_payment_date: '',
    notes: '',
    terms: '',
    custom_fields: [],
    is_emailed: books.recurringPreference() === 'sent',
    created: now,
    modified: now,
    invoice_number: nextNumber(books),
  };
}
