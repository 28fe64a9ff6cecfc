import type { VendorDesk } from '../core/simulator.ts';

/** Rows are in the members' own words of Slack's API; `shown…` functions make the answers of them. */
export interface UserRow {
  readonly id: string;
  /** The handle: `claire.fontaine`. */
  readonly name: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string | null;
  readonly title: string;
  readonly isAdmin: boolean;
  readonly isBot: boolean;
}

export interface ChannelRow {
  readonly id: string;
  readonly name: string;
  readonly isPrivate: boolean;
  readonly isGeneral: boolean;
  readonly isArchived: boolean;
  /** Seconds since 1970. */
  readonly created: number;
  readonly creator: string;
  readonly topic: string;
  readonly purpose: string;
  readonly members: readonly string[];
}

export interface MessageRow {
  readonly channel: string;
  readonly ts: string;
  readonly user: string;
  readonly text: string;
  readonly botId: string | null;
  readonly threadTs: string | null;
  readonly blocks: readonly object[] | null;
  readonly attachments: readonly object[] | null;
  readonly metadata: MessageMetadata | null;
  readonly edited: { readonly user: string; readonly ts: string } | null;
}

/** https://docs.slack.dev/messaging/message-metadata */
export interface MessageMetadata {
  readonly event_type: string;
  readonly event_payload: Readonly<Record<string, unknown>>;
}

export interface TokenRow {
  /** Id of the workspace; absent in rows of before there were several: the first one. */
  readonly workspace?: string;
  readonly token: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
  readonly revoked: boolean;
}

export function slackTables(desk: VendorDesk) {
  return {
    users: desk.table<UserRow>('users'),
    channels: desk.table<ChannelRow>('channels'),
    /** By `<channel>:<ts>`. */
    messages: desk.table<MessageRow>('messages'),
    tokens: desk.table<TokenRow>('tokens', { kept: true }),
    /** The last timestamp given out, in microseconds. */
    clock: desk.table<{ readonly last: number }>('timestamps', { kept: true }),
  };
}

export const messageKey = (channel: string, ts: string): string => `${channel}:${ts}`;

/** Messages of a channel by its name, oldest first: for pages and scenarios. */
export function messagesOf(desk: VendorDesk, channelName: string): readonly MessageRow[] {
  const { channels, messages } = slackTables(desk);
  const channel = channels.all().find(({ name }) => name === channelName);
  return messages.all().filter((message) => message.channel === channel?.id);
}
