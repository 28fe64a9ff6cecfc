import { people, type people_v1 } from '@googleapis/people';
import { z } from 'zod';
import type { ConnectorHttp } from '../../core/connector.ts';
import { LiaisonError } from '../../core/errors.ts';
import { readAnswer } from '../../core/read-answer.ts';
import { vendorCall } from '../../core/vendor-call.ts';
import { failure } from '../../kit/failures.ts';
import { googleUser } from '../families/google/user.ts';
import { type PersonResult, withoutCulprits } from './batches.ts';
import { statusError, VENDOR } from './failures.ts';
import { type Person, type PersonChange, personSchema } from './person.ts';

export type GooglePeopleClient = ReturnType<typeof googlePeopleClient>;

/** Most records in one call. https://developers.google.com/people/api/rest/v1/people */
export const MOST = { list: 1_000, read: 200, create: 200, update: 200, remove: 500 } as const;

const ME = 'people/me';

/** A label of contacts, by the name that people see. */
export interface ContactGroup {
  readonly resourceName: string;
  readonly name: string;
}

export interface PeoplePage {
  readonly people: readonly Person[];
  readonly nextPageToken: string | null;
  /** On the last page only. */
  readonly nextSyncToken: string | null;
}

/** An update of one contact: `etag` of the state that it was computed from. */
export interface PersonUpdate {
  readonly etag: string;
  readonly change: PersonChange;
}

const pageSchema = z.object({
  connections: z.array(personSchema).default([]),
  nextPageToken: z.string().nullish(),
  nextSyncToken: z.string().nullish(),
});
const statusSchema = z.looseObject({ code: z.number().default(0), message: z.string().default('') });
const responseSchema = z.object({
  person: personSchema.optional(),
  requestedResourceName: z.string().optional(),
  status: statusSchema.optional(),
});
const readSchema = z.object({ responses: z.array(responseSchema).default([]) });
const searchSchema = z.object({ results: z.array(z.object({ person: personSchema })).default([]) });
const groupsSchema = z.object({
  contactGroups: z
    .array(
      z.object({ resourceName: z.string(), name: z.string().nullish(), formattedName: z.string().nullish() }),
    )
    .default([]),
  nextPageToken: z.string().nullish(),
});
const createdSchema = z.object({ createdPeople: z.array(responseSchema).default([]) });
const updatedSchema = z.object({ updateResult: z.record(z.string(), responseSchema).default({}) });

/**
 * Google's contacts, People API version 1. Rejects with LiaisonErrors only. Mutations of one user have to come
 * one after the other: this client keeps its own in a row, and whoever opens several for one connection holds
 * the connection's lock (the engine does, across processes).
 */
export function googlePeopleClient(http: ConnectorHttp) {
  // No `auth`: the library would look for credentials on the machine, and the token is added on the way out.
  const { people: api, contactGroups } = people({
    version: 'v1',
    fetchImplementation: http.fetch,
    retry: false,
  });
  let lastMutation: Promise<unknown> = Promise.resolve();

  function mutation<Result>(call: () => Promise<Result>): Promise<Result> {
    const result = lastMutation.then(() => vendorCall(call));
    lastMutation = result.catch(() => undefined);
    return result;
  }

  async function getPeople(resourceNames: readonly string[], personFields: string): Promise<Person[]> {
    if (resourceNames.length === 0) return [];
    const names = [...resourceNames];
    const { data } = await vendorCall(() => api.getBatchGet({ resourceNames: names, personFields }));
    return readAnswer(readSchema, data, VENDOR).responses.flatMap(({ person, status }) => {
      if (person) return isHere(person) ? [person] : [];
      const error = statusError(status ?? { code: 2, message: '' });
      if (error.kind === 'gone') return [];
      throw error;
    });
  }

  return {
    /**
     * One page of all contacts, or, with a sync token, of those that changed since; deleted ones have
     * `metadata.deleted`. All but the page token must stay as in the call that gave the tokens. What was
     * written within the last minutes may be missing.
     *
     * @throws LiaisonError `cursor-lost` when a token is of no use any more, for whatever reason.
     */
    async listPeople({
      personFields,
      pageSize = MOST.list,
      pageToken,
      syncToken,
    }: {
      readonly personFields: string;
      readonly pageSize?: number;
      readonly pageToken?: string | undefined;
      readonly syncToken?: string | undefined;
    }): Promise<PeoplePage> {
      const tokens = { ...(pageToken ? { pageToken } : {}), ...(syncToken ? { syncToken } : {}) };
      const { data } = await vendorCall(() =>
        api.connections.list({
          resourceName: ME,
          personFields,
          pageSize,
          requestSyncToken: true,
          ...tokens,
        }),
      ).catch((error: LiaisonError) => {
        throw error.kind === 'rejected' && (pageToken || syncToken) ? cursorLost(error) : error;
      });
      const {
        connections,
        nextPageToken = null,
        nextSyncToken = null,
      } = readAnswer(pageSchema, data, VENDOR);
      return { people: connections, nextPageToken, nextSyncToken };
    },

    /**
     * Contacts of which a word begins with the query, at most 30. Google searches a copy that may be minutes
     * old: `freshen` brings it up to date for a later search.
     */
    async searchPeople(query: string, readMask: string): Promise<Person[]> {
      const { data } = await vendorCall(() => api.searchContacts({ query, readMask, pageSize: 30 }));
      const { results } = readAnswer(searchSchema, data, VENDOR);
      return results.map(({ person }) => person).filter(isHere);
    },

    /** https://developers.google.com/people/v1/contacts#search_the_users_contacts */
    async freshen(): Promise<void> {
      await vendorCall(() => api.searchContacts({ query: '', readMask: 'names' }));
    },

    /** Every label, Google's own included. https://developers.google.com/people/api/rest/v1/contactGroups/list */
    async listGroups(): Promise<ContactGroup[]> {
      const groups: ContactGroup[] = [];
      for (let pageToken: string | undefined; ; ) {
        const { data } = await vendorCall(() =>
          contactGroups.list({ pageSize: 1_000, ...(pageToken ? { pageToken } : {}) }),
        );
        const page = readAnswer(groupsSchema, data, VENDOR);
        for (const { resourceName, formattedName, name } of page.contactGroups)
          groups.push({ resourceName, name: formattedName || name || resourceName });
        if (!page.nextPageToken) return groups;
        pageToken = page.nextPageToken;
      }
    },

    /** Contacts as they are now, at most 200; those that are gone are left out. */
    getPeople,

    /**
     * Makes contacts, at most 200, and reads `readMask` of each. One result for each, in order: what Google
     * refuses is told apart from the others, which are made. A call that may have made some rejects.
     */
    createPeople(changes: readonly PersonChange[], readMask: string): Promise<PersonResult[]> {
      return withoutCulprits(
        changes.map((change, index) => [String(index), change] as const),
        async (some) => {
          const contacts = some.map(([, contactPerson]) => ({ contactPerson }));
          const { data } = await mutation(() =>
            api.batchCreateContacts({ requestBody: { contacts, readMask } }),
          );
          const { createdPeople } = readAnswer(createdSchema, data, VENDOR, true);
          if (createdPeople.length !== some.length) throw unreadable();
          return createdPeople.map(({ person }) => person);
        },
        (index) => String(index),
      );
    },

    /**
     * Changes contacts, at most 200, by resource name: the lists of `updateMask` are replaced as a whole, and
     * cleared where a change has none. One result for each, in the map's order; a contact that changed since
     * its etag is a `conflict`.
     */
    updatePeople(
      updates: ReadonlyMap<string, PersonUpdate>,
      { updateMask, readMask }: { readonly updateMask: string; readonly readMask: string },
    ): Promise<PersonResult[]> {
      return withoutCulprits(
        [...updates],
        async (some) => {
          const contacts = Object.fromEntries(some.map(([name, update]) => [name, personToUpdate(update)]));
          const { data } = await mutation(() =>
            api.batchUpdateContacts({ requestBody: { contacts, updateMask, readMask } }),
          );
          const { updateResult } = readAnswer(updatedSchema, data, VENDOR, true);
          return some.map(([name]) => updateResult[name]?.person);
        },
        (_, name) => name,
      );
    },

    /** Deletes contacts, at most 500. Those that are gone already are no failure. */
    async deletePeople(resourceNames: readonly string[]): Promise<void> {
      const remove = (names: readonly string[]) =>
        mutation(() => api.batchDeleteContacts({ requestBody: { resourceNames: [...names] } }));
      try {
        if (resourceNames.length > 0) await remove(resourceNames);
      } catch (thrown) {
        if (!(thrown instanceof LiaisonError) || thrown.kind !== 'gone') throw thrown;
        // One of them is gone, and none was deleted: the others are, without it.
        const left: string[] = [];
        for (let from = 0; from < resourceNames.length; from += MOST.read) {
          const found = await getPeople(resourceNames.slice(from, from + MOST.read), 'metadata');
          left.push(...found.map(({ resourceName }) => resourceName));
        }
        if (left.length > 0) await remove(left);
      }
    },

    /** The Google account that consented. */
    user: () => googleUser(http),
  };
}

const isHere = ({ metadata }: Person): boolean => metadata?.deleted !== true;

function personToUpdate({ etag, change }: PersonUpdate): people_v1.Schema$Person {
  return { ...change, metadata: { sources: [{ type: 'CONTACT', etag }] } };
}

function cursorLost(cause: LiaisonError): LiaisonError {
  const { vendorMessage } = cause.details;
  return failure('cursor-lost', VENDOR, { ...(vendorMessage === undefined ? {} : { vendorMessage }) });
}

function unreadable(): LiaisonError {
  return failure('unknown', VENDOR, {
    vendorMessage: 'The answer names another number of contacts than were sent.',
    mayHaveHappened: true,
  });
}
