import { z } from 'zod';
import type { ConnectorHttp } from '../../core/connector.ts';
import { readAnswer } from '../../core/read-answer.ts';
import { failure } from '../../kit/failures.ts';
import { jsonApi } from '../../kit/json-api.ts';
import { eachOf } from '../../kit/pages.ts';
import { tokenList } from '../../kit/token-list.ts';
import { zoho } from '../families/zoho/family.ts';
import { VENDOR } from './failures.ts';

export type ZohoCliqClient = ReturnType<typeof zohoCliqClient>;

const PAGE = 100;
/** Reads of one conversation: thirteen a minute are let through. */
const MOST_PAGES = 10;
/** Cliq's clock and ours may differ by so much. */
const CLOCKS_APART_MS = 600_000;

const id = z.union([z.string(), z.number()]).transform(String);
const lists = { size: { name: 'limit', most: PAGE }, token: 'next_token' };
const channel = z.object({
  channel_id: id,
  chat_id: id,
  unique_name: z.string(),
  name: z.string(),
  status: z.string().catch('created'),
});
const person = z.object({ id, name: z.string(), email_id: z.string() });
const chat = z.object({ chat_id: id, recipients_summary: z.array(z.object({ user_id: id })).catch([]) });
const messages = z.object({ data: z.array(z.object({ id, time: z.coerce.number(), content: z.unknown() })) });
const posted = z.object({ message_id: id });

/** Zoho Cliq's REST API, as the user who connected it: https://www.zoho.com/cliq/help/restapi/v3/ */
export function zohoCliqClient(http: ConnectorHttp) {
  const call = jsonApi(http, () => `${http.apiUrl ?? 'https://cliq.zoho.com'}/api`);
  /** Of what the user takes part in. */
  const joined = { joined: 'true' };
  const channels = () =>
    tokenList(call, VENDOR, {
      ...lists,
      path: '/v2/channels',
      query: joined,
      member: 'channels',
      row: channel,
    });
  const people = () => tokenList(call, VENDOR, { ...lists, path: '/v2/users', member: 'data', row: person });
  const chats = () => tokenList(call, VENDOR, { ...lists, path: '/v2/chats', member: 'chats', row: chat });

  /** The conversation that a place is; null: nothing was ever said there. */
  async function chatOf(place: string): Promise<string | null> {
    if (!place.includes('@')) {
      const all = await channels();
      const found = all.find((one) => [`#${one.unique_name}`, one.channel_id].includes(place));
      return found?.chat_id ?? null;
    }
    const who = (await people()).find((one) => one.email_id.toLowerCase() === place.toLowerCase());
    const isWith = ({ recipients_summary: others }: z.output<typeof chat>) =>
      others.length === 1 && others[0]?.user_id === who?.id;
    return (await chats()).find(isWith)?.chat_id ?? null;
  }

  return {
    channels,
    people,
    account: () => zoho.whose(http),

    /** Posts a message. @returns the id of it, empty where Cliq tells none. */
    async post(place: string, text: string): Promise<string> {
      const json = { text, sync_message: true };
      const { body } = await call({ method: 'POST', path: pathOf(place), json });
      return posted.safeParse(body).data?.message_id ?? '';
    },

    /** Id of the message at a place, since a moment, that holds a text; null: there is none. */
    async messageWith(place: string, sought: string, since: Date): Promise<string | null> {
      const chatId = await chatOf(place);
      if (chatId === null) return null;
      const path = `/v2/chats/${encodeURIComponent(chatId)}/messages`;
      const from = since.getTime() - CLOCKS_APART_MS;
      // The newest are given: where there are more, those up to the oldest of these are asked for.
      const page = async (to: number | null) => {
        const query = { fromtime: from, totime: to ?? undefined, limit: PAGE };
        const { data } = readAnswer(messages, (await call({ path, query })).body ?? { data: [] }, VENDOR);
        return { items: data, next: data.length < PAGE ? null : Math.min(...data.map(({ time }) => time)) };
      };
      // Better no message than a second one: a person looks.
      const beyond = () => failure('unknown', VENDOR, 'Too much was said since to tell whether it is there.');
      for await (const one of eachOf(page, { most: MOST_PAGES, beyond })) {
        if (JSON.stringify(one.content ?? '').includes(sought)) return one.id;
      }
      return null;
    },
  };
}

/** People are posted to by version 2 alone. */
function pathOf(place: string): string {
  const named = encodeURIComponent(place.replace(/^#/, ''));
  if (place.includes('@')) return `/v2/buddies/${named}/message`;
  return place.startsWith('#') ? `/v3/channelsbyname/${named}/messages` : `/v3/channels/${named}/messages`;
}
