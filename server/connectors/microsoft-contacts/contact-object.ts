import { z } from 'zod';
import type { PeopleObject } from '../../core/sync/person.ts';
import type { Changes, ChangesWish, SideRecord } from '../../core/sync-object.ts';
import { storedCursor } from '../../kit/stored-cursor.ts';
import { type MicrosoftContactsClient, MOST } from './client.ts';
import { microsoftContacts } from './connector.ts';
import { contactFilterFields, factsOf } from './contact-facts.ts';
import { CONTACT_FIELDS } from './contact-fields.ts';
import { recordOf } from './contact-values.ts';
import { createContacts, updateContacts } from './contact-writes.ts';
import { VENDOR } from './failures.ts';
import { type Standing, standing } from './standing.ts';
import { CONTACTS_CHANGED } from './webhooks.ts';

/** Outlook does not say how soon its lists show what was written; by its id it is shown at once. */
const LAG_MS = 60_000;

/** Where a reading goes on: an address of Graph's, which says what was read and how. */
const cursorSchema = z.strictObject({ link: z.string().min(1) });

/** A contact of the usual folder of an Outlook account as a sync sees it. It has no options. */
export const contact: PeopleObject<MicrosoftContactsClient> = {
  id: 'microsoftContacts.contact',
  connector: microsoftContacts,
  titles: { en: 'Outlook contacts', fr: 'Contacts Outlook' },
  fields: async () => CONTACT_FIELDS.map(({ id, titles, kind }) => ({ id, titles, kind })),
  usualFields: CONTACT_FIELDS,
  person: {
    // Categories are the person's own: they are no part of every mapping.
    parts: { name: 'displayName', email: 'emailAddresses', phone: 'businessPhones', company: 'companyName' },
    alsoKnownBy: [['name', 'phone']],
  },
  filterFields: async () => contactFilterFields(),
  changes,

  async read(client, { ids, fields, facts = [] }) {
    const contacts = await standing(client, ids);
    return contacts.map((one) => judged(one, fields, facts));
  },

  create: (client, drafts) => createContacts(client, drafts),
  update: (client, patches) => updateContacts(client, patches),

  async remove(client, ids) {
    const failures = await client.deleteContacts(ids);
    return ids.map((id, index) => {
      const error = failures[index] ?? null;
      return error === null ? { ok: true, id, version: null } : { ok: false, error };
    });
  },

  batch: MOST,
  lagMs: LAG_MS,
  topics: [CONTACTS_CHANGED],
};

const judged = (
  { contact: one, isElsewhere }: Standing,
  fields: readonly string[],
  facts: readonly string[],
): SideRecord => ({
  ...recordOf(one, fields, isElsewhere),
  ...(facts.length === 0 ? {} : { facts: factsOf(one, facts) }),
});

/** What left the folder is looked at: it may only lie in another one now, and is not deleted then. */
async function changes(
  client: MicrosoftContactsClient,
  { cursor, fields, facts = [] }: ChangesWish,
): Promise<Changes> {
  const from = storedCursor(cursorSchema, cursor, VENDOR);
  const { contacts, removed, link, more } = await client.listChanges(from?.link ?? null);
  const found = await standing(client, removed);
  const ids = new Set(found.map(({ contact: { id } }) => id));
  const all = [...contacts.map((one): Standing => ({ contact: one, isElsewhere: false })), ...found];
  return {
    records: all.map((one) => judged(one, fields, facts)),
    deleted: removed.filter((id) => !ids.has(id)),
    cursor: { link },
    more,
  };
}
