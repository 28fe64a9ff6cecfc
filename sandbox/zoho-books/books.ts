import { company } from '../company/index.ts';
import type { Table, VendorDesk } from '../core/simulator.ts';
import { type StockTables, stockBeside } from '../zoho-inventory/rows.ts';
import { type LateLists, lateLists } from './late-lists.ts';
import type { Preference } from './make-due.ts';
import type {
  CommentRow,
  ContactRow,
  CreditNoteRow,
  ExpenseRow,
  InvoiceRow,
  PaymentRow,
  RecurringRow,
  RefundRow,
  TransferRow,
} from './rows.ts';

/** The organisation's books: its tables, and the numbers and moments that it gives out. */
export interface Books extends LateLists {
  readonly desk: VendorDesk;
  readonly contacts: Table<ContactRow>;
  readonly invoices: Table<InvoiceRow>;
  readonly comments: Table<CommentRow>;
  readonly payments: Table<PaymentRow>;
  readonly refunds: Table<RefundRow>;
  readonly creditNotes: Table<CreditNoteRow>;
  readonly recurring: Table<RecurringRow>;
  readonly expenses: Table<ExpenseRow>;
  readonly transfers: Table<TransferRow>;
  /** Currencies that somebody added. */
  readonly added: Table<{ readonly code: string }>;
  /** What Zoho Inventory keeps for the same organisation; null where there is none. */
  readonly stock: StockTables | null;
  /** What becomes of an invoice that a profile makes: drafts, unless the organisation chose otherwise. */
  recurringPreference(): Preference;
  newId(): string;
  /** The next of a series that has no gap: invoices, payments, credit notes. */
  nextNumber(series: 'invoice' | 'payment'): number;
  /** `2026-11-23` in the organisation's time zone. */
  today(): string;
  /** `2026-11-23T23:30:00+0100`. */
  now(): string;
}

export function booksAt(desk: VendorDesk): Books {
  const preferences = desk.table<{ set: Preference }>('preferences');
  const series = desk.table<{ last: number }>('series');
  return {
    desk,
    contacts: desk.table('contacts'),
    invoices: desk.table('invoices'),
    comments: desk.table('comments'),
    payments: desk.table('payments'),
    refunds: desk.table('refunds'),
    creditNotes: desk.table('creditNotes'),
    recurring: desk.table('recurringInvoices'),
    expenses: desk.table('expenses'),
    transfers: desk.table('transfers'),
    added: desk.table('addedCurrencies'),
    stock: stockBeside(desk),
    recurringPreference: () => preferences.get('recurring')?.set ?? 'draft',
    newId: () => desk.digits('487600000', 8),
    ...lateLists(desk),
    nextNumber(name) {
      const last = (series.get(name)?.last ?? 0) + 1;
      series.put(name, { last });
      return last;
    },
    today: () => localMoment(desk.clock()).slice(0, 10),
    now: () => localMoment(desk.clock()),
  };
}

const local = new Intl.DateTimeFormat('sv-SE', {
  timeZone: company.timeZone,
  dateStyle: 'short',
  timeStyle: 'medium',
});

/** A moment on the organisation's clock, with the offset that its time zone has then. */
function localMoment(moment: Date): string {
  const wall = local.format(moment).replace(' ', 'T');
  const minutes = Math.round((Date.parse(`${wall}Z`) - moment.getTime()) / 60_000);
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  const offset = `${minutes < 0 ? '-' : '+'}${two(Math.abs(minutes) / 60)}${two(Math.abs(minutes) % 60)}`;
  return `${wall}${offset}`;
}
