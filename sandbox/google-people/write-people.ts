import { GoogleRefusal } from '../google/refusal.ts';
import { type LivingContact, livingContact, putContact } from './book.ts';
import { EVERYTHING, type ReadMask, readMask, updateMask } from './masks.ts';
import { normalised, normalisedPerson } from './normalise.ts';
import type { Call, Operation } from './operation.ts';
import { checkLists, type GivenPerson, readPerson } from './read-person.ts';
import { notFound, stale } from './refusal.ts';
import type { ContactRow, PersonData } from './rows.ts';
import type { PersonField } from './shapes.ts';
import { shownContact, sourceEtag } from './shown-person.ts';

const MY_CONTACTS = {
  contactGroupMembership: { contactGroupResourceName: 'contactGroups/myContacts' },
};

/** https://developers.google.com/people/api/rest/v1/people */
export const writingOperations: readonly Operation[] = [
  {
    name: 'people.createContact',
    method: 'POST',
    path: /^\/v1\/people:createContact$/,
    query: ['personFields', 'sources'],
    body: null,
    needs: 'write',
    run(call) {
      const mask = answerMask(call);
      const given = readPerson(call.body, 'person');
      checkLists(given.lists);
      const row = create(call, given);
      return shownContact(row.id, row, mask);
    },
  },
  {
    name: 'people.updateContact',
    method: 'PATCH',
    path: /^\/v1\/people\/(?<id>[^/:]+):updateContact$/,
    query: ['personFields', 'sources', 'updatePersonFields'],
    body: null,
    needs: 'write',
    run(call) {
      const mask = answerMask(call);
      const fields = updateMask(call.query.one('updatePersonFields'), 'updatePersonFields');
      const given = readPerson(call.body, 'person');
      const contact = updatable(call, call.id, given, fields);
      if (contact instanceof GoogleRefusal) throw contact;
      const row = update(call, contact, given, fields);
      return shownContact(row.id, row, mask);
    },
  },
  {
    name: 'people.deleteContact',
    method: 'DELETE',
    path: /^\/v1\/people\/(?<id>[^/:]+):deleteContact$/,
    query: [],
    body: [],
    needs: 'write',
    run(call) {
      const contact = livingContact(call.desk, call.id);
      if (!contact) throw notFound();
      remove(call, contact);
      return {};
    },
  },
];

const answerMask = ({ query }: Call): ReadMask => {
  const asked = query.one('personFields');
  return asked ? readMask(asked, 'personFields') : EVERYTHING;
};

export function create(call: Call, { lists }: GivenPerson): ContactRow {
  const memberships = lists.memberships?.length ? lists.memberships : [MY_CONTACTS];
  const person = normalisedPerson({ ...lists, memberships });
  const row = putContact(call.desk, null, person);
  noteWrite(call, row.id, 'create', person);
  return row;
}

/** The contact that an update may change, or why Google refuses it. */
export function updatable(
  call: Call,
  id: string,
  { lists, hasSource, sourceEtag: etag }: GivenPerson,
  fields: ReadonlySet<PersonField>,
): LivingContact | GoogleRefusal {
  const contact = livingContact(call.desk, id);
  if (!contact) return notFound();
  if (!hasSource || etag === undefined)
    return new GoogleRefusal(
      400,
      'Request must set person.metadata.sources with the etag of the contact source that is being updated.',
    );
  if (etag !== sourceEtag(id, contact)) return stale('person.metadata.sources.etag');
  if (fields.has('memberships') && !lists.memberships?.some((one) => 'contactGroupMembership' in one))
    return new GoogleRefusal(400, 'person.memberships must hold at least one contact group.');
  try {
    checkLists(
      Object.fromEntries(Object.entries(lists).filter(([field]) => fields.has(field as PersonField))),
    );
  } catch (error) {
    if (error instanceof GoogleRefusal) return error;
    throw error;
  }
  return contact;
}

/** Replaces the fields of the mask as a whole; what the person given has not is cleared. */
export function update(
  call: Call,
  before: LivingContact,
  { lists }: GivenPerson,
  fields: ReadonlySet<PersonField>,
): ContactRow {
  const replaced = [...fields].map((field) => [field, normalised(field, lists[field] ?? [])] as const);
  const merged = { ...before.person, ...Object.fromEntries(replaced) };
  const person: PersonData = Object.fromEntries(
    Object.entries(merged).filter(([, entries]) => entries.length > 0),
  );
  const row = putContact(call.desk, before, person);
  noteWrite(call, before.id, 'update', person);
  return row;
}

export function remove(call: Call, contact: LivingContact): void {
  putContact(call.desk, contact, null);
  noteWrite(call, contact.id, 'delete', contact.person);
}

function noteWrite(
  { desk, operation }: Call,
  id: string,
  action: 'create' | 'update' | 'delete',
  person: PersonData,
): void {
  const marker = person.clientData?.[0]?.value ?? person.externalIds?.[0]?.value;
  desk.wrote({
    operation,
    object: 'person',
    id: `people/${id}`,
    action,
    marker: typeof marker === 'string' ? marker : null,
    record: { resourceName: `people/${id}`, ...person },
  });
}
