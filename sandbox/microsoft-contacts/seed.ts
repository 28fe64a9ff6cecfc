import {
  type BookPerson,
  type CrowdMember,
  crowdMember,
  crowdWish,
  firstAddressBook,
  repsAddressBook,
} from '../company/index.ts';
import type { VendorDesk } from '../core/simulator.ts';
import { endLinks } from '../microsoft/list-places.ts';
import { asEachAccount } from '../microsoft-accounts/account.ts';
import { stockContacts } from './book.ts';
import { contactsTables } from './rows.ts';
import type { ContactData } from './shapes.ts';

/** Each account's contacts: the first one's, and those of the others, who know the leads alone. */
export function seedAccounts(desk: VendorDesk): void {
  asEachAccount(desk, (own) => {
    endLinks(own);
    contactsTables(own).folders.put(FAMILY.id, FAMILY);
    stockContacts(own, (own === desk ? firstAddressBook() : repsAddressBook()).map(contactOf));
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

function contactOf(draft: BookPerson | CrowdMember): ContactData {
  const { firstName, lastName, email, phone, mobile, company, job, note, birthday }: BookPerson = draft;
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
