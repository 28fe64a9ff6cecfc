import type { VendorDesk } from '../core/simulator.ts';
import { SlackRefusal } from './refusal.ts';
import { type ChannelRow, slackTables } from './rows.ts';
import { app } from './workspace.ts';

export const isMember = (channel: ChannelRow): boolean => channel.members.includes(app.botUserId);

/** A channel that the app can see. A private one that it is not in does not exist for it. */
export function channelById(desk: VendorDesk, id: string): ChannelRow {
  const channel = slackTables(desk).channels.get(id);
  if (!channel || (channel.isPrivate && !isMember(channel))) throw new SlackRefusal('channel_not_found');
  return channel;
}

/** By id, or by name with or without its `#`, as chat.postMessage takes it. */
export function channelByIdOrName(desk: VendorDesk, text: string): ChannelRow {
  const name = text.replace(/^#/, '');
  const named = slackTables(desk)
    .channels.all()
    .find((channel) => channel.name === name);
  return channelById(desk, named?.id ?? text);
}
