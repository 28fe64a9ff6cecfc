import { fullName, type UserKey, users } from '../company/index.ts';
import { findAccount, TENANT } from '../microsoft-accounts/account.ts';
import type { ChannelRow, MessageRow, TeamRow } from './rows.ts';

const TEAMS = 'https://teams.microsoft.com/l';

const moment = (at: number): string => new Date(at).toISOString();

/** In a list of one's teams Graph tells hardly more than the name. https://learn.microsoft.com/graph/api/user-list-joinedteams */
export const shownTeam = ({ id, name, description, isArchived }: TeamRow): object => ({
  id,
  createdDateTime: null,
  displayName: name,
  description,
  internalId: null,
  classification: null,
  specialization: null,
  visibility: null,
  webUrl: null,
  isArchived,
  tenantId: TENANT,
});

const channelUrl = ({ id, name, teamId }: ChannelRow): string =>
  `${TEAMS}/channel/${encodeURIComponent(id)}/${encodeURIComponent(name)}?groupId=${teamId}&tenantId=${TENANT}`;

/** https://learn.microsoft.com/graph/api/resources/channel */
export const shownChannel = (row: ChannelRow): object => ({
  id: row.id,
  createdDateTime: moment(row.createdAt),
  displayName: row.name,
  description: null,
  isFavoriteByDefault: null,
  email: '',
  tenantId: TENANT,
  webUrl: channelUrl(row),
  membershipType: row.membershipType,
  isArchived: row.isArchived,
});

const nameOf = (key: UserKey): string => fullName(users.find((one) => one.key === key)) ?? key;

/** https://learn.microsoft.com/graph/api/resources/chatmessage */
export function shownMessage(row: MessageRow, teamId: string): object {
  const { id, channelId, replyToId, from, createdAt, deletedAt } = row;
  const thread = replyToId ?? id;
  const channel = encodeURIComponent(channelId);
  return {
    id,
    replyToId,
    etag: String(row.changedAt),
    messageType: from === null ? 'systemEventMessage' : 'message',
    createdDateTime: moment(createdAt),
    lastModifiedDateTime: moment(row.changedAt),
    lastEditedDateTime: row.editedAt === null ? null : moment(row.editedAt),
    deletedDateTime: deletedAt === null ? null : moment(deletedAt),
    subject: deletedAt === null ? row.subject : '',
    summary: null,
    chatId: null,
    importance: row.importance,
    locale: 'en-us',
    webUrl: `${TEAMS}/message/${channel}/${id}?groupId=${teamId}&tenantId=${TENANT}&createdTime=${createdAt}&parentMessageId=${thread}`,
    policyViolation: null,
    eventDetail: null,
    from:
      from === null
        ? null
        : {
            application: null,
            device: null,
            user: {
              '@odata.type': '#microsoft.graph.teamworkUserIdentity',
              id: findAccount(from)?.id ?? from,
              displayName: nameOf(from),
              userIdentityType: 'aadUser',
              tenantId: TENANT,
            },
          },
    // Of one that was deleted nothing is left to read.
    body: { contentType: row.contentType, content: deletedAt === null ? row.content : '' },
    channelIdentity: { teamId, channelId },
    attachments: deletedAt === null ? row.attachments : [],
    mentions: deletedAt === null ? row.mentions : [],
    reactions: (row.reactions ?? []).map(({ who, sign, at }) => ({
      reactionType: sign,
      displayName: null,
      reactionContentUrl: null,
      createdDateTime: moment(at),
      user: {
        application: null,
        device: null,
        user: { id: findAccount(who)?.id ?? who, displayName: null, userIdentityType: 'aadUser' },
      },
    })),
  };
}
