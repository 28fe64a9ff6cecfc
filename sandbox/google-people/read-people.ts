import { GoogleRefusal } from '../google/refusal.ts';
import { livingContact } from './book.ts';
import { type ReadMask, requiredReadMask } from './masks.ts';
import type { Call, Operation } from './operation.ts';
import { notFound, RPC_CODES } from './refusal.ts';
import { shownAccount, shownContact } from './shown-person.ts';

const MOST_NAMES = 200;
const MASKS = ['personFields', 'requestMask.includeField', 'sources'];

/** https://developers.google.com/people/api/rest/v1/people */
export const readingOperations: readonly Operation[] = [
  {
    name: 'people.get',
    method: 'GET',
    path: /^\/v1\/people\/me$/,
    query: MASKS,
    body: [],
    needs: 'account',
    run: (call) => shownAccount(personFields(call), call.scopes),
  },
  {
    name: 'people.get',
    method: 'GET',
    path: /^\/v1\/people\/(?<id>[^/:]+)$/,
    query: MASKS,
    body: [],
    needs: 'read',
    run(call) {
      const mask = personFields(call);
      const contact = livingContact(call.desk, call.id);
      if (!contact) throw notFound();
      return shownContact(contact.id, contact, mask);
    },
  },
  {
    name: 'people.getBatchGet',
    method: 'GET',
    path: /^\/v1\/people:batchGet$/,
    query: [...MASKS, 'resourceNames'],
    body: [],
    needs: 'read',
    run(call) {
      const mask = personFields(call);
      const names = call.query.all('resourceNames');
      if (names.length === 0 || names.length > MOST_NAMES)
        throw new GoogleRefusal(
          400,
          `Between 1 and ${MOST_NAMES} resource names are needed, not ${names.length}.`,
        );
      return { responses: names.map((name) => personResponse(call, name, mask)) };
    },
  },
];

/** The fields that a request asks for, in the newer or the older parameter. */
export function personFields({ query }: Call): ReadMask {
  return requiredReadMask(query.one('personFields') ?? query.one('requestMask.includeField'), 'personFields');
}

/** https://developers.google.com/people/api/rest/v1/PersonResponse */
function personResponse(call: Call, name: string, mask: ReadMask): object {
  if (name === 'people/me') return found(name, shownAccount(mask, call.scopes));
  const contact = livingContact(call.desk, name.replace(/^people\//, ''));
  if (contact) return found(name, shownContact(contact.id, contact, mask));
  const status = { code: RPC_CODES.NOT_FOUND, message: 'Requested entity was not found.' };
  return { httpStatusCode: 404, requestedResourceName: name, status };
}

export function found(name: string, person: object): object {
  return { httpStatusCode: 200, person, requestedResourceName: name, status: {} };
}
