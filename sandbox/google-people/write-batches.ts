import { badRequest, GoogleRefusal } from '../google/refusal.ts';
import { livingContact } from './book.ts';
import { type ReadMask, readMask, updateMask } from './masks.ts';
import type { Call, Operation } from './operation.ts';
import { found } from './read-people.ts';
import { checkLists, type GivenPerson, readPerson } from './read-person.ts';
import { notFound, RPC_CODES, type RpcStatus } from './refusal.ts';
import type { ContactRow } from './rows.ts';
import { shownContact } from './shown-person.ts';
import { create, remove, updatable, update } from './write-people.ts';

const MOST = { create: 200, update: 200, delete: 500 } as const;

/** Batches are done as a whole or not at all; an error names every contact at fault. */
export const batchOperations: readonly Operation[] = [
  {
    name: 'people.batchCreateContacts',
    method: 'POST',
    path: /^\/v1\/people:batchCreateContacts$/,
    query: [],
    body: ['contacts', 'readMask', 'sources'],
    needs: 'write',
    run(call) {
      const mask = batchMask(call);
      const contacts = listOf(call.body.contacts, 'contacts', MOST.create);
      const given = contacts.map((contact, index) => contactToCreate(contact, index));
      const errors = given.flatMap(({ lists }, index) => {
        const refusal = refusalOf(() => checkLists(lists));
        return refusal ? [[String(index), refusal] as const] : [];
      });
      if (errors.length > 0) throw batchRefusal('BatchCreateContactsErrorDetails', errors);
      const made = given.map((person) => create(call, person));
      return mask.size === 0 ? {} : { createdPeople: made.map((row) => response(row, mask)) };
    },
  },
  {
    name: 'people.batchUpdateContacts',
    method: 'POST',
    path: /^\/v1\/people:batchUpdateContacts$/,
    query: [],
    body: ['contacts', 'readMask', 'sources', 'updateMask'],
    needs: 'write',
    run(call) {
      const mask = batchMask(call);
      const fields = updateMask(textOf(call.body.updateMask), 'updateMask');
      const given = contactsToUpdate(call.body.contacts);
      const checked = given.map(
        ([name, person]) => [name, person, updatable(call, idOf(name), person, fields)] as const,
      );
      const errors = checked.flatMap(([name, , found]) =>
        found instanceof GoogleRefusal ? [[name, found] as const] : [],
      );
      if (errors.length > 0) throw batchRefusal('BatchUpdateContactsErrorDetails', errors);
      const rows = checked.flatMap(([name, person, found]) =>
        found instanceof GoogleRefusal ? [] : [[name, update(call, found, person, fields)] as const],
      );
      if (mask.size === 0) return {};
      return { updateResult: Object.fromEntries(rows.map(([name, row]) => [name, response(row, mask)])) };
    },
  },
  {
    name: 'people.batchDeleteContacts',
    method: 'POST',
    path: /^\/v1\/people:batchDeleteContacts$/,
    query: [],
    body: ['resourceNames'],
    needs: 'write',
    run(call) {
      const names = listOf(call.body.resourceNames, 'resourceNames', MOST.delete).map(String);
      const contacts = [...new Set(names.map(idOf))].map((id) => {
        const contact = livingContact(call.desk, id);
        if (!contact) throw notFound();
        return contact;
      });
      for (const contact of contacts) remove(call, contact);
      return {};
    },
  },
];

const idOf = (name: string): string => name.replace(/^people\//, '');
const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

function batchMask({ body }: Call): ReadMask {
  return readMask(textOf(body.readMask) ?? '', 'readMask');
}

function response(row: ContactRow, mask: ReadMask): object {
  return found(`people/${row.id}`, shownContact(row.id, row, mask));
}

function listOf(value: unknown, name: string, most: number): readonly unknown[] {
  const list = Array.isArray(value) ? value : [];
  if (list.length === 0 || list.length > most)
    throw new GoogleRefusal(400, `Between 1 and ${most} ${name} are needed, not ${list.length}.`);
  return list;
}

function contactToCreate(contact: unknown, index: number): GivenPerson {
  const at = `contacts[${index}]`;
  if (!isObject(contact)) throw badRequest([`Invalid value at '${at}'`]);
  const strange = Object.keys(contact).filter((name) => name !== 'contactPerson');
  if (strange.length > 0)
    throw badRequest(
      strange.map(
        (name) => `Invalid JSON payload received. Unknown name "${name}" at '${at}': Cannot find field.`,
      ),
    );
  return readPerson(contact.contactPerson ?? {}, `${at}.contact_person`);
}

function contactsToUpdate(value: unknown): readonly (readonly [string, GivenPerson])[] {
  if (!isObject(value))
    throw badRequest(["Invalid JSON payload received. 'contacts' takes a map of resource names to people."]);
  const entries = Object.entries(value);
  if (entries.length === 0 || entries.length > MOST.update)
    throw new GoogleRefusal(400, `Between 1 and ${MOST.update} contacts are needed, not ${entries.length}.`);
  return entries.map(([name, person]) => [name, readPerson(person, `contacts["${name}"]`)] as const);
}

function refusalOf(work: () => void): GoogleRefusal | null {
  try {
    work();
    return null;
  } catch (error) {
    if (error instanceof GoogleRefusal) return error;
    throw error;
  }
}

/** https://developers.google.com/people/api/rest/v1/BatchUpdateContactsErrorDetails */
function batchRefusal(type: string, errors: readonly (readonly [string, GoogleRefusal])[]): GoogleRefusal {
  const [, first] = errors[0] ?? ['', notFound()];
  const statuses = errors.map(([key, { rpc, message, details }]) => {
    const code = RPC_CODES[rpc as RpcStatus] ?? RPC_CODES.INVALID_ARGUMENT;
    return [key, { code, message, ...(details.length > 0 ? { details } : {}) }] as const;
  });
  const contactErrors = Object.fromEntries(statuses);
  return new GoogleRefusal(first.code, first.message, {
    status: first.rpc,
    ...(first.reason === undefined ? {} : { reason: first.reason }),
    details: [{ '@type': `type.googleapis.com/google.people.v1.${type}`, contactErrors }],
  });
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
