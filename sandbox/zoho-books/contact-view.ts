import type { Books } from './books.ts';
import { currencies, currencyById } from './currencies.ts';
import { fromMinor } from './minor-units.ts';
import type { ContactRow, PersonRow } from './rows.ts';

export const primaryOf = (contact: ContactRow): PersonRow | undefined =>
  contact.persons.find((person) => person.is_primary_contact);

export function currencyOf(row: { readonly currency_id: string }) {
  const found = currencyById(row.currency_id) ?? currencies[0];
  if (!found) throw new Error('The books hold no currency.');
  return found;
}

/** What the customer owes, and what the company holds of theirs, in smallest units of their currency. */
export function balancesOf(books: Books, contact: ContactRow): { owed: number; unused: number } {
  const own = <Row extends { readonly customer_id: string }>(row: Row): boolean =>
    row.customer_id === contact.contact_id;
  const owed = books.invoices
    .all()
    .filter((invoice) => own(invoice) && invoice.set === 'sent')
    .reduce((sum, row) => sum + row.totalMinor - row.paidMinor - row.creditsMinor, 0);
  const paidTooMuch = books.payments
    .all()
    .filter(own)
    .reduce(
      (sum, row) =>
        sum + row.amountMinor - row.refundedMinor - row.applied.reduce((all, one) => all + one.minor, 0),
      0,
    );
  const credit = books.creditNotes
    .all()
    .filter(own)
    .reduce((sum, row) => sum + row.balanceMinor, 0);
  return { owed, unused: Math.max(0, paidTooMuch) + credit };
}

/** A contact as lists show it. */
export function contactInList(books: Books, contact: ContactRow) {
  const primary = primaryOf(contact);
  const currency = currencyOf(contact);
  const { owed, unused } = balancesOf(books, contact);
  return {
    contact_id: contact.contact_id,
    contact_name: contact.contact_name,
    company_name: contact.company_name,
    contact_type: contact.contact_type,
    status: contact.status,
    payment_terms: contact.payment_terms,
    payment_terms_label: contact.payment_terms_label,
    currency_id: contact.currency_id,
    currency_code: currency.currency_code,
    outstanding_receivable_amount: fromMinor(owed, currency.price_precision),
    unused_credits_receivable_amount: fromMinor(unused, currency.price_precision),
    first_name: primary?.first_name ?? '',
    last_name: primary?.last_name ?? '',
    email: primary?.email ?? '',
    phone: primary?.phone ?? '',
    mobile: primary?.mobile ?? '',
    created_time: contact.created,
    last_modified_time: contact.modified,
  };
}

/** A contact by itself. */
export function contactAlone(books: Books, contact: ContactRow) {
  const currency = currencyOf(contact);
  const { owed, unused } = balancesOf(books, contact);
  const inBase = (minor: number): number =>
    Number((fromMinor(minor, currency.price_precision) * currency.exchange_rate).toFixed(2));
  return {
    contact_id: contact.contact_id,
    contact_name: contact.contact_name,
    company_name: contact.company_name,
    has_transaction: books.invoices.all().some((invoice) => invoice.customer_id === contact.contact_id),
    contact_type: contact.contact_type,
    customer_sub_type: contact.customer_sub_type,
    is_linked_with_zohocrm: contact.zcrm_contact_id !== '' || contact.zcrm_account_id !== '',
    website: contact.website,
    primary_contact_id: primaryOf(contact)?.contact_person_id ?? '',
    payment_terms: contact.payment_terms,
    payment_terms_label: contact.payment_terms_label,
    currency_id: contact.currency_id,
    currency_code: currency.currency_code,
    currency_symbol: currency.currency_symbol,
    outstanding_receivable_amount: fromMinor(owed, currency.price_precision),
    outstanding_receivable_amount_bcy: inBase(owed),
    unused_credits_receivable_amount: fromMinor(unused, currency.price_precision),
    unused_credits_receivable_amount_bcy: inBase(unused),
    status: contact.status,
    payment_reminder_enabled: true,
    custom_fields: contact.custom_fields,
    billing_address: contact.billing_address,
    shipping_address: contact.shipping_address,
    contact_persons: contact.persons.map(personView),
    notes: contact.notes,
    created_time: contact.created,
    last_modified_time: contact.modified,
  };
}

export function personView(person: PersonRow) {
  return {
    ...person,
    skype: '',
    communication_preference: { is_sms_enabled: false, is_whatsapp_enabled: false },
  };
}
