import { accounts } from './accounts.ts';
import { addressBook, addressBookDifferences, notInAddressBook } from './address-book.ts';
import { contacts } from './contacts.ts';
import { leads } from './leads.ts';
import type { CompanyContact } from './types.ts';

/** A person as an address book has them, whichever vendor keeps it; empty parts are left out. */
export interface BookPerson {
  readonly firstName: string | null;
  readonly lastName: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly mobile?: string | null;
  readonly company: string | null;
  readonly job?: string | null;
  readonly note?: string;
  readonly birthday?: string;
}

/**
 * The first account's: most of the CRM's contacts as they are there, a few that differ in one field, and people whom
 * only it knows.
 */
export const firstAddressBook = (): readonly BookPerson[] => [
  ...contacts.filter(({ key }) => !notInAddressBook.includes(key)).map(asInAddressBook),
  ...leads,
  ...addressBook,
];

/** That of a sales rep, who knows the leads alone. */
export const repsAddressBook = (): readonly BookPerson[] => leads;

function asInAddressBook(contact: CompanyContact): BookPerson {
  const { key: _, ...differences } = addressBookDifferences.find(({ key }) => key === contact.key) ?? {
    key: '',
  };
  const account = accounts.find(({ key }) => key === contact.account);
  return { ...contact, company: account?.name ?? null, ...differences };
}
