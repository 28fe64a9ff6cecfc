import { company, users } from '../company/index.ts';
import { pageOr } from '../kit/cursor-pages.ts';
import type { Reply } from '../kit/refusal.ts';
import { type Call, type Operation, refusal } from './api.ts';
import { chatOf, directChat } from './post.ts';
import { cliqTables, nameOf, userIdOf } from './rows.ts';

const reads = (path: string, scope: string, perMinute: number, run: (call: Call) => Reply): Operation => {
  return { method: 'GET', path, scope: `ZohoCliq.${scope}.READ`, perMinute, takes: {}, run };
};

/** Version 2 has these: https://www.zoho.com/cliq/help/restapi/v2/ */
export const readingOperations: readonly Operation[] = [
  reads('/v2/channels', 'Channels', 30, listChannels),
  reads('/v2/users', 'Users', 30, listUsers),
  reads('/v2/chats', 'Chats', 30, listChats),
  reads('/v2/chats/{chat}/messages', 'Messages', 15, listMessages),
];

const unusable = () => refusal(400, 'invalid_parameters', 'limit or next_token is not usable.');
const listed = <Row>({ query }: Call, rows: readonly Row[], keyOf: (row: Row) => string) =>
  pageOr([rows, keyOf, query, { size: 'limit', token: 'next_token', most: 100 }], unusable);

/** Private ones are seen from within only; `joined=true` leaves those that the user takes part in. */
function listChannels(call: Call): Reply {
  const all = cliqTables(call.desk).channels.all();
  const open = call.query.get('joined') !== 'true';
  const seen = all.filter((one) => one.participants.includes(call.user) || (one.level !== 'private' && open));
  const { rows, next } = listed(call, seen, ({ id }) => id);
  const channels = rows.map(({ id, chatId, uniqueName, name, level, status, participants }) => ({
    ...{ channel_id: id, chat_id: chatId, unique_name: uniqueName, name, level, status },
    ...{ organization_id: company.zgid, joined: participants.includes(call.user) },
  }));
  return { body: { channels, ...next } };
}

function listUsers(call: Call): Reply {
  const { rows, next } = listed(call, users, ({ key }) => key);
  const data = rows.map(({ key, email }) => {
    return { id: userIdOf(key), name: nameOf(userIdOf(key)), email_id: email, status: 'active' };
  });
  return { body: { url: '/api/v2/users', type: 'user', ...next, data } };
}

/** Conversations of two. */
function listChats(call: Call): Reply {
  const said = cliqTables(call.desk).messages.all();
  const all = users.map(({ key }) => ({
    id: directChat(userIdOf(call.user), userIdOf(key)),
    who: userIdOf(key),
  }));
  const held = all.filter(({ id }) => said.some(({ chatId }) => chatId === id));
  const { rows, next } = listed(call, held, ({ id }) => id);
  const chats = rows.map(({ id, who: user_id }) => {
    return { chat_id: id, chat_type: 'dm', recipients_summary: [{ user_id, name: nameOf(user_id) }] };
  });
  return { body: { chats, ...next } };
}

/** The newest of a conversation, oldest first; `fromtime` and `totime` in milliseconds. */
function listMessages(call: Call): Reply {
  const chatId = chatOf(call);
  const [from, to] = ['fromtime', 'totime'].map((name) => call.query.get(name));
  const all = cliqTables(call.desk).messages.all();
  const own = all.filter(
    (one) => one.chatId === chatId && one.at >= Number(from ?? 0) && one.at <= Number(to ?? one.at),
  );
  const { rows } = listed(call, own.reverse(), ({ id }) => id);
  const data = rows.toReversed().map(({ id, at, sender, text }) => {
    return { id, time: at, type: 'text', sender: { id: sender, name: nameOf(sender) }, content: { text } };
  });
  return { body: { data } };
}
