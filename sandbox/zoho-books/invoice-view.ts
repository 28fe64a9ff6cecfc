import type { Books } from './books.ts';
import { currencyOf, primaryOf } from './contact-view.ts';
import { lineView, taxesOf } from './lines.ts';
import { fromMinor } from './minor-units.ts';
import type { AddressRow, InvoiceRow } from './rows.ts';

export const balanceOf = (invoice: InvoiceRow): number =>
  invoice.totalMinor - invoice.paidMinor - invoice.creditsMinor;

export type InvoiceStatus = 'draft' | 'sent' | 'overdue' | 'partially_paid' | 'paid' | 'void';

/** The status that people see: what was set by hand, then what the amounts and the day make of it. */
export function statusOf(invoice: InvoiceRow, today: string): InvoiceStatus {
  if (invoice.set !== 'sent') return invoice.set;
  if (balanceOf(invoice) === 0) return 'paid';
  if (invoice.due_date < today) return 'overdue';
  return invoice.paidMinor + invoice.creditsMinor > 0 ? 'partially_paid' : 'sent';
}

/** What lists and single answers share. */
function common(books: Books, invoice: InvoiceRow) {
  const currency = currencyOf(invoice);
  const amount = (minor: number): number => fromMinor(minor, currency.price_precision);
  return {
    invoice_id: invoice.invoice_id,
    ...(invoice.recurring_invoice_id ? { recurring_invoice_id: invoice.recurring_invoice_id } : {}),
    ach_payment_initiated: false,
    customer_name: books.contacts.get(invoice.customer_id)?.contact_name ?? '',
    customer_id: invoice.customer_id,
    status: statusOf(invoice, books.today()),
    invoice_number: invoice.invoice_number,
    reference_number: invoice.reference_number,
    date: invoice.date,
    due_date: invoice.due_date,
    currency_id: invoice.currency_id,
    currency_code: currency.currency_code,
    is_viewed_by_client: false,
    has_attachment: false,
    client_viewed_time: '',
    total: amount(invoice.totalMinor),
    balance: amount(balanceOf(invoice)),
    created_time: invoice.created,
    last_modified_time: invoice.modified,
    is_emailed: invoice.is_emailed,
    reminders_sent: 0,
    last_reminder_sent_date: '',
    payment_expected_date: '',
    last_payment_date: invoice.last_payment_date,
    custom_fields: invoice.custom_fields,
    salesperson_id: '',
    salesperson_name: '',
    shipping_charge: 0,
    adjustment: amount(invoice.adjustmentMinor ?? 0),
    write_off_amount: 0,
    exchange_rate: invoice.exchange_rate,
  };
}

export function invoiceInList(books: Books, invoice: InvoiceRow) {
  return { ...common(books, invoice), due_days: dueDays(invoice, books.today()) };
}

export function invoiceAlone(books: Books, invoice: InvoiceRow) {
  const currency = currencyOf(invoice);
  const amount = (minor: number): number => fromMinor(minor, currency.price_precision);
  const customer = books.contacts.get(invoice.customer_id);
  const primary = customer && primaryOf(customer);
  return {
    ...common(books, invoice),
    payment_terms: customer?.payment_terms ?? 0,
    payment_terms_label: customer?.payment_terms_label ?? '',
    contact_persons_associated: primary
      ? [
          {
            contact_person_id: primary.contact_person_id,
            contact_person_name: [primary.first_name, primary.last_name].filter(Boolean).join(' '),
            first_name: primary.first_name,
            last_name: primary.last_name,
            contact_person_email: primary.email,
            phone: primary.phone,
            mobile: primary.mobile,
          },
        ]
      : [],
    discount: 0,
    is_discount_before_tax: true,
    discount_type: 'item_level',
    ...(invoice.adjustment ? { adjustment_description: invoice.adjustment } : {}),
    is_inclusive_tax:
      invoice.totalMinor - (invoice.adjustmentMinor ?? 0) === invoice.subTotalMinor && invoice.taxMinor > 0,
    line_items: invoice.lines.map((line, index) => lineView(line, index, amount)),
    sub_total: amount(invoice.subTotalMinor),
    tax_total: amount(invoice.taxMinor),
    taxes: taxesOf(invoice.lines, amount),
    payment_made: amount(invoice.paidMinor),
    credits_applied: amount(invoice.creditsMinor),
    tax_amount_withheld: 0,
    allow_partial_payments: true,
    price_precision: currency.price_precision,
    billing_address: customer && placeOf(customer.billing_address),
    shipping_address: customer && placeOf(customer.shipping_address),
    notes: invoice.notes,
    terms: invoice.terms,
    can_send_in_mail: true,
    invoice_url: '',
  };
}

function placeOf({ address, street2, city, state, zip, country, fax }: AddressRow) {
  return { address, street2, city, state, zip, country, fax };
}

function dueDays(invoice: InvoiceRow, today: string): string {
  if (statusOf(invoice, today) !== 'overdue') return '';
  const days = Math.round((Date.parse(today) - Date.parse(invoice.due_date)) / 86_400_000);
  return `Overdue by ${days} days`;
}
