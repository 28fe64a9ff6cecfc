import type { Books } from './books.ts';
import { currencyOf } from './contact-view.ts';
import { addDays, day, type Fields, mandatory, text, wholeNumber } from './fields.ts';
import { customerOf, sameCurrency } from './invoice-draft.ts';
import { linesOf } from './lines.ts';
import { type Calendar, dueFrom, laterOf } from './recurring-dates.ts';
import { invalid, Refusal } from './refusal.ts';
import { FREQUENCIES, type Frequency, type RecurringRow } from './rows.ts';

/** A profile as the body of a create asks for it, not yet put anywhere. https://www.zoho.com/books/api/v3/recurring-invoices/ */
export function newProfile(books: Books, body: Fields): RecurringRow {
  const start_date = day(body, 'start_date', books.today());
  const calendar = { start_date, ...rhythmOf(body, null) };
  const now = books.now();
  return {
    recurring_invoice_id: books.newId(),
    ...askedOf(books, body, null),
    ...calendar,
    status: 'active',
    next_invoice_date: dueFrom(calendar, books.today()),
    last_sent_date: '',
    created: now,
    modified: now,
  };
}

/**
 * The profile with what a body changes of it: what it made stays as it is. What is left out stays too, save the lines, which
 * are mandatory together with name, customer and frequency.
 */
export function changedProfile(books: Books, before: RecurringRow, body: Fields): RecurringRow {
  const start_date = day(body, 'start_date', before.start_date);
  const calendar = { start_date, ...rhythmOf(body, before) };
  const from = laterOf(books.today(), before.last_sent_date === '' ? '' : addDays(before.last_sent_date, 1));
  return {
    ...before,
    ...askedOf(books, body, before),
    ...calendar,
    next_invoice_date: dueFrom(calendar, from),
    modified: books.now(),
  };
}

type Asked = Pick<
  RecurringRow,
  | 'recurrence_name'
  | 'reference_number'
  | 'customer_id'
  | 'currency_id'
  | 'end_date'
  | 'lines'
  | 'subTotalMinor'
  | 'taxMinor'
  | 'totalMinor'
>;

function askedOf(books: Books, body: Fields, before: RecurringRow | null): Asked {
  const recurrence_name = text(body, 'recurrence_name');
  if (recurrence_name === '') throw new Refusal(400, 4031, 'Please enter a name for this Recurring Invoice');
  const customer = customerOf(books, body);
  sameCurrency(body, customer);
  // “Unique name for the recurring profile”: which code refuses a second one is not documented.
  const isTaken = books.recurring
    .all()
    .some(
      (row) =>
        row.recurring_invoice_id !== before?.recurring_invoice_id && row.recurrence_name === recurrence_name,
    );
  if (isTaken) throw new Refusal(400, 1001, `The recurring profile ${recurrence_name} already exists.`);
  const start = day(body, 'start_date', before?.start_date ?? books.today());
  const asked = 'end_date' in body ? text(body, 'end_date') : (before?.end_date ?? '');
  const end_date = asked === '' ? '' : day({ end_date: asked }, 'end_date', '');
  if (end_date !== '' && end_date < start) throw invalid('end_date');
  return {
    recurrence_name,
    reference_number: text(body, 'reference_number', before?.reference_number ?? ''),
    customer_id: customer.contact_id,
    currency_id: customer.currency_id,
    end_date,
    ...linesOf(books, body, currencyOf(customer)),
  };
}

function rhythmOf(body: Fields, before: RecurringRow | null): Omit<Calendar, 'start_date'> {
  const asked = mandatory(body, 'recurrence_frequency');
  const recurrence_frequency = FREQUENCIES.find((one): one is Frequency => one === asked);
  if (recurrence_frequency === undefined) throw invalid('recurrence_frequency');
  const repeat_every = wholeNumber(body, 'repeat_every', before?.repeat_every ?? 1);
  if (repeat_every < 1) throw invalid('repeat_every');
  return { recurrence_frequency, repeat_every };
}
