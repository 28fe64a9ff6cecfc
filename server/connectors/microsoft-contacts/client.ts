import { z } from 'zod';
import type { ConnectorHttp } from '../../core/connector.ts';
import type { LiaisonError } from '../../core/errors.ts';
import { readAnswer } from '../../core/read-answer.ts';
import { ifGone } from '../../kit/if-gone.ts';
import { type DeltaPage, deltaPage, unfinished } from '../families/microsoft/delta.ts';
import { type Batched, graphApi, MOST_IN_BATCH } from '../families/microsoft/graph.ts';
import { subscriptionCalls } from '../families/microsoft/subscriptions.ts';
import { microsoftUser } from '../families/microsoft/user.ts';
import { type Contact, type ContactChange, contactSchema } from './contact.ts';
import { classify, VENDOR } from './failures.ts';

export type MicrosoftContactsClient = ReturnType<typeof microsoftContactsClient>;

/** Most records in one call. */
export const MOST = {
  list: 200,
  read: MOST_IN_BATCH,
  create: MOST_IN_BATCH,
  update: MOST_IN_BATCH,
  remove: MOST_IN_BATCH,
} as const;

/** Those of the account's usual folder. */
const CONTACTS = '/me/contacts';
const pathOf = (id: string): string => `${CONTACTS}/${encodeURIComponent(id)}`;

export interface ContactsPage extends Omit<DeltaPage<Contact>, 'rows'> {
  readonly contacts: readonly Contact[];
  /** Ids of those that are no longer in the folder: deleted, or moved to another one. */
  readonly removed: readonly string[];
}

export interface ContactUpdate {
  readonly id: string;
  /** Of the state that the change was computed from; undefined: whatever its state. */
  readonly etag: string | undefined;
  readonly change: ContactChange;
}

/** Where contacts lie; what lies in none of them is in the bin. */
export interface Folders {
  /** Null: it is empty. */
  readonly usual: string | null;
  readonly others: ReadonlySet<string>;
}

/** What became of one contact of a batch. */
export type ContactResult =
  | { readonly ok: true; readonly contact: Contact }
  | { readonly ok: false; readonly error: LiaisonError };

const listSchema = z.object({ value: z.array(contactSchema) });
const foldersSchema = z.object({ value: z.array(z.object({ id: z.string() })) });

/** Outlook's contacts, Graph version 1.0. Rejects with LiaisonErrors only. */
export function microsoftContactsClient(http: ConnectorHttp) {
  const graph = graphApi(http, { vendor: VENDOR, classify });
  let usual: string | null = null;
  let others: ReadonlySet<string> | null = null;

  /** Contacts of the usual folder say which it is. */
  const remember = (contacts: readonly Contact[]): void => {
    usual ??= contacts[0]?.parentFolderId ?? null;
  };
  const written = (batched: readonly Batched[]): ContactResult[] =>
    batched.map((one) =>
      one.ok ? { ok: true, contact: readAnswer(contactSchema, one.body, VENDOR, true) } : one,
    );

  return {
    /**
     * One page of the contacts of the usual folder, or, from a link that the last page gave, of what changed since.
     * Nothing is asked for but the list itself: Outlook refuses every choice in a list of changes to contacts.
     * https://learn.microsoft.com/graph/api/contact-delta
     *
     * @throws LiaisonError `cursor-lost` when a link is of no use any more, for whatever reason.
     */
    async listChanges(link: string | null): Promise<ContactsPage> {
      const prefer = `odata.maxpagesize=${MOST.list}`;
      const asked =
        link === null ? graph.call({ path: `${CONTACTS}/delta`, prefer }) : graph.follow(link, prefer);
      const page = await deltaPage(asked, { row: contactSchema, vendor: VENDOR, isLink: link !== null });
      const { rows, ...rest } = page;
      remember(rows);
      return { ...rest, contacts: rows };
    },

    /** Contacts as they are now, whatever folder they lie in, at most twenty; those that are gone are left out. */
    async getContacts(ids: readonly string[]): Promise<Contact[]> {
      const batched = await graph.batch(ids.map((id) => ({ method: 'GET', path: pathOf(id) })));
      return batched.flatMap((one) => {
        if (one.ok) return [readAnswer(contactSchema, one.body, VENDOR)];
        if (one.error.kind === 'gone') return [];
        throw one.error;
      });
    },

    /** In which folders contacts lie. Asked for once for a client, as long as the usual one is not empty. */
    async folders(): Promise<Folders> {
      if (others === null || usual === null) {
        const [first, list] = await graph.batch([
          { method: 'GET', path: `${CONTACTS}?$top=1&$select=parentFolderId` },
          { method: 'GET', path: '/me/contactFolders?$top=250&$select=id' },
        ]);
        remember(readAnswer(listSchema, bodyOf(first), VENDOR).value);
        others = new Set(readAnswer(foldersSchema, bodyOf(list), VENDOR).value.map(({ id }) => id));
      }
      return { usual, others };
    },

    /** Makes contacts, at most twenty; one result for each, in order. */
    async createContacts(changes: readonly ContactChange[]): Promise<ContactResult[]> {
      const calls = changes.map((json) => ({ method: 'POST' as const, path: CONTACTS, json }));
      const results = written(await graph.batch(calls));
      remember(results.flatMap((one) => (one.ok ? [one.contact] : [])));
      return results;
    },

    /** Changes contacts, at most twenty; one that is not in its state any more is a `conflict`. */
    async updateContacts(updates: readonly ContactUpdate[]): Promise<ContactResult[]> {
      return written(
        await graph.batch(
          updates.map(({ id, etag, change }) => ({
            method: 'PATCH',
            path: pathOf(id),
            json: change,
            ifMatch: etag,
          })),
        ),
      );
    },

    /** Deletes contacts, at most twenty; null for one that is gone, already or by it, else why it is not. */
    async deleteContacts(ids: readonly string[]): Promise<(LiaisonError | null)[]> {
      const batched = await graph.batch(ids.map((id) => ({ method: 'DELETE', path: pathOf(id) })));
      return batched.map((one) => (one.ok || one.error.kind === 'gone' ? null : one.error));
    },

    /** Contacts of the usual folder that have an address. https://learn.microsoft.com/graph/api/user-list-contacts */
    async findByAddress(address: string): Promise<Contact[]> {
      const filter = `emailAddresses/any(a:a/address eq '${address.replaceAll("'", "''")}')`;
      const found = await ifGone(
        () => graph.call({ path: CONTACTS, query: { $filter: filter, $top: 10 } }),
        null,
      );
      return found === null ? [] : readAnswer(listSchema, found.body, VENDOR).value;
    },

    ...subscriptionCalls(graph, VENDOR),

    /** The Microsoft account that consented. */
    user: () => microsoftUser(http),
  };
}

function bodyOf(batched: Batched | undefined): unknown {
  if (batched?.ok !== true) throw batched?.error ?? unfinished(VENDOR);
  return batched.body;
}
