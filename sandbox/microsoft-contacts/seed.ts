import {
  accounts,
  addressBook,
  addressBookDifferences,
  type CompanyContact,
  type CrowdMember,
  contacts,
  crowdMember,
  crowdWish,
  leads,
  notInAddressBook,
} from '../company/index.ts';
import type { VendorDesk } from '../core/simulator.ts';
import { asEachAccount } from '../microsoft-accounts/account.ts';
import { stockContacts } from './book.ts';
import { endLinks } from './delta.ts';
import { contactsTables } from './rows.ts';
import type { ContactData } from './shapes.ts';

/** A person in the words of the company's data; empty parts are left out. */
interface Draft {
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

/** Each account's contacts: the first one's, and those of the others, who know the leads alone. */
export function seedAccounts(desk: VendorDesk): void {
  asEachAccount(desk, (own) => {
    endLinks(own);
    contactsTables(own).folders.put(FAMILY.id, FAMILY);
    const known = contacts.filter(({ key }) => !notInAddressBook.includes(key)).map(asInAddressBook);
    stockContacts(own, (own === desk ? [...known, ...leads, ...addressBook] : leads).map(contactOf));
  });
}

/** Somewhere to put a contact where nobody follows it. */
export const FAMILY = { id: 'AAMkADvFamille=', name: 'Famille' };

/** Beside the contacts that an account has: `contact-00001@clients.example` and so on. */
export function seedMore(desk: VendorDesk, wish: Readonly<Record<string, unknown>>): object {
  const { account: _whose, ...crowdOnly } = wish;
  const { contacts: count, companies, replace } = crowdWish(crowdOnly);
  const { contacts: table } = contactsTables(desk);
  if (replace) {
    for (const { id } of table.all()) table.delete(id);
    endLinks(desk);
  }
  const crowd = Array.from({ length: count }, (_, index) => contactOf(crowdMember(index + 1, companies)));
  stockContacts(desk, crowd);
  return { contacts: count };
}

function asInAddressBook(contact: CompanyContact): Draft {
  const { key: _, ...differences } = addressBookDifferences.find(({ key }) => key === contact.key) ?? {
    key: '',
  };
  const account = accounts.find(({ key }) => key === contact.account);
  return { ...contact, company: account?.name ?? null, ...differences };
}

function contactOf(draft: Draft | CrowdMember): ContactData {
  const { firstName, lastName, email, phone, mobile, company, job, note, birthday }: Draft = draft;
  const name = [firstName, lastName].filter(Boolean).join(' ');
  return {
    givenName: firstName,
    surname: lastName,
    emailAddresses: email ? [{ name, address: email }] : [],
    businessPhones: phone ? [phone] : [],
    mobilePhone: mobile ?? null,
    companyName: company,
    jobTitle: job ?? null,
    personalNotes: note ?? null,
    birthday: birthday ? `${birthday}T11:59:00Z` : null,
  };
}
