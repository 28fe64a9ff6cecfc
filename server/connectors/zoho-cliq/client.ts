import { z } from 'zod';
import type { ConnectorHttp } from '../../core/connector.ts';
import { readAnswer } from '../../core/read-answer.ts';
import { type JsonCall, jsonApi } from '../../kit/json-api.ts';
import { byToken, eachOf } from '../../kit/pages.ts';
import { dataCentreOf } from '../families/zoho/data-centres.ts';
import { zoho } from '../families/zoho/family.ts';
import { VENDOR } from './failures.ts';

export type ZohoCliqClient = ReturnType<typeof zohoCliqClient>;

/** Pages of a hundred: Cliq's most. */
const PAGE = 100;
const MOST_PAGES = 50;
/** Cliq's clock and ours may differ by so much. */
const CLOCKS_APART_MS = 600_000;

const id = z.union([z.string(), z.number()]).transform(String);
const channel = z.object({ channel_id: id, chat_id: id, unique_name: z.string(), name: z.string() });
const channelRow = channel.extend({ status: z.string().catch('created') });
const person = z.object({ id, name: z.string(), email_id: z.string() });
const recipients = z.array(z.object({ user_id: id })).catch([]);
const chat = z.object({
  chat_id: id,
  participant_count: z.number().catch(0),
  recipients_summary: recipients,
});
const message = z.object({ id, time: z.coerce.number(), content: z.unknown() });

/** Zoho Cliq's REST API, as the user who connected it: https://www.zoho.com/cliq/help/restapi/v3/ */
export function zohoCliqClient(http: ConnectorHttp) {
  const { site } = dataCentreOf(http.apiUrl);
  const call = jsonApi(http, () => `https://cliq.${site}/api`);

  async function all<Row extends z.ZodType>(
    path: string,
    member: string,
    row: Row,
    query: JsonCall['query'],
  ) {
    const rows: z.output<Row>[] = [];
    const page = async (token: string | null) => {
      const asked = { ...query, limit: PAGE, next_token: token ?? undefined };
      const { body } = await call({ path, query: asked });
      const answer = z.object({ [member]: z.array(row), next_token: id.nullish() });
      const read = readAnswer(answer, body, VENDOR) as Record<string, unknown>;
      return { items: read[member] as z.output<Row>[], next: byToken(read.next_token as string | null) };
    };
    for await (const one of eachOf(page, { most: MOST_PAGES })) rows.push(one);
    return rows;
  }

  /** Channels that the user takes part in, archived ones left out. */
  const channels = async () =>
    (await all('/v2/channels', 'channels', channelRow, { joined: 'true' })).filter(
      ({ status }) => status === 'created',
    );
  const people = () => all('/v2/users', 'data', person, {});

  /** The conversation that a place is; null: nothing was ever said there. */
  async function chatOf(place: string): Promise<string | null> {
    if (place.startsWith('CT_')) return place;
    if (!place.includes('@')) {
      const named = (one: z.output<typeof channel>) =>
        [`#${one.unique_name}`, one.channel_id].includes(place);
      return (await channels()).find(named)?.chat_id ?? null;
    }
    const who = (await people()).find(({ email_id: email }) => email.toLowerCase() === place.toLowerCase());
    const between = (one: z.output<typeof chat>) =>
      one.participant_count <= 2 && one.recipients_summary.some(({ user_id: user }) => user === who?.id);
    return (await all('/v2/chats', 'chats', chat, {})).find(between)?.chat_id ?? null;
  }

  return {
    channels,
    people,
    account: () => zoho.whose(http),

    /** Posts a message. @returns the id of it, empty where Cliq tells none. */
    async post(place: string, text: string): Promise<string> {
      const json = { text, sync_message: true };
      const { body } = await call({ method: 'POST', path: pathOf(place), json });
      return z.object({ message_id: id }).safeParse(body).data?.message_id ?? '';
    },

    /** Id of the message at a place, since a moment, that holds a text; null: there is none. */
    async messageWith(place: string, sought: string, since: Date): Promise<string | null> {
      const chatId = await chatOf(place);
      if (chatId === null) return null;
      const path = `/v2/chats/${encodeURIComponent(chatId)}/messages`;
      const from = since.getTime() - CLOCKS_APART_MS;
      // The newest come first; where there are more, the older ones are asked for up to the oldest of these.
      const page = async (to: number | null) => {
        const query = { fromtime: from, totime: to ?? undefined, limit: PAGE };
        const { body } = await call({ path, query });
        const { data } = readAnswer(z.object({ data: z.array(message) }), body ?? { data: [] }, VENDOR);
        const oldest = Math.min(...data.map(({ time }) => time));
        return { items: data, next: data.length < PAGE || oldest === to ? null : oldest };
      };
      for await (const one of eachOf(page, { most: MOST_PAGES })) {
        if (JSON.stringify(one.content ?? '').includes(sought)) return one.id;
      }
      return null;
    },
  };
}

/** People are posted to by version 2 alone. */
function pathOf(place: string): string {
  const named = encodeURIComponent(place.replace(/^#/, ''));
  if (place.startsWith('CT_')) return `/v3/chats/${named}/messages`;
  if (place.includes('@')) return `/v2/buddies/${named}/message`;
  return place.startsWith('#') ? `/v3/channelsbyname/${named}/messages` : `/v3/channels/${named}/messages`;
}
