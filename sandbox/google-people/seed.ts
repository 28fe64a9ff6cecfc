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
import { asEachAccount } from '../google-accounts/account.ts';
import { stockContacts } from './book.ts';
import { seedGroups } from './groups.ts';
import { startEpoch } from './list-tokens.ts';
import { normalisedPerson } from './normalise.ts';
import { type Entry, type PersonData, peopleTables } from './rows.ts';

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

/** Each account's address book: the first one's, and a sales rep's with people whom only she knows. */
export function seedAccounts(desk: VendorDesk): void {
  asEachAccount(desk, (own) => (own === desk ? seed(own) : seedRep(own)));
}

/** Also where a sandbox was begun before there were several accounts. */
export function seedRep(desk: VendorDesk): void {
  startEpoch(desk);
  seedGroups(desk);
  stockContacts(desk, leads.map(personOf));
}

/**
 * The address book of the first account: most of the CRM's contacts as they are there, a few that differ in one
 * field, and people whom only it knows.
 */
export function seed(desk: VendorDesk): void {
  startEpoch(desk);
  seedGroups(desk);
  const known = contacts.filter(({ key }) => !notInAddressBook.includes(key)).map(asInAddressBook);
  const drafts: readonly Draft[] = [...known, ...leads, ...addressBook];
  stockContacts(desk, drafts.map(personOf));
}

/** Beside the contacts that an account has: `contact-00001@clients.example` and so on. */
export function seedMore(desk: VendorDesk, wish: Readonly<Record<string, unknown>>): object {
  const { account: _whose, ...crowdOnly } = wish;
  const { contacts: count, companies, replace } = crowdWish(crowdOnly);
  const { contacts: table } = peopleTables(desk);
  if (replace) {
    for (const { id } of table.all()) table.delete(id);
    startEpoch(desk);
  }
  const crowd = Array.from({ length: count }, (_, index) => crowdPerson(crowdMember(index + 1, companies)));
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

const PRIMARY = { metadata: { sourcePrimary: true } };
const MY_CONTACTS = {
  contactGroupMembership: {
    contactGroupId: 'myContacts',
    contactGroupResourceName: 'contactGroups/myContacts',
  },
};

/** What `personOf` makes of a plain member, without the work of finding that nothing has to be normalised. */
export function crowdPerson({ firstName, lastName, email, phone, company }: CrowdMember): PersonData {
  const displayName = `${firstName} ${lastName}`;
  const name = { givenName: firstName, familyName: lastName, displayName };
  const computed = { displayNameLastFirst: `${lastName}, ${firstName}`, unstructuredName: displayName };
  return {
    names: [{ ...name, ...computed, ...PRIMARY }],
    emailAddresses: [{ value: email, type: 'work', ...PRIMARY }],
    phoneNumbers: [{ value: phone, type: 'work', canonicalForm: phone, ...PRIMARY }],
    ...(company === null ? {} : { organizations: [{ name: company, type: 'work', ...PRIMARY }] }),
    memberships: [{ ...MY_CONTACTS, ...PRIMARY }],
  };
}

export function personOf(draft: Draft | CrowdMember): PersonData {
  const { firstName, lastName, email, phone, mobile, company, job, note, birthday }: Draft = draft;
  const [year, month, day] = (birthday ?? '').split('-').map(Number);
  return normalisedPerson({
    names: [{ givenName: firstName, familyName: lastName }],
    emailAddresses: some(email, (value) => ({ value, type: 'work' })),
    phoneNumbers: [
      ...some(phone, (value) => ({ value, type: 'work' })),
      ...some(mobile, (value) => ({ value, type: 'mobile' })),
    ],
    organizations: company || job ? [{ name: company, title: job ?? null, type: 'work' }] : [],
    biographies: some(note, (value) => ({ value })),
    birthdays: birthday ? [{ date: { year, month, day } }] : [],
    memberships: [{ contactGroupMembership: { contactGroupResourceName: 'contactGroups/myContacts' } }],
  });
}

const some = (value: string | null | undefined, entry: (value: string) => Entry): Entry[] =>
  value ? [entry(value)] : [];
