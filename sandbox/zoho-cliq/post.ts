import { users } from '../company/index.ts';
import type { BodyFields } from '../kit/body-fields.ts';
import type { Reply } from '../kit/refusal.ts';
import { type Call, notFound, type Operation, personOf, refusal } from './api.ts';
import { BOT, type ChannelRow, cliqTables, type MessageRow, userIdOf } from './rows.ts';

const words = { is: 'text' } as const;
const TEXT: BodyFields = {
  text: { ...words, required: true, most: 5000 },
  reply_to: words,
  sync_message: { is: 'boolean' },
  mark_as_read: { is: 'boolean' },
};
const CARDS = { ...TEXT, card: { is: 'object' }, slides: { is: 'list', most: 20 }, user_ids: words } as const;

const posts = (path: string, takes: BodyFields, run: (call: Call) => Reply): Operation => {
  const scope = 'ZohoCliq.Webhooks.CREATE';
  return { method: 'POST', path, scope, perMinute: 50, lockMinutes: 10, takes, run };
};

/** https://www.zoho.com/cliq/help/restapi/v3/messages; to a person in version 2 only. */
export const postingOperations: readonly Operation[] = [
  posts('/v3/channelsbyname/{name}/messages', TEXT, inChannel),
  posts('/v3/channels/{channel}/messages', TEXT, inChannel),
  posts('/v3/chats/{chat}/messages', TEXT, (call) => post(call, chatOf(call), userIdOf(call.user))),
  posts('/v3/bots/{bot}/messages', CARDS, asBot),
  posts('/v2/buddies/{user}/message', CARDS, toPerson),
];

function inChannel(call: Call): Reply {
  const { desk, path, query, user } = call;
  const all = cliqTables(desk).channels.all();
  const channel = all.find(({ id, uniqueName }) => id === path.channel || uniqueName === path.name);
  if (!channel) throw notFound('channel');
  const bot = query.get('bot_unique_name');
  const takesPart =
    bot === null ? channel.participants.includes(user) : channel.bot && bot === BOT.uniqueName;
  return post(call, within(channel, takesPart), bot === null ? userIdOf(user) : BOT.id);
}

/** The conversation that a path names: a channel's, or one that the user has with somebody. */
export function chatOf({ desk, path, user }: Call): string {
  const { channels, messages } = cliqTables(desk);
  const chatId = path.chat ?? '';
  const channel = channels.all().find((one) => one.chatId === chatId);
  if (channel) return within(channel, channel.participants.includes(user));
  const begun = messages.all().some((one) => one.chatId === chatId);
  if (!begun || !chatId.split('_').includes(userIdOf(user))) throw notFound('chat');
  return chatId;
}

function within({ chatId }: ChannelRow, takesPart: boolean): string {
  if (takesPart) return chatId;
  throw refusal(403, 'access_denied', 'The user does not have enough permission.');
}

const directChat = (one: string, other: string): string => `CT_${[one, other].sort().join('_')}`;

function toPerson(call: Call): Reply {
  const [sender, other] = [userIdOf(call.user), userIdOf(personOf(call.path.user ?? ''))];
  return post(call, directChat(sender, other), sender);
}

/** To each of the bot's subscribers, here everybody, or to those that are named, commas between them. */
function asBot(call: Call): Reply {
  if (call.path.bot !== BOT.uniqueName) throw notFound('bot');
  const named = call.body.user_ids ?? call.query.get('user_ids') ?? users.map(({ key }) => key).join();
  const people = String(named).split(',').map(personOf);
  return people.map((key) => post(call, directChat(BOT.id, userIdOf(key)), BOT.id)).at(-1) ?? { status: 204 };
}

/** Answers nothing, unless `sync_message` asks for the id. */
function post({ desk, request, body }: Call, chatId: string, sender: string): Reply {
  const { text, sync_message: waits, user_ids: _to, ...more } = body;
  const { channels, messages } = cliqTables(desk);
  if (channels.all().some((one) => one.chatId === chatId && one.status === 'archived'))
    throw refusal(400, 'channel_archived', 'The channel is archived.');
  const at = desk.clock().getTime();
  const id = `${at}_${desk.digits('', 11)}`;
  const record: MessageRow = { id, chatId, sender, text: String(text), at, more };
  messages.put(id, record);
  // Cliq has no key for repeats: what tells one is the fragment of a link in the text, which nobody sees.
  const marker = /https?:\/\/[^\s)]+#([^\s)]+)/.exec(record.text)?.[1] ?? null;
  desk.wrote({ operation: `POST ${request.path}`, object: 'message', id, action: 'create', marker, record });
  return waits === true ? { body: { message_id: id } } : { status: 204 };
}
