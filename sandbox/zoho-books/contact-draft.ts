import type { Books } from './books.ts';
import { currencies, heldCurrencies } from './currencies.ts';
import { email, type Fields, isFields, list, mandatory, text, wholeNumber } from './fields.ts';
import { invalid, Refusal } from './refusal.ts';
import type { AddressRow, ContactRow, PersonRow } from './rows.ts';

const EMPTY_ADDRESS: AddressRow = {
  attention: '',
  address: '',
  street2: '',
  city: '',
  state: '',
  zip: '',
  country: '',
  phone: '',
  fax: '',
};

/** A contact as the body of a create asks for it. */
export function newContact(books: Books, body: Fields): ContactRow {
  const now = books.now();
  return changedContact(
    books,
    {
      contact_id: books.newId(),
      contact_name: '',
      company_name: '',
      contact_type: 'customer',
      customer_sub_type: 'business',
      status: 'active',
      currency_id: currencies.find((one) => one.is_base_currency)?.currency_id ?? '',
      payment_terms: 0,
      payment_terms_label: 'Due on Receipt',
      website: '',
      notes: '',
      persons: [],
      billing_address: EMPTY_ADDRESS,
      shipping_address: EMPTY_ADDRESS,
      custom_fields: [],
      zcrm_contact_id: '',
      zcrm_account_id: '',
      created: now,
      modified: now,
    },
    body,
  );
}

/** The contact after the body's changes. Fields that the body leaves out stay as they were. */
export function changedContact(books: Books, before: ContactRow, body: Fields): ContactRow {
  const contact_name =
    before.contact_name === ''
      ? mandatory(body, 'contact_name')
      : text(body, 'contact_name', before.contact_name);
  const namesake = books.contacts
    .all()
    .find(
      (other) =>
        other.contact_id !== before.contact_id &&
        other.contact_name.toLowerCase() === contact_name.toLowerCase(),
    );
  // Books keeps the display name unique over customers and vendors.
  if (namesake)
    throw new Refusal(
      400,
      3062,
      `The contact "${contact_name}" already exists. Please specify a different name.`,
    );

  const currency_id = text(body, 'currency_id', before.currency_id);
  if (!heldCurrencies(books).some((one) => one.currency_id === currency_id)) throw invalid('currency_id');
  if (currency_id !== before.currency_id && hasTransactions(books, before))
    throw new Refusal(400, 3016, 'The currency of a contact with transactions cannot be changed.');

  return {
    ...before,
    contact_name,
    company_name: text(body, 'company_name', before.company_name),
    contact_type: oneOf(body, 'contact_type', ['customer', 'vendor'], before.contact_type),
    customer_sub_type: oneOf(body, 'customer_sub_type', ['business', 'individual'], before.customer_sub_type),
    currency_id,
    payment_terms: wholeNumber(body, 'payment_terms', before.payment_terms),
    payment_terms_label: text(body, 'payment_terms_label', before.payment_terms_label),
    website: text(body, 'website', before.website),
    notes: text(body, 'notes', before.notes),
    persons:
      'contact_persons' in body ? persons(books, before, list(body, 'contact_persons')) : before.persons,
    billing_address: address(body, 'billing_address', before.billing_address),
    shipping_address: address(body, 'shipping_address', before.shipping_address),
    custom_fields: 'custom_fields' in body ? list(body, 'custom_fields') : before.custom_fields,
    zcrm_contact_id: text(body, 'zcrm_contact_id', before.zcrm_contact_id),
    zcrm_account_id: text(body, 'zcrm_account_id', before.zcrm_account_id),
    modified: books.now(),
  };
}

/** One person of a contact after the fields' changes. */
export function changedPerson(before: PersonRow, fields: Fields): PersonRow {
  return {
    ...before,
    salutation: text(fields, 'salutation', before.salutation),
    first_name: text(fields, 'first_name', before.first_name),
    last_name: text(fields, 'last_name', before.last_name),
    email: email(fields, 'email', before.email),
    phone: text(fields, 'phone', before.phone),
    mobile: text(fields, 'mobile', before.mobile),
    designation: text(fields, 'designation', before.designation),
    department: text(fields, 'department', before.department),
  };
}

export function newPerson(books: Books, fields: Fields, isPrimary: boolean): PersonRow {
  const blank: PersonRow = {
    contact_person_id: books.newId(),
    salutation: '',
    first_name: '',
    last_name: '',
    email: '',
    phone: '',
    mobile: '',
    designation: '',
    department: '',
    is_primary_contact: isPrimary,
  };
  return changedPerson(blank, fields);
}

function persons(books: Books, contact: ContactRow, asked: readonly Fields[]): PersonRow[] {
  const named = asked.findIndex((fields) => fields.is_primary_contact === true);
  const primary = named === -1 ? 0 : named;
  return asked.map((fields, index) => {
    const id = text(fields, 'contact_person_id');
    const known = contact.persons.find((person) => person.contact_person_id === id);
    if (id !== '' && !known) throw invalid('contact_person_id');
    return known
      ? { ...changedPerson(known, fields), is_primary_contact: index === primary }
      : newPerson(books, fields, index === primary);
  });
}

function address(body: Fields, name: string, before: AddressRow): AddressRow {
  const fields = body[name];
  if (fields === undefined || fields === null) return before;
  if (!isFields(fields)) throw invalid(name);
  const parts = Object.keys(EMPTY_ADDRESS) as (keyof AddressRow)[];
  return Object.fromEntries(
    parts.map((part) => [part, text(fields, part, before[part])]),
  ) as unknown as AddressRow;
}

function oneOf<Value extends string>(
  body: Fields,
  name: string,
  values: readonly Value[],
  before: Value,
): Value {
  const asked = text(body, name, before);
  const found = values.find((value) => value === asked);
  if (found === undefined) throw invalid(name);
  return found;
}

function hasTransactions(books: Books, contact: ContactRow): boolean {
  const own = (row: { readonly customer_id: string }): boolean => row.customer_id === contact.contact_id;
  return books.invoices.all().some(own) || books.payments.all().some(own);
}
