import {
  type BookPerson,
  type CrowdMember,
  crowdMember,
  crowdWish,
  firstAddressBook,
  repsAddressBook,
} from '../company/index.ts';
import type { VendorDesk } from '../core/simulator.ts';
import { asEachAccount } from '../google-accounts/account.ts';
import { stockContacts } from './book.ts';
import { seedGroups } from './groups.ts';
import { startEpoch } from './list-tokens.ts';
import { normalisedPerson } from './normalise.ts';
import { type Entry, type PersonData, peopleTables } from './rows.ts';

/** Each account's address book: the first one's, and a sales rep's with people whom only she knows. */
export function seedAccounts(desk: VendorDesk): void {
  asEachAccount(desk, (own) => (own === desk ? seed(own) : seedRep(own)));
}

/** Also where a sandbox was begun before there were several accounts. */
export function seedRep(desk: VendorDesk): void {
  startEpoch(desk);
  seedGroups(desk);
  stockContacts(desk, repsAddressBook().map(personOf));
}

export function seed(desk: VendorDesk): void {
  startEpoch(desk);
  seedGroups(desk);
  stockContacts(desk, firstAddressBook().map(personOf));
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

export function personOf(draft: BookPerson | CrowdMember): PersonData {
  const { firstName, lastName, email, phone, mobile, company, job, note, birthday }: BookPerson = draft;
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
