import { company, users } from '../company/index.ts';
import { pageAsked } from '../kit/cursor-pages.ts';
import type { Reply } from '../kit/refusal.ts';
import { type Call, type Operation, refusal } from './api.ts';
import { chatOf } from './post.ts';
import { cliqTables, nameOf, userIdOf } from './rows.ts';

const reads = (path: string, scope: string, perMinute: number, run: (call: Call) => Reply): Operation => {
  return { method: 'GET', path, scope: `ZohoCliq.${scope}.READ`, perMinute, lockMinutes: 10, takes: {}, run };
};

/** Version 2 has these: https://www.zoho.com/cliq/help/restapi/v2/ */
export const readingOperations: readonly Operation[] = [
  reads('/v2/channels', 'Channels', 30, listChannels),
  reads('/v2/users', 'Users', 30, listUsers),
  reads('/v2/chats/{chat}/messages', 'Messages', 15, listMessages),
];

function listed<Row>({ query }: Call, rows: readonly Row[], keyOf: (row: Row) => string) {
  const page = pageAsked(rows, keyOf, query, { size: 'limit', token: 'next_token', most: 100 });
  if (!page) throw refusal(400, 'invalid_parameters', 'limit or next_token is not usable.');
  return { rows: page.rows, next: page.next === null ? {} : { next_token: page.next } };
}

/** Private ones are seen from within only; `joined=true` leaves those that the user takes part in. */
function listChannels(call: Call): Reply {
  const { desk, query, user } = call;
  const all = cliqTables(desk).channels.all();
  const open = query.get('joined') !== 'true';
  const seen = all.filter((one) => one.participants.includes(user) || (one.level !== 'private' && open));
  const { rows, next } = listed(call, seen, ({ id }) => id);
  const channels = rows.map(({ id, chatId, uniqueName, name, level, status, participants }) => ({
    ...{ channel_id: id, chat_id: chatId, unique_name: uniqueName, name, level, status },
    ...{ organization_id: company.zgid, joined: participants.includes(user) },
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

/** The newest of a conversation, oldest first; `fromtime` in milliseconds. */
function listMessages(call: Call): Reply {
  const [chatId, from] = [chatOf(call), Number(call.query.get('fromtime') ?? 0)];
  const all = cliqTables(call.desk).messages.all();
  const own = all.filter((one) => one.chatId === chatId && one.at >= from);
  const { rows } = listed(call, own.reverse(), ({ id }) => id);
  const data = rows.toReversed().map(({ id, at, sender, text }) => {
    return { id, time: at, type: 'text', sender: { id: sender, name: nameOf(sender) }, content: { text } };
  });
  return { body: { data } };
}
