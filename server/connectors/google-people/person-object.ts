import type { LiaisonError } from '../../core/errors.ts';
import type { PeopleObject } from '../../core/sync/person.ts';
import type { Changes, ChangesWish, FieldValue, SideRecord } from '../../core/sync-object.ts';
import { failure } from '../../kit/failures.ts';
import { contactUrl } from './addresses.ts';
import { type ContactGroup, type GooglePeopleClient, MOST } from './client.ts';
import { googlePeople } from './connector.ts';
import { VENDOR } from './failures.ts';
import { isDeleted, type Person } from './person.ts';
import { factsOf, filterFields, groupsFor, LABELS } from './person-facts.ts';
import { PERSON_FIELDS } from './person-fields.ts';
import { recordOf } from './person-values.ts';
import { createPersons, maskOf, updatePersons } from './person-writes.ts';

/**
 * Google says several minutes; what is written is shown by its name at once.
 * https://developers.google.com/people/api/rest/v1/people.connections/list
 */
const LAG_MS = 5 * 60_000;

/** A contact of the Google account as a sync sees it. It has no options, and nothing announces its changes. */
export const person: PeopleObject<GooglePeopleClient> = {
  id: 'googlePeople.person',
  connector: googlePeople,
  titles: { en: 'Google contacts', fr: 'Contacts Google' },
  fields: async () => PERSON_FIELDS.map(({ id, titles, kind }) => ({ id, titles, kind })),
  usualFields: PERSON_FIELDS,
  person: {
    parts: {
      name: 'names',
      email: 'emailAddresses',
      phone: 'phoneNumbers',
      company: 'organizations.name',
    },
    alsoKnownBy: [['name', 'phone']],
  },
  changes,

  filterFields,

  async read(client, { ids, fields, facts = [] }) {
    const groups = await groupsFor(client, facts);
    const people = await client.getPeople(ids, maskWith(fields, facts));
    return people.map((one) => judgedBy(one, fields, facts, groups));
  },

  create: (client, drafts) => createPersons(client, drafts),
  update: (client, patches) => updatePersons(client, patches),

  async remove(client, ids) {
    await client.deletePeople(ids);
    return ids.map((id) => ({ ok: true, id, version: null }));
  },

  batch: MOST,
  lagMs: LAG_MS,
  topics: [],
  url: contactUrl,
};

/** Where a reading goes on. `sync`: absent while everything is read for the first time. */
interface Cursor {
  /** The mask of the first call: later ones must have the same. */
  readonly mask: string;
  readonly page?: string;
  readonly sync?: string;
}

/** All that is read of a contact: its mapped fields, and what a filter asks about. */
function maskWith(fields: readonly string[], facts: readonly string[]): string {
  const mask = maskOf([...fields, ...facts]);
  return facts.includes(LABELS) ? [...mask.split(','), LABELS].sort().join(',') : mask;
}

const judgedBy = (
  one: Person,
  fields: readonly string[],
  facts: readonly string[],
  groups: readonly ContactGroup[],
): SideRecord => ({
  ...recordOf(one, fields),
  ...(facts.length === 0 ? {} : { facts: factsOf(one, facts, groups) }),
});

async function changes(
  client: GooglePeopleClient,
  { cursor, fields, facts = [] }: ChangesWish,
): Promise<Changes> {
  const mask = maskWith(fields, facts);
  const from = cursor === null ? { mask } : readCursor(cursor);
  if (from.mask !== mask) throw lost();
  const groups = await groupsFor(client, facts);
  const { people, nextPageToken, nextSyncToken } = await client.listPeople({
    personFields: mask,
    pageToken: from.page,
    syncToken: from.sync,
  });
  const more = nextPageToken !== null;
  if (!more && nextSyncToken === null) throw unfinished();
  return {
    records: people.filter((one) => !isDeleted(one)).map((one) => judgedBy(one, fields, facts, groups)),
    deleted: people.filter(isDeleted).map(({ resourceName }) => resourceName),
    cursor: more
      ? { mask, page: nextPageToken, ...(from.sync === undefined ? {} : { sync: from.sync }) }
      : { mask, sync: nextSyncToken },
    more,
  };
}

function readCursor(cursor: FieldValue): Cursor {
  if (typeof cursor !== 'object' || cursor === null || Array.isArray(cursor)) throw lost();
  const { mask, page, sync } = cursor as Readonly<Record<string, FieldValue>>;
  if (typeof mask !== 'string') throw lost();
  return {
    mask,
    ...(typeof page === 'string' ? { page } : {}),
    ...(typeof sync === 'string' ? { sync } : {}),
  };
}

/** A mapping that names other fields makes the old tokens useless. */
const lost = (): LiaisonError => failure('cursor-lost', VENDOR);

/** The last page of a list ends with a sync token; one that does not is no list, however green its status. */
const unfinished = (): LiaisonError =>
  failure('unknown', VENDOR, 'The list ended without the sync token that was asked for.');
