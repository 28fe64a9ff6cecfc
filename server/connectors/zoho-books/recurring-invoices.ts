import { z } from 'zod';
import type { Rhythm } from '../../core/subscription/subscription.ts';
import { ifGone } from '../../kit/if-gone.ts';
import { type BooksCall, nothing } from './api.ts';
import { lineItems, type NewLine } from './line-items.ts';

/** A profile from which Books makes invoices by itself. https://www.zoho.com/books/api/v3/recurring-invoices/ */
export interface RecurringInvoice {
  readonly id: string;
  readonly name: string;
  /** Empty where Books did not say: its lists do not. */
  readonly reference: string;
  readonly customerId: string;
  /** `active`, `stopped`, `expired`; null where Books did not say. */
  readonly status: string | null;
  /** The day of the invoice that it makes next; null where Books did not say, or where none comes. */
  readonly nextDay: string | null;
}

export interface NewRecurringInvoice {
  /** At most 100 characters, and no other profile's. */
  readonly name: string;
  readonly reference: string;
  readonly customerId: string;
  readonly rhythm: Rhythm;
  /** The day of the first invoice, `2026-11-23`. */
  readonly startDay: string;
  /** The last day on which one is made; null: there is none. */
  readonly endDay: string | null;
  readonly lines: readonly NewLine[];
}

const schema = z
  .object({
    recurring_invoice_id: z.string(),
    recurrence_name: z.string().catch(''),
    reference_number: z.string().nullish(),
    customer_id: z.string().catch(''),
    status: z.string().nullish(),
    next_invoice_date: z.string().nullish(),
  })
  .transform(
    (profile): RecurringInvoice => ({
      id: profile.recurring_invoice_id,
      name: profile.recurrence_name,
      reference: profile.reference_number ?? '',
      customerId: profile.customer_id,
      status: profile.status || null,
      nextDay: profile.next_invoice_date || null,
    }),
  );

const FREQUENCIES = { day: 'days', week: 'weeks', month: 'months', year: 'years' } as const;

const asJson = ({ name, reference, customerId, rhythm, endDay, lines }: NewRecurringInvoice) => ({
  recurrence_name: name,
  reference_number: reference,
  customer_id: customerId,
  recurrence_frequency: FREQUENCIES[rhythm.unit],
  repeat_every: rhythm.every,
  end_date: endDay ?? '',
  ...lineItems(lines),
});

export function recurringInvoiceCalls(call: BooksCall) {
  const root = 'recurring_invoice';
  const pathOf = (id: string) => `/recurringinvoices/${encodeURIComponent(id)}`;
  const post = (path: string) => call({ method: 'POST', path }, 'message', nothing);
  return {
    /** Profiles whose name has this in it: their list cannot be asked for a reference. */
    recurringInvoicesNamed(part: string): Promise<RecurringInvoice[]> {
      const query = { recurrence_name_contains: part };
      return call({ path: '/recurringinvoices', query }, 'recurring_invoices', z.array(schema));
    },

    /** Null where it is no longer there. */
    recurringInvoice(id: string): Promise<RecurringInvoice | null> {
      return ifGone((): Promise<RecurringInvoice> => call({ path: pathOf(id) }, root, schema), null);
    },

    /** A repeat is refused where the name is taken, or makes a second one: look by name before. */
    createRecurringInvoice(profile: NewRecurringInvoice): Promise<RecurringInvoice> {
      const { end_date: ends, ...given } = asJson(profile);
      const json = { ...given, start_date: profile.startDay, ...(ends === '' ? {} : { end_date: ends }) };
      return call({ method: 'POST', path: '/recurringinvoices', json }, root, schema);
    },

    /** Changes what it will make; what it made stays as it is. @param begins whether its calendar begins anew. */
    async changeRecurringInvoice(
      id: string,
      profile: NewRecurringInvoice,
      begins: boolean,
    ): Promise<RecurringInvoice> {
      const json = { ...asJson(profile), ...(begins ? { start_date: profile.startDay } : {}) };
      return call({ method: 'PUT', path: pathOf(id), json }, root, schema);
    },

    /** Makes no invoice until it is resumed. */
    async stopRecurringInvoice(id: string): Promise<void> {
      await post(`${pathOf(id)}/status/stop`);
    },

    async resumeRecurringInvoice(id: string): Promise<void> {
      await post(`${pathOf(id)}/status/resume`);
    },
  };
}
