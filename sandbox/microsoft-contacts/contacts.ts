import type { Reply } from '../kit/refusal.ts';
import { type Call, context, type Operation } from '../microsoft/operation.ts';
import { badRequest, GraphRefusal, notFound } from '../microsoft/refusal.ts';
import { changeContact, contactsIn, findContact, makeContact, removeContact } from './book.ts';
import { type ContactRow, contactsTables, USUAL_FOLDER } from './rows.ts';
import { READ, WRITE } from './scopes.ts';
import { readContact } from './shapes.ts';
import { etagOf, shownContact } from './shown-contact.ts';

const LIST = { usual: 10, most: 1_000 } as const;
const OF_ONE = 'users(%27me%27)/contacts/$entity';
const TAKEN = new Set(['$top', '$skip', '$filter', '$select', '$count', '$orderby']);

/** https://learn.microsoft.com/graph/api/resources/contact#methods */
export const contactOperations: readonly Operation[] = [
  { method: 'GET', path: '/me/contacts', scopes: READ, run: list },
  { method: 'POST', path: '/me/contacts', scopes: WRITE, run: create },
  { method: 'GET', path: '/me/contacts/{id}', scopes: READ, run: read },
  { method: 'PATCH', path: '/me/contacts/{id}', scopes: WRITE, run: update },
  { method: 'DELETE', path: '/me/contacts/{id}', scopes: WRITE, run: remove },
  { method: 'GET', path: '/me/contactFolders', scopes: READ, run: folders },
];

const selectedIn = (query: URLSearchParams): readonly string[] | null =>
  query
    .get('$select')
    ?.split(',')
    .map((name) => name.trim()) ?? null;

function list({ desk, query, prefers }: Call): Reply {
  const strange = [...query.keys()].find((name) => !TAKEN.has(name));
  if (strange !== undefined) throw badRequest(`The query parameter '${strange}' is not supported.`);
  const filter = query.get('$filter');
  const top = Number(query.get('$top') ?? LIST.usual);
  const skip = Number(query.get('$skip') ?? 0);
  if (!Number.isInteger(top) || top < 1 || top > LIST.most || !Number.isInteger(skip) || skip < 0)
    throw badRequest(`The value of '$top' or '$skip' is out of range.`);
  const all = contactsIn(desk, USUAL_FOLDER).filter(filter === null ? () => true : conditionOf(filter));
  const page = all.slice(skip, skip + top);
  const next = new URL('https://graph.microsoft.com/v1.0/me/contacts');
  for (const [name, value] of query) next.searchParams.set(name, value);
  next.searchParams.set('$skip', String(skip + top));
  const select = selectedIn(query);
  return {
    body: {
      ...context('users(%27me%27)/contacts'),
      ...(query.get('$count') === 'true' ? { '@odata.count': all.length } : {}),
      value: page.map((row) => shownContact(row, prefers.immutableIds, select)),
      ...(skip + top < all.length ? { '@odata.nextLink': next.href } : {}),
    },
  };
}

/** The only condition on a list within the address that these simulators know. */
function conditionOf(filter: string): (row: ContactRow) => boolean {
  const address = /^emailAddresses\/any\((\w+):\1\/address eq '((?:[^']|'')*)'\)$/.exec(filter)?.[2];
  if (address === undefined) throw badRequest('The filter is not supported.', 'ErrorInvalidUrlQueryFilter');
  const sought = address.replaceAll("''", "'").toLowerCase();
  return ({ contact }) =>
    (contact.emailAddresses as { address: string }[]).some((one) => one.address.toLowerCase() === sought);
}

function create({ desk, body, prefers }: Call): Reply {
  const row = makeContact(desk, readContact(body));
  noted(desk, 'POST /me/contacts', row, 'create');
  return { status: 201, body: { ...context(OF_ONE), ...shownContact(row, prefers.immutableIds, null) } };
}

function standing({ desk, id }: Call): ContactRow {
  const row = findContact(desk, id);
  if (!row) throw notFound();
  return row;
}

function read(call: Call): Reply {
  const row = standing(call);
  const shown = shownContact(row, call.prefers.immutableIds, selectedIn(call.query));
  return { body: { ...context(OF_ONE), ...shown } };
}

function checkState({ ifMatch }: Call, row: ContactRow): void {
  if (ifMatch !== undefined && ifMatch !== '*' && ifMatch !== etagOf(row))
    throw new GraphRefusal(
      412,
      'ErrorIrresolvableConflict',
      'The send or update operation could not be performed because the change key passed in the request does not match the current change key for the item.',
    );
}

function update(call: Call): Reply {
  const { desk, body, prefers } = call;
  const row = standing(call);
  checkState(call, row);
  const changed = changeContact(desk, row, readContact(body));
  noted(desk, 'PATCH /me/contacts/{id}', changed, 'update');
  return { body: { ...context(OF_ONE), ...shownContact(changed, prefers.immutableIds, null) } };
}

function remove(call: Call): Reply {
  const { desk } = call;
  const row = standing(call);
  checkState(call, row);
  // In the bin already: out of it.
  if (row.folder === USUAL_FOLDER || contactsTables(desk).folders.get(row.folder)) removeContact(desk, row);
  else contactsTables(desk).contacts.delete(row.id);
  noted(desk, 'DELETE /me/contacts/{id}', row, 'delete');
  return { status: 204 };
}

/** The folders within the usual one, which is none of them. https://learn.microsoft.com/graph/api/user-list-contactfolders */
function folders({ desk, query }: Call): Reply {
  const select = selectedIn(query);
  const all = contactsTables(desk).folders.all();
  return {
    body: {
      ...context('users(%27me%27)/contactFolders'),
      value: all.map(({ id, name }) => ({
        id,
        ...(select === null || select.includes('displayName') ? { displayName: name } : {}),
        ...(select === null || select.includes('parentFolderId') ? { parentFolderId: USUAL_FOLDER } : {}),
      })),
    },
  };
}

const noted = (
  desk: Call['desk'],
  operation: string,
  row: ContactRow,
  action: 'create' | 'update' | 'delete',
): void =>
  desk.wrote({ operation, object: 'contact', id: row.id, action, marker: null, record: row.contact });
