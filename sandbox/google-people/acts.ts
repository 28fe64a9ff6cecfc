import type { VendorDesk } from '../core/simulator.ts';
import { GoogleRefusal } from '../google/refusal.ts';
import { type LivingContact, livingContact, putContact } from './book.ts';
import { normalised, normalisedPerson } from './normalise.ts';
import { checkLists, type Lists, readPerson } from './read-person.ts';
import { type Entry, type PersonData, peopleTables } from './rows.ts';
import type { PersonField } from './shapes.ts';

/**
 * What the account's owner does in the contacts app; the ledger, which counts what came through the API, says
 * nothing of it. `{"act": "create", "person": {…}}`, `{"act": "edit", "contact": "a@b.example", "person": {…}}`
 * (lists that are named are replaced), `{"act": "delete", "contact": "people/c4800"}`.
 *
 * @throws Error with a sentence for an act, a contact or a person that there is not.
 */
export function act(desk: VendorDesk, wish: Readonly<Record<string, unknown>>): object {
  const { act: name, contact, person } = wish;
  switch (name) {
    case 'create':
      return shown(putContact(desk, null, normalisedPerson(listsIn(person))).id);
    case 'edit':
      return shown(edit(desk, contactAt(desk, contact), listsIn(person)));
    case 'delete':
      return shown(putContact(desk, contactAt(desk, contact), null).id);
    default:
      throw new Error('Google Contacts knows the acts "create", "edit" and "delete".');
  }
}

const shown = (id: string): object => ({ resourceName: `people/${id}` });

function edit(desk: VendorDesk, contact: LivingContact, lists: Lists): string {
  const replaced = Object.entries(lists).map(
    ([field, entries]) => [field, normalised(field as PersonField, entries)] as const,
  );
  const merged: Readonly<Record<string, readonly Entry[]>> = {
    ...contact.person,
    ...Object.fromEntries(replaced),
  };
  const person: PersonData = Object.fromEntries(
    Object.entries(merged).filter(([, entries]) => entries.length > 0),
  );
  return putContact(desk, contact, person).id;
}

function listsIn(person: unknown): Lists {
  try {
    const { lists } = readPerson(person ?? {}, 'person');
    checkLists(lists);
    return lists;
  } catch (error) {
    throw error instanceof GoogleRefusal ? new Error(error.message) : error;
  }
}

/** By resource name, or by any of its e-mail addresses. */
function contactAt(desk: VendorDesk, wanted: unknown): LivingContact {
  const name = typeof wanted === 'string' ? wanted : '';
  const byMail = peopleTables(desk)
    .contacts.all()
    .find(({ person }) => person?.emailAddresses?.some(({ value }) => value === name));
  const contact = livingContact(desk, byMail?.id ?? name.replace(/^people\//, ''));
  if (!contact) throw new Error(`Google Contacts has nobody called "${name}".`);
  return contact;
}
