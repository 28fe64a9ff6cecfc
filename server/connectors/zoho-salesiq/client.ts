import { z } from 'zod';
import type { Chat, ChatLine, ChatRating, VisitorLines } from '../../core/chat/chat.ts';
import type { ConnectorHttp, VendorAccount } from '../../core/connector.ts';
import { asLiaisonError, LiaisonError } from '../../core/errors.ts';
import { readAnswer } from '../../core/read-answer.ts';
import { failure } from '../../kit/failures.ts';
import { ifFailed, ifGone } from '../../kit/if-gone.ts';
import { type JsonCall, jsonApi } from '../../kit/json-api.ts';
import { zoho } from '../families/zoho/family.ts';
import { chatPage } from './addresses.ts';
import { saysNoVisitor, VENDOR } from './failures.ts';
import {
  asChat,
  asLine,
  conversationSchema,
  conversationsSchema,
  feedbackSchema,
  type Message,
  messagesSchema,
  portalsSchema,
  type SalesIqWebhook,
  webhookSchema,
} from './shapes.ts';

export type ZohoSalesIqClient = ReturnType<typeof zohoSalesIqClient>;

/** Most conversations of one page: https://www.zoho.com/salesiq/help/developer-section/get-conversation-list-details-v2.html */
export const PAGE = 99;
/** Bounds the walk through one chat. */
const MOST_MESSAGE_PAGES = 50;

export interface ListWish {
  /** Those that changed after this moment, epoch milliseconds. */
  readonly updatedFrom?: number;
  /** And before this one. */
  readonly updatedTill?: number;
  readonly email?: string;
  /** From 1. */
  readonly page?: number;
  readonly limit?: number;
}

export interface WantedWebhook {
  readonly url: string;
  readonly events: readonly string[];
}

/**
 * Zoho SalesIQ's REST API, whose three generations stand side by side: v2 for conversations and webhooks, v1 for
 * visitors by their address. Rejects with LiaisonErrors only. A portal that is not named is the account's first.
 */
export function zohoSalesIqClient(http: ConnectorHttp) {
  const host = http.apiUrl ?? 'https://salesiq.zoho.com';
  const call = jsonApi(http, () => `${host}/api`);

  const screenOf = (portal: string): string => {
    const screen = portal || http.account.facts?.screenName;
    if (screen === undefined) throw noPortal();
    return screen;
  };
  const at = (portal: string, path: string): string => `/v2/${encodeURIComponent(screenOf(portal))}${path}`;
  const ofChat = (portal: string, chat: string, path = ''): string =>
    at(portal, `/conversations/${encodeURIComponent(chat)}${path}`);

  async function ask<Schema extends z.ZodType>(wish: JsonCall, schema: Schema): Promise<z.infer<Schema>> {
    const { body } = await call(wish);
    return readAnswer(schema, body, VENDOR, (wish.method ?? 'GET') !== 'GET');
  }

  const portals = async () =>
    (await ask({ path: '/v2/portals' }, portalsSchema)).data.map(({ screenname, name }) => ({
      screenName: screenname,
      name: name ?? screenname,
    }));

  const read = (portal: string, row: z.output<typeof conversationSchema>['data']): Chat =>
    asChat(row, screenOf(portal), chatPage(host, screenOf(portal), row.id));

  const chatOf = (portal: string, id: string): Promise<Chat | null> =>
    ifGone(
      async () => read(portal, (await ask({ path: ofChat(portal, id) }, conversationSchema)).data),
      null,
    );

  return {
    portals,

    /** The person who connected, and the portal that is theirs where none is chosen. */
    async whose(): Promise<VendorAccount> {
      const [user, [first]] = await Promise.all([zoho.whose(http), portals()]);
      if (first === undefined) throw noPortal();
      return { ...user, name: `${first.name} (${user.name})`, facts: { screenName: first.screenName } };
    },

    chat: chatOf,

    /** A page of the portal's chats, those that changed last first; `at`: when that was, by SalesIQ's own clock. */
    async chats(portal: string, wish: ListWish): Promise<{ chats: readonly Chat[]; at: number }> {
      const query = {
        sort_by: 'updated_time',
        limit: wish.limit ?? PAGE,
        page: wish.page ?? 1,
        updated_from_time: wish.updatedFrom,
        updated_till_time: wish.updatedTill,
        email: wish.email,
      };
      const { body, at: date } = await call({ path: at(portal, '/conversations'), query });
      const { data, sync_time: clock } = readAnswer(conversationsSchema, body, VENDOR);
      const now = clock ?? date;
      if (now === null) throw failure('retry-later', VENDOR, 'An answer came without a date.');
      return { chats: data.map((row) => read(portal, row)), at: now };
    },

    /**
     * Everything that was said. No page says in which order it comes, nor how much at once: what is asked for next
     * follows from what came.
     */
    async lines(portal: string, chat: string): Promise<readonly ChatLine[]> {
      const found = new Map<string, Message>();
      let bound: { readonly from_time?: number; readonly to_time?: number } = {};
      for (let page = 0; page < MOST_MESSAGE_PAGES; page += 1) {
        const query = { limit: PAGE, ...bound };
        const { data } = await ask({ path: ofChat(portal, chat, '/messages'), query }, messagesSchema);
        const fresh = data.filter((one) => !found.has(one.id));
        for (const one of fresh) found.set(one.id, one);
        const times = fresh.flatMap(({ time }) => time ?? []);
        if (fresh.length === 0 || times.length === 0) break;
        const isAscending = (data[0]?.time ?? 0) <= (data.at(-1)?.time ?? 0);
        bound = isAscending ? { from_time: Math.max(...times) } : { to_time: Math.min(...times) };
        if (data.length < USUAL_MESSAGES) break;
      }
      const rows = [...found.values()].sort((one, other) => (one.time ?? 0) - (other.time ?? 0));
      return rows.flatMap((row) => asLine(row) ?? []);
    },

    /** Without the permission, and of a chat that nobody rated, there is none. */
    rating: (portal: string, chat: string): Promise<ChatRating | null> =>
      ifFailed(
        ['gone', 'rejected'],
        () => ask({ path: ofChat(portal, chat, '/feedback') }, feedbackSchema),
        null,
      ),

    /**
     * Adds lines to what is known of the visitor with this address. The page calls the method UPDATE, which HTTP has
     * not: PUT is what every other change of SalesIQ's is.
     *
     * @returns false where no visitor has the address.
     */
    async tellVisitor(portal: string, email: string, lines: VisitorLines): Promise<boolean> {
      const path = `/v1/${encodeURIComponent(screenOf(portal))}/visitorsbyemail/${encodeURIComponent(email)}`;
      const { body } = await call({ method: 'PUT', path, query: { customerinfo: JSON.stringify(lines) } });
      if (saysNoVisitor(body)) return false;
      readAnswer(toldSchema, body, VENDOR, true);
      return true;
    },

    /** The same beside one chat. @returns false where it is not there, or not open any more. */
    async tellChat(portal: string, chat: string, lines: VisitorLines): Promise<boolean> {
      const json = { customer_info: lines };
      try {
        await ask({ method: 'PUT', path: ofChat(portal, chat), json }, doneSchema);
        return true;
      } catch (thrown) {
        const { kind } = asLiaisonError(thrown);
        if (kind === 'gone') return false;
        // No page shows the code for a chat that is over: whether it is says the chat itself.
        if (kind === 'rejected' && (await chatOf(portal, chat))?.state !== 'open') return false;
        throw thrown;
      }
    },

    webhooks: async (portal: string): Promise<readonly SalesIqWebhook[]> =>
      (await ask({ path: at(portal, '/webhooks') }, webhooksSchema)).data,

    /** @param id of one that stands and is put right; null: a new one is made. */
    async keepWebhook(
      portal: string,
      id: string | null,
      { url, events }: WantedWebhook,
    ): Promise<SalesIqWebhook> {
      const json = { type: 'data', url, events, secured: true };
      const asked =
        id === null
          ? ({ method: 'POST', path: at(portal, '/webhooks'), json } as const)
          : ({
              method: 'PUT',
              path: at(portal, `/webhooks/${encodeURIComponent(id)}`),
              json: { ...json, status: 'enabled' },
            } as const);
      return (await ask(asked, oneWebhookSchema)).data;
    },

    /** Makes a pair of keys for it: https://www.zoho.com/salesiq/help/developer-section/generate-public-key-webhook-v2.html */
    makeKey: async (portal: string, id: string): Promise<SalesIqWebhook> =>
      (
        await ask(
          { method: 'POST', path: at(portal, `/webhooks/${encodeURIComponent(id)}/keys`) },
          oneWebhookSchema,
        )
      ).data,

    /** One that is not there is none to delete. */
    async deleteWebhook(portal: string, id: string): Promise<void> {
      const path = at(portal, `/webhooks/${encodeURIComponent(id)}`);
      await ifGone(() => ask({ method: 'DELETE', path }, doneSchema), null);
    },

    screenOf,
  };
}

/** Fewer than this on a page: it was the last. */
const USUAL_MESSAGES = 20;
const toldSchema = z.object({ data: z.unknown() });
const doneSchema = z.looseObject({});
const webhooksSchema = z.object({ data: z.array(webhookSchema) });
const oneWebhookSchema = z.object({ data: webhookSchema });

function noPortal(): LiaisonError {
  return new LiaisonError('rejected', {
    sentence: {
      en: 'This user is an operator of no Zoho SalesIQ portal. Connect as one of the portal that is meant.',
      fr: 'Cet utilisateur n’est opérateur d’aucun portail Zoho SalesIQ. Connectez un opérateur du portail voulu.',
    },
  });
}
