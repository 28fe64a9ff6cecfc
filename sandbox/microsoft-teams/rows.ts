import type { UserKey } from '../company/index.ts';
import type { VendorDesk } from '../core/simulator.ts';

export interface TeamRow {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly visibility: 'private' | 'public';
  readonly isArchived: boolean;
  readonly members: readonly UserKey[];
}

export interface ChannelRow {
  /** `19:…@thread.tacv2` */
  readonly id: string;
  readonly teamId: string;
  readonly name: string;
  readonly membershipType: 'standard' | 'private' | 'shared';
  readonly isArchived: boolean;
  /** Of a private or shared one; null: everybody of the team. */
  readonly members: readonly UserKey[] | null;
  readonly createdAt: number;
}

export interface MessageRow {
  /** The moment when it came, in milliseconds: as Teams has it. */
  readonly id: string;
  readonly channelId: string;
  /** The message that began the thread; null: this one does. */
  readonly replyToId: string | null;
  /** Null: Teams itself says that something happened. */
  readonly from: UserKey | null;
  readonly contentType: 'text' | 'html';
  readonly content: string;
  readonly subject: string | null;
  readonly importance: string;
  readonly mentions: readonly object[];
  readonly attachments: readonly object[];
  /** Who reacted with what; absent: nobody did. */
  readonly reactions?: readonly { readonly who: UserKey; readonly sign: string; readonly at: number }[];
  /** Epoch milliseconds, as are the next. */
  readonly createdAt: number;
  readonly changedAt: number;
  readonly editedAt: number | null;
  readonly deletedAt: number | null;
}

/** The tenant's: what an account sees of it is whether it is a member. */
export const teamsTables = (desk: VendorDesk) => ({
  teams: desk.table<TeamRow>('teams'),
  channels: desk.table<ChannelRow>('channels'),
  messages: desk.table<MessageRow>('messages'),
});

export const isMember = (team: TeamRow, channel: ChannelRow, who: UserKey): boolean =>
  channel.members === null ? team.members.includes(who) : channel.members.includes(who);

/** Messages of a channel, oldest first. @param root of one thread, without the message that began it; null: what began threads. */
export const messagesIn = (desk: VendorDesk, channelId: string, root: string | null): MessageRow[] =>
  teamsTables(desk)
    .messages.all()
    .filter((one) => one.channelId === channelId && one.replyToId === root);

/** When a message or one of its answers changed last. */
export function threadChangedAt(desk: VendorDesk, root: MessageRow): number {
  const answers = messagesIn(desk, root.channelId, root.id);
  return Math.max(root.changedAt, ...answers.map(({ changedAt }) => changedAt));
}
