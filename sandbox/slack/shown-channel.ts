import { isMember } from './find-channel.ts';
import type { ChannelRow } from './rows.ts';
import { workspace } from './workspace.ts';

/** The channel as the API shows it. */
export function shownChannel(channel: ChannelRow, { counted }: { readonly counted: boolean }): object {
  const { id, name, created, creator, isPrivate } = channel;
  const said = (value: string): object => ({
    value,
    creator: value ? creator : '',
    last_set: value ? created : 0,
  });
  return {
    id,
    name,
    is_channel: true,
    is_group: false,
    is_im: false,
    is_mpim: false,
    is_private: isPrivate,
    created,
    is_archived: channel.isArchived,
    is_general: channel.isGeneral,
    unlinked: 0,
    name_normalized: name,
    is_shared: false,
    is_org_shared: false,
    is_pending_ext_shared: false,
    pending_shared: [],
    context_team_id: workspace().id,
    updated: created * 1000,
    creator,
    is_ext_shared: false,
    shared_team_ids: [workspace().id],
    pending_connected_team_ids: [],
    is_member: isMember(channel),
    topic: said(channel.topic),
    purpose: said(channel.purpose),
    previous_names: [],
    ...(counted ? { num_members: channel.members.length } : {}),
  };
}
