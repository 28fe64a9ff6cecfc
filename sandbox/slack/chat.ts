import { required, textOf } from './arguments.ts';
import { channelById, channelByIdOrName, isMember } from './find-channel.ts';
import { nextTimestamp, shownMessage } from './message.ts';
import type { Call, Method } from './method.ts';
import { postedOf } from './posted.ts';
import { rateLimited, SlackRefusal } from './refusal.ts';
import { type ChannelRow, type MessageRow, messageKey, slackTables } from './rows.ts';
import { app } from './workspace.ts';

const writing = { scopes: ['chat:write'], takesJson: true };

/** https://docs.slack.dev/reference/methods?family=chat */
export const chatMethods: readonly Method[] = [
  { name: 'chat.postMessage', tier: 'special', ...writing, run: post },
  { name: 'chat.update', tier: 3, ...writing, run: update },
  { name: 'chat.delete', tier: 3, ...writing, run: remove },
];

function post(call: Call): object {
  const { desk, given, token, posting } = call;
  const channel = channelByIdOrName(desk, required(given, 'channel', 'channel_not_found'));
  if (channel.isArchived) throw new SlackRefusal('is_archived');
  if (!isMember(channel) && !token.scopes.includes('chat:write.public'))
    throw new SlackRefusal('not_in_channel');
  const posted = postedOf(given);
  const threadTs = textOf(given, 'thread_ts') ?? null;
  const { messages } = slackTables(desk);
  if (threadTs !== null && !messages.get(messageKey(channel.id, threadTs)))
    throw new SlackRefusal('cannot_reply_to_message');
  const wait = posting.take(channel.id);
  if (wait > 0) throw rateLimited(wait);
  const message: MessageRow = {
    channel: channel.id,
    ts: nextTimestamp(desk),
    user: app.botUserId,
    botId: app.botId,
    threadTs,
    edited: null,
    ...posted,
  };
  commit(call, 'chat.postMessage', 'create', message);
  return { channel: channel.id, ts: message.ts, message: shownMessage(message, desk, true) };
}

function update(call: Call): object {
  const { desk, given } = call;
  const { channel, message } = ownMessage(call, 'cant_update_message');
  const { metadata, ...posted } = postedOf(given);
  const edited = { user: app.botUserId, ts: nextTimestamp(desk) };
  const changed: MessageRow = { ...message, ...posted, metadata: metadata ?? message.metadata, edited };
  commit(call, 'chat.update', 'update', changed);
  // Slack leaves the timestamp out of the message here: it stands beside it.
  const { ts, ...content } = shownMessage(changed, desk, true);
  return { channel: channel.id, ts, text: changed.text, message: content };
}

function remove(call: Call): object {
  const { channel, message } = ownMessage(call, 'cant_delete_message');
  commit(call, 'chat.delete', 'delete', message);
  return { channel: channel.id, ts: message.ts };
}

function ownMessage(
  { desk, given }: Call,
  notOwn: string,
): { readonly channel: ChannelRow; readonly message: MessageRow } {
  const channel = channelById(desk, required(given, 'channel', 'channel_not_found'));
  const ts = required(given, 'ts', 'message_not_found');
  const message = slackTables(desk).messages.get(messageKey(channel.id, ts));
  if (!message) throw new SlackRefusal('message_not_found');
  if (message.botId !== app.botId) throw new SlackRefusal(notOwn);
  return { channel, message };
}

function commit(
  { desk }: Call,
  operation: string,
  action: 'create' | 'update' | 'delete',
  message: MessageRow,
): void {
  const { messages } = slackTables(desk);
  const key = messageKey(message.channel, message.ts);
  if (action === 'delete') messages.delete(key);
  else messages.put(key, message);
  const marker = message.metadata && JSON.stringify(message.metadata.event_payload);
  desk.wrote({ operation, object: 'message', id: key, action, marker, record: message });
}
