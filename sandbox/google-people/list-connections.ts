import { GoogleRefusal } from '../google/refusal.ts';
import { type Listed, listedContacts } from './book.ts';
import { type ListToken, readToken, writeToken } from './list-tokens.ts';
import type { Call, Operation } from './operation.ts';
import { pageSizeOf } from './query.ts';
import { personFields } from './read-people.ts';
import { shownContact } from './shown-person.ts';

const USUAL = 100;
const MOST = 1_000;

/** https://developers.google.com/people/api/rest/v1/people.connections/list */
export const listOperations: readonly Operation[] = [
  {
    name: 'people.connections.list',
    method: 'GET',
    path: /^\/v1\/people\/(?<id>[^/:]+)\/connections$/,
    query: [
      'pageSize',
      'pageToken',
      'personFields',
      'requestMask.includeField',
      'requestSyncToken',
      'sortOrder',
      'sources',
      'syncToken',
    ],
    body: [],
    needs: 'read',
    run: connections,
  },
];

/** True for the call that begins a full sync, which has a quota of its own. */
export const beginsFullSync = ({ query }: Pick<Call, 'query'>): boolean =>
  query.one('requestSyncToken') === 'true' &&
  query.one('syncToken') === undefined &&
  query.one('pageToken') === undefined;

function connections(call: Call): object {
  const { desk, query, id } = call;
  if (id !== 'me') throw new GoogleRefusal(400, 'Resource name must be people/me.');
  const mask = personFields(call);
  const size = pageSizeOf(query, USUAL, MOST);
  const parameters = JSON.stringify([[...mask].sort(), size, [...query.all('sources')].sort()]);
  const { listed, upTo } = listedContacts(desk);
  const start = startOf(call, parameters, upTo);
  const wantsToken = query.one('requestSyncToken') === 'true' || start.changes;

  const all = start.changes ? listed : listed.filter(({ version }) => version.person !== null);
  const ordered = wantsToken ? all : sorted(all, query.one('sortOrder'));
  // Sorted otherwise than by change, a page begins after so many; by change, after the last one shown.
  const byChange = ordered === all;
  const rest = byChange
    ? ordered.filter(({ version }) => version.seq > start.after)
    : ordered.slice(start.after);
  const page = rest.slice(0, size);
  const last = byChange ? (page.at(-1)?.version.seq ?? start.after) : start.after + page.length;
  const more = rest.length > page.length;
  const next = { ...start, parameters, after: last };
  return {
    ...(page.length > 0 ? { connections: page.map((one) => shownContact(one.id, one.version, mask)) } : {}),
    ...(more ? { nextPageToken: writeToken(desk, { ...next, kind: 'page' }) } : {}),
    ...(!more && wantsToken
      ? { nextSyncToken: writeToken(desk, { ...next, kind: 'sync', after: start.upTo }) }
      : {}),
    ...(start.changes ? {} : { totalPeople: all.length, totalItems: all.length }),
  };
}

type Start = Omit<ListToken, 'kind' | 'epoch' | 'parameters'>;

function startOf({ desk, query }: Call, parameters: string, upTo: number): Start {
  const pageToken = query.one('pageToken');
  if (pageToken) return readToken(desk, pageToken, { kind: 'page', parameters });
  const syncToken = query.one('syncToken');
  if (!syncToken) return { after: 0, upTo, fullAt: desk.clock().getTime(), changes: false };
  const token = readToken(desk, syncToken, { kind: 'sync', parameters });
  return { after: token.after, upTo, fullAt: token.fullAt, changes: true };
}

function sorted(all: readonly Listed[], order = 'LAST_MODIFIED_ASCENDING'): readonly Listed[] {
  if (order === 'LAST_MODIFIED_ASCENDING') return all;
  if (order === 'LAST_MODIFIED_DESCENDING') return all.toReversed();
  const member = order === 'FIRST_NAME_ASCENDING' ? 'givenName' : 'familyName';
  const key = ({ version }: Listed): string => String(version.person?.names?.[0]?.[member] ?? '');
  return all.toSorted((a, b) => key(a).localeCompare(key(b), 'fr'));
}
