import { GoogleRefusal } from '../google/refusal.ts';
import { listedContacts, newestSeq } from './book.ts';
import { requiredReadMask } from './masks.ts';
import type { Operation } from './operation.ts';
import { type PersonData, peopleTables } from './rows.ts';
import { shownContact } from './shown-person.ts';

const USUAL = 10;
const MOST = 30;

/**
 * Searches the cache that an empty query brings up to date: what was written since is not found.
 * https://developers.google.com/people/api/rest/v1/people/searchContacts
 */
export const searchOperations: readonly Operation[] = [
  {
    name: 'people.searchContacts',
    method: 'GET',
    path: /^\/v1\/people:searchContacts$/,
    query: ['pageSize', 'query', 'readMask', 'sources'],
    body: [],
    needs: 'read',
    run({ desk, query }) {
      const mask = requiredReadMask(query.one('readMask'), 'readMask');
      const size = Number(query.one('pageSize') ?? 0) || USUAL;
      if (size < 0) throw new GoogleRefusal(400, 'pageSize must not be negative.');
      const { searchCache } = peopleTables(desk);
      const wanted = folded(query.one('query') ?? '');
      if (wanted === '') {
        searchCache.put('cache', { seq: newestSeq(desk) });
        return {};
      }
      const upTo = searchCache.get('cache')?.seq ?? 0;
      const hits = listedContacts(desk)
        .listed.filter(
          ({ version }) => version.seq <= upTo && version.person && matches(version.person, wanted),
        )
        .slice(0, Math.min(size, MOST));
      if (hits.length === 0) return {};
      return { results: hits.map(({ id, version }) => ({ person: shownContact(id, version, mask) })) };
    },
  },
];

/** The query is the beginning of a word, and may go on into the next ones. */
function matches(person: PersonData, wanted: string): boolean {
  const texts = [
    ...(person.names ?? []).map(({ displayName }) => displayName),
    ...(person.nicknames ?? []).map(({ value }) => value),
    ...(person.emailAddresses ?? []).map(({ value }) => value),
    ...(person.phoneNumbers ?? []).flatMap(({ value, canonicalForm }) => [value, canonicalForm]),
    ...(person.organizations ?? []).flatMap(({ name, title }) => [name, title]),
  ];
  return texts.some((text) => {
    const words = folded(String(text ?? ''));
    return words.startsWith(wanted) || words.includes(` ${wanted}`);
  });
}

const folded = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ').trim();
