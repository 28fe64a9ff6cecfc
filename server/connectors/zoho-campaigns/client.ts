import type { z } from 'zod';
import type { ConnectorHttp } from '../../core/connector.ts';
import { readAnswer } from '../../core/read-answer.ts';
import { failure } from '../../kit/failures.ts';
import { type JsonCall, jsonApi } from '../../kit/json-api.ts';
import { zoho } from '../families/zoho/family.ts';
import { isNobody, VENDOR } from './failures.ts';
import {
  type Campaign,
  campaignsSchema,
  countSchema,
  fieldsSchema,
  listsSchema,
  type MailingList,
  recipientsSchema,
  type Subscriber,
  subscribersSchema,
  topicsSchema,
} from './shapes.ts';

export type ZohoCampaignsClient = ReturnType<typeof zohoCampaignsClient>;

/** How somebody stands in a list. Whoever has not confirmed yet is told of by no call. */
export const STANDINGS = ['active', 'unsub', 'bounce', 'spam'] as const;
export type Standing = (typeof STANDINGS)[number];

/** Those of them who get nothing of the list any more. */
export const LEFT = ['unsub', 'bounce', 'spam'] as const;

/** What recipients of a campaign did, as its calls name it. */
export type Deed =
  | 'openedcontacts'
  | 'clickedcontacts'
  | 'optoutcontacts'
  | 'senthardbounce'
  | 'sentcontacts';

/** Rows that are asked for at once: no page says how many may be; programs ask for so many. */
export const PAGE = 200;
/** Bounds a walk: two million people. */
const MOST_PAGES = 10_000;

export interface PersonValues {
  readonly email: string;
  /** By the names of the account's fields (`firstname`). */
  readonly values: Readonly<Record<string, string>>;
}

/** Zoho Campaigns' API v1.1. Rejects with LiaisonErrors only. https://www.zoho.com/campaigns/help/developers/ */
export function zohoCampaignsClient(http: ConnectorHttp) {
  const call = jsonApi(http, () => `${http.apiUrl ?? 'https://campaigns.zoho.com'}/api/v1.1`);
  let labels: Promise<ReadonlyMap<string, string>> | undefined;

  async function ask<Schema extends z.ZodType>(
    path: string,
    query: Readonly<Record<string, string | number | undefined>>,
    schema: Schema,
  ): Promise<{ answer: z.infer<Schema>; at: number | null }> {
    const { body, at } = await call({ path, query: { resfmt: 'JSON', ...query } });
    return { answer: readAnswer(schema, body, VENDOR), at };
  }

  /** The same of a list; null where there is nobody. */
  async function listed<Schema extends z.ZodType>(
    wish: JsonCall,
    schema: Schema,
  ): Promise<{ answer: z.infer<Schema> | null; at: number | null }> {
    const { body, at } = await call({ ...wish, query: { resfmt: 'JSON', ...wish.query } });
    return { answer: isNobody(body) ? null : readAnswer(schema, body, VENDOR), at };
  }

  /** Every parameter travels in the query, of a POST too. */
  const send = (path: string, query: Readonly<Record<string, string | undefined>>) =>
    call({ method: 'POST', path, query: { resfmt: 'JSON', ...query } });

  /** How people call a field in this account: that is what it is written by. */
  async function labelsOf(): Promise<ReadonlyMap<string, string>> {
    const { body } = await call({ path: '/contact/allfields', query: { type: 'json' } });
    const { fieldname } = readAnswer(fieldsSchema, body, VENDOR).response.fieldnames;
    return new Map(fieldname.map((one) => [one.FIELD_NAME, one.DISPLAY_NAME]));
  }

  async function contactInfo({ email, values }: PersonValues): Promise<string> {
    labels ??= labelsOf();
    const known = await labels;
    const named = Object.entries({ ...values, contact_email: email }).map(([name, value]) => [
      known.get(name) ?? USUAL_LABELS[name] ?? name,
      value,
    ]);
    return JSON.stringify(Object.fromEntries(named));
  }

  async function count(list: string, standing: Standing): Promise<number> {
    const query = { listkey: list, status: standing };
    return (await ask('/listsubscriberscount', query, countSchema)).answer.no_of_contacts;
  }

  return {
    account: () => zoho.whose(http),

    /** Every mailing list. `at`: when that was, by Campaigns' own clock (epoch milliseconds). */
    async lists(): Promise<{ lists: readonly MailingList[]; at: number | null }> {
      const all: MailingList[] = [];
      for (let page = 0; page < MOST_PAGES; page += 1) {
        const query = { sort: 'asc', fromindex: all.length + 1, range: PAGE };
        const { answer, at } = await listed({ path: '/getmailinglists', query }, listsSchema);
        all.push(...(answer?.list_of_details ?? []));
        if ((answer?.list_of_details.length ?? 0) < PAGE) return { lists: all, at };
      }
      return { lists: all, at: null };
    },

    count,

    /**
     * A page of those who stand so in a list, from an index that begins at 1; null: there is nobody from there on.
     *
     * @throws LiaisonError `retry-later` where Campaigns shows nobody and counts somebody: the error that it answers
     *   for an empty list is the one for a list that it cannot show.
     */
    async subscribers(list: string, standing: Standing, from: number): Promise<readonly Subscriber[] | null> {
      const query = { listkey: list, status: standing, sort: 'asc', fromindex: from, range: PAGE };
      const { answer } = await listed({ path: '/getlistsubscribers', query }, subscribersSchema);
      if (answer !== null && answer.list_of_details.length > 0) return answer.list_of_details;
      if (from === 1 && (await count(list, standing)) > 0)
        throw failure('retry-later', VENDOR, 'The list shows nobody, and counts somebody.');
      return null;
    },

    /** Topics of the account, none where it does not use them. */
    async topics(): Promise<readonly { id: string; name: string }[]> {
      const { answer } = await listed({ path: '/topics' }, topicsSchema);
      const rows = answer?.topicDetails ?? [];
      return rows.map(({ topicId, topicName }) => ({ id: topicId, name: topicName || topicId }));
    },

    /** Puts somebody into a list, or changes what is known of them. Repeating it changes nothing. */
    async subscribe(list: string, person: PersonValues, topic: string | null): Promise<void> {
      const contactinfo = await contactInfo(person);
      const source = 'Liaison';
      await send('/json/listsubscribe', { listkey: list, contactinfo, source, topic_id: topic ?? undefined });
    },

    /** Takes somebody out of a list as one who left. */
    async unsubscribe(list: string, email: string): Promise<void> {
      const contactinfo = await contactInfo({ email, values: {} });
      await send('/json/listunsubscribe', { listkey: list, contactinfo });
    },

    /** Nothing is sent to this address any more, from whichever list. */
    async doNotMail(email: string): Promise<void> {
      await send('/json/contactdonotmail', { contactinfo: await contactInfo({ email, values: {} }) });
    },

    /** Campaigns that were sent, newest first; at most `most`. */
    async campaigns(most: number): Promise<readonly Campaign[]> {
      const query = { sort: 'desc', status: 'sent', fromindex: 1, range: most };
      const { answer } = await listed({ path: '/recentcampaigns', query }, campaignsSchema);
      return answer?.recent_campaigns ?? [];
    },

    /** A page of those who did something with a campaign, from an index that begins at 1. */
    async recipients(
      campaign: string,
      deed: Deed,
      from = 1,
    ): Promise<readonly { email: string; sentAt: string | null }[]> {
      const query = { campaignkey: campaign, action: deed, fromindex: String(from), range: String(PAGE) };
      const path = '/getcampaignrecipientsdata';
      const { answer } = await listed({ method: 'POST', path, query }, recipientsSchema);
      return answer?.list_of_details ?? [];
    },
  };
}

/** What fields are called in an account that was made in English: the samples of every page. */
const USUAL_LABELS: Readonly<Record<string, string>> = {
  contact_email: 'Contact Email',
  firstname: 'First Name',
  lastname: 'Last Name',
  companyname: 'Company Name',
  phone: 'Phone',
};
