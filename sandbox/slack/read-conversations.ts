import { flagOf, required, textOf } from './arguments.ts';
import { channelById, isMember } from './find-channel.ts';
import { shownMessage } from './message.ts';
import type { Call, Method } from './method.ts';
import { pageOf } from './paging.ts';
import { SlackRefusal } from './refusal.ts';
import { type ChannelRow, slackTables } from './rows.ts';
import { demand } from './scopes.ts';
import { shownChannel } from './shown-channel.ts';

const reading = { scopes: [], takesJson: false };
const KINDS: Readonly<Record<string, string>> = {
  public_channel: 'channels:read',
  private_channel: 'groups:read',
  im: 'im:read',
  mpim: 'mpim:read',
};

/** https://docs.slack.dev/reference/methods?family=conversations: those that change nothing. */
export const readingConversations: readonly Method[] = [
  { name: 'conversations.list', tier: 2, ...reading, run: list },
  { name: 'conversations.info', tier: 3, ...reading, run: info },
  { name: 'conversations.members', tier: 4, ...reading, run: members },
  { name: 'conversations.history', tier: 3, ...reading, run: history },
  { name: 'conversations.replies', tier: 3, ...reading, run: replies },
];

function list({ desk, given, token }: Call): object {
  const kinds = (textOf(given, 'types') ?? 'public_channel').split(',').map((kind) => kind.trim());
  for (const kind of kinds) {
    const scope = KINDS[kind];
    if (scope === undefined) throw new SlackRefusal('invalid_types');
    demand(token.scopes, scope);
  }
  const shown = slackTables(desk)
    .channels.all()
    .filter(
      (channel) =>
        (channel.isPrivate
          ? kinds.includes('private_channel') && isMember(channel)
          : kinds.includes('public_channel')) && !(channel.isArchived && flagOf(given, 'exclude_archived')),
    );
  const { rows, next } = pageOf(shown, given, ({ id }) => id, 100);
  return {
    channels: rows.map((channel) => shownChannel(channel, { counted: true })),
    response_metadata: { next_cursor: next },
  };
}

function info(call: Call): object {
  const channel = readable(call, 'read');
  return { channel: shownChannel(channel, { counted: flagOf(call.given, 'include_num_members') }) };
}

function members(call: Call): object {
  const { rows, next } = pageOf(readable(call, 'read').members, call.given, (id) => id, 100);
  return { members: rows, response_metadata: { next_cursor: next } };
}

function history(call: Call): object {
  const { desk, given } = call;
  const channel = readable(call, 'history');
  if (!isMember(channel)) throw new SlackRefusal('not_in_channel');
  const oldest = timestampOf(given.oldest, 'invalid_ts_oldest') ?? 0;
  const latest = timestampOf(given.latest, 'invalid_ts_latest') ?? Number.POSITIVE_INFINITY;
  const inclusive = flagOf(given, 'inclusive');
  const within = slackTables(desk)
    .messages.all()
    .filter(({ channel: id, ts, threadTs }) => {
      const at = Number(ts);
      const inside = inclusive ? at >= oldest && at <= latest : at > oldest && at < latest;
      return id === channel.id && inside && (threadTs === null || threadTs === ts);
    })
    .sort((a, b) => Number(b.ts) - Number(a.ts));
  const { rows, next } = pageOf(within, given, ({ ts }) => ts, 100);
  const withMetadata = flagOf(given, 'include_all_metadata');
  return {
    messages: rows.map((row) => shownMessage(row, desk, withMetadata)),
    has_more: next !== '',
    pin_count: 0,
    ...(next === '' ? {} : { response_metadata: { next_cursor: next } }),
  };
}

/** A message and what was answered in its thread, oldest first. https://docs.slack.dev/reference/methods/conversations.replies */
function replies(call: Call): object {
  const { desk, given } = call;
  const channel = readable(call, 'history');
  if (!isMember(channel)) throw new SlackRefusal('not_in_channel');
  const root = required(given, 'ts', 'thread_not_found');
  const there = slackTables(desk)
    .messages.all()
    .filter(({ channel: id, ts, threadTs }) => id === channel.id && (ts === root || threadTs === root))
    .sort((a, b) => Number(a.ts) - Number(b.ts));
  if (!there.some(({ ts }) => ts === root)) throw new SlackRefusal('thread_not_found');
  const { rows, next } = pageOf(there, given, ({ ts }) => ts, 1_000);
  const withMetadata = flagOf(given, 'include_all_metadata');
  return {
    messages: rows.map((row) => shownMessage(row, desk, withMetadata)),
    has_more: next !== '',
    ...(next === '' ? {} : { response_metadata: { next_cursor: next } }),
  };
}

function readable({ desk, given, token }: Call, what: 'read' | 'history'): ChannelRow {
  const channel = channelById(desk, required(given, 'channel', 'channel_not_found'));
  demand(token.scopes, `${channel.isPrivate ? 'groups' : 'channels'}:${what}`);
  return channel;
}

function timestampOf(value: unknown, error: string): number | undefined {
  if (value === undefined || value === '') return undefined;
  const number = Number(value);
  if (!Number.isFinite(number) || number < 0) throw new SlackRefusal(error);
  return number;
}
