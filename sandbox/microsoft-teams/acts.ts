import { type UserKey, users } from '../company/index.ts';
import type { VendorDesk } from '../core/simulator.ts';
import { actOnSubscriptions } from '../microsoft/notify.ts';
import { asEachAccount } from '../microsoft-accounts/account.ts';
import { keepMessage } from './book.ts';
import { sanitised } from './html.ts';
import { type ChannelRow, isMember, type MessageRow, type TeamRow, teamsTables } from './rows.ts';
import { tellOf } from './subscriptions.ts';

type Wish = Readonly<Record<string, unknown>>;

/**
 * What people do in Teams; the ledger, which counts what came through the API, says nothing of it. A channel is named by
 * its team and itself: `Support/Tickets urgents`.
 *
 * `{"act": "say", "channel": …, "who": "claire", "html": "<p>…</p>"}`, with `"to": <message>` as an answer and `"attachments": [{"name", "contentType", "contentUrl"}]`;
 * `{"act": "react", "message": …, "who": "hugo", "sign": "🎫"}`;
 * `{"act": "edit-message", "message": …, "html": …}` and `{"act": "delete-message", "message": …}`;
 * `{"act": "rename-channel" | "archive-channel" | "delete-channel", "channel": …, "name": …}`;
 * `{"act": "leave" | "join", "who": "hugo", "team": "Support"}`, or a private channel by `"channel"`.
 *
 * @throws Error with a sentence for an act, a person or a channel that there is not.
 */
export function act(desk: VendorDesk, wish: Wish): object {
  const { channels, messages } = teamsTables(desk);
  switch (wish.act) {
    case 'say': {
      const { channel } = channelNamed(desk, wish.channel);
      const files = Array.isArray(wish.attachments) ? (wish.attachments as object[]) : [];
      return { message: say(desk, channel, personIn(wish), String(wish.html ?? ''), wish.to, files) };
    }
    case 'rename-channel': {
      const { channel } = channelNamed(desk, wish.channel);
      channels.put(channel.id, { ...channel, name: String(wish.name) });
      return {};
    }
    case 'archive-channel': {
      const { channel } = channelNamed(desk, wish.channel);
      channels.put(channel.id, { ...channel, isArchived: true });
      return {};
    }
    case 'delete-channel': {
      const { channel } = channelNamed(desk, wish.channel);
      deleteChannel(desk, channel);
      return {};
    }
    case 'edit-message': {
      const row = messageNamed(desk, wish.message);
      const at = desk.clock().getTime();
      const edited = { ...row, content: sanitised(String(wish.html)), editedAt: at, changedAt: at };
      tellOf(desk, 'updated', messages.put(row.id, edited));
      return {};
    }
    case 'react': {
      const row = messageNamed(desk, wish.message);
      const at = desk.clock().getTime();
      const given = { who: personIn(wish), sign: String(wish.sign), at };
      const reacted = { ...row, reactions: [...(row.reactions ?? []), given], changedAt: at };
      tellOf(desk, 'updated', messages.put(row.id, reacted));
      return {};
    }
    case 'delete-message': {
      const row = messageNamed(desk, wish.message);
      const at = desk.clock().getTime();
      tellOf(desk, 'deleted', messages.put(row.id, { ...row, deletedAt: at, changedAt: at }));
      return {};
    }
    case 'leave':
      return moveMember(desk, wish, (members, who) => members.filter((one) => one !== who));
    case 'join':
      return moveMember(desk, wish, (members, who) => [...new Set([...members, who])]);
    default: {
      const each = asEachAccount(desk, (own) => actOnSubscriptions(own, wish));
      if (each.some((one) => one !== undefined)) return {};
      throw new Error(
        'Teams knows the acts "say", "react", "edit-message", "delete-message", "rename-channel", "archive-channel", "delete-channel", "leave" and "join".',
      );
    }
  }
}

export function say(
  desk: VendorDesk,
  channel: ChannelRow,
  who: UserKey,
  html: string,
  to?: unknown,
  attachments: readonly object[] = [],
): MessageRow {
  return keepMessage(desk, {
    ...{ channelId: channel.id, from: who, content: sanitised(html), attachments },
    ...(typeof to === 'string' ? { replyToId: to } : {}),
  });
}

function messageNamed(desk: VendorDesk, id: unknown): MessageRow {
  const row = teamsTables(desk).messages.get(String(id));
  if (row === undefined) throw new Error(`Teams has no message "${String(id)}".`);
  return row;
}

export function deleteChannel(desk: VendorDesk, { id }: ChannelRow): void {
  const { channels, messages } = teamsTables(desk);
  channels.delete(id);
  for (const one of messages.all()) if (one.channelId === id) messages.delete(one.id);
}

function personIn({ who }: Wish): UserKey {
  const found = users.find(({ key, email }) => key === who || email === who);
  if (found === undefined) throw new Error(`Nobody in Teams is called "${String(who)}".`);
  return found.key;
}

function teamNamed(desk: VendorDesk, name: unknown): TeamRow {
  const found = teamsTables(desk)
    .teams.all()
    .find((one) => one.name === name);
  if (found === undefined) throw new Error(`Teams has no team called "${String(name)}".`);
  return found;
}

export function channelNamed(desk: VendorDesk, name: unknown): { team: TeamRow; channel: ChannelRow } {
  const text = String(name);
  const cut = text.lastIndexOf('/');
  const team = teamNamed(desk, text.slice(0, cut));
  const channel = teamsTables(desk)
    .channels.all()
    .find((one) => one.teamId === team.id && one.name === text.slice(cut + 1));
  if (channel === undefined) throw new Error(`Teams has no channel called "${text}".`);
  return { team, channel };
}

/** Whoever leaves a team leaves its private channels, too. */
function moveMember(
  desk: VendorDesk,
  wish: Wish,
  change: (members: readonly UserKey[], who: UserKey) => UserKey[],
): object {
  const who = personIn(wish);
  const { teams, channels } = teamsTables(desk);
  if (wish.channel !== undefined) {
    const { team, channel } = channelNamed(desk, wish.channel);
    channels.put(channel.id, { ...channel, members: change(channel.members ?? team.members, who) });
    return {};
  }
  const team = teamNamed(desk, wish.team);
  const moved = { ...team, members: change(team.members, who) };
  teams.put(team.id, moved);
  for (const channel of channels.all())
    if (
      channel.teamId === team.id &&
      channel.members !== null &&
      !isMember(moved, { ...channel, members: null }, who)
    )
      channels.put(channel.id, { ...channel, members: channel.members.filter((one) => one !== who) });
  return {};
}
