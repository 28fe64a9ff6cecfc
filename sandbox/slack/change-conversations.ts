import { flagOf, required } from './arguments.ts';
import { channelById, isMember } from './find-channel.ts';
import type { Call, Method } from './method.ts';
import { SlackRefusal } from './refusal.ts';
import { type ChannelRow, slackTables } from './rows.ts';
import { demand } from './scopes.ts';
import { shownChannel } from './shown-channel.ts';
import { app } from './workspace.ts';

const writing = { scopes: [], takesJson: true };

/** https://docs.slack.dev/reference/methods?family=conversations: those that change something. */
export const changingConversations: readonly Method[] = [
  { name: 'conversations.create', tier: 2, ...writing, run: create },
  { name: 'conversations.join', tier: 3, ...writing, scopes: ['channels:join'], run: join },
  { name: 'conversations.invite', tier: 3, ...writing, run: invite },
];

function create(call: Call): object {
  const { desk, given, token } = call;
  const isPrivate = flagOf(given, 'is_private');
  demand(token.scopes, isPrivate ? 'groups:write' : 'channels:manage');
  const name = required(given, 'name', 'invalid_name_required');
  if (name.length > 80) throw new SlackRefusal('invalid_name_maxlength');
  if (!/^[\p{Ll}\p{Lo}\p{N}_-]+$/u.test(name)) throw new SlackRefusal('invalid_name_specials');
  const taken = slackTables(desk)
    .channels.all()
    .some((channel) => channel.name === name);
  if (taken) throw new SlackRefusal('name_taken');
  const channel: ChannelRow = {
    id: `C${desk.id('', 10).toUpperCase()}`,
    name,
    isPrivate,
    isGeneral: false,
    isArchived: false,
    created: Math.floor(desk.clock().getTime() / 1000),
    creator: app.botUserId,
    topic: '',
    purpose: '',
    members: [app.botUserId],
  };
  return commit(call, 'conversations.create', 'create', channel);
}

function join(call: Call): object {
  const channel = channelById(call.desk, required(call.given, 'channel', 'channel_not_found'));
  if (channel.isPrivate) throw new SlackRefusal('method_not_supported_for_channel_type');
  if (channel.isArchived) throw new SlackRefusal('is_archived');
  if (isMember(channel))
    return {
      channel: shownChannel(channel, { counted: false }),
      warning: 'already_in_channel',
      response_metadata: { warnings: ['already_in_channel'] },
    };
  const members = [...channel.members, app.botUserId];
  return commit(call, 'conversations.join', 'update', { ...channel, members });
}

function invite(call: Call): object {
  const { desk, given, token } = call;
  const channel = channelById(desk, required(given, 'channel', 'channel_not_found'));
  demand(token.scopes, channel.isPrivate ? 'groups:write' : 'channels:manage');
  if (!isMember(channel)) throw new SlackRefusal('not_in_channel');
  const users = required(given, 'users', 'no_user')
    .split(',')
    .map((id) => id.trim());
  for (const id of users) {
    if (id === app.botUserId) throw new SlackRefusal('cant_invite_self');
    if (!slackTables(desk).users.get(id)) throw new SlackRefusal('user_not_found');
    if (channel.members.includes(id)) throw new SlackRefusal('already_in_channel');
  }
  const members = [...channel.members, ...users];
  return commit(call, 'conversations.invite', 'update', { ...channel, members });
}

function commit({ desk }: Call, operation: string, action: 'create' | 'update', channel: ChannelRow): object {
  slackTables(desk).channels.put(channel.id, channel);
  desk.wrote({ operation, object: 'channel', id: channel.id, action, marker: null, record: channel });
  return { channel: shownChannel(channel, { counted: false }) };
}
