import { fullName, users } from '../company/index.ts';
import type { VendorDesk } from '../core/simulator.ts';
import { messengerPages, type Said } from '../kit/conversations.ts';
import { readableText } from './html.ts';
import { type ChannelRow, type MessageRow, messagesIn, teamsTables } from './rows.ts';

const shown = (row: MessageRow): Said => ({
  id: row.id,
  who: fullName(users.find(({ key }) => key === row.from)) ?? 'Teams',
  text: row.contentType === 'html' ? readableText(row.content) : row.content,
  at: row.createdAt,
});

/** Messages that began a thread, each with its answers. */
function saidIn(desk: VendorDesk, { id }: ChannelRow) {
  const there = ({ from, deletedAt }: MessageRow): boolean => from !== null && deletedAt === null;
  return messagesIn(desk, id, null)
    .filter(there)
    .map((root) => ({
      ...shown(root),
      chatId: id,
      answers: messagesIn(desk, id, root.id).filter(there).map(shown),
    }));
}

/** Every channel with its threads, and where links to Teams lead. */
export const teamsPages = messengerPages({
  ...{ vendor: 'microsoft-teams', title: 'Teams', path: '/view/teams', host: /^teams\.microsoft\.com$/ },
  named(desk) {
    const { teams, channels } = teamsTables(desk);
    return channels
      .all()
      .filter(({ isArchived, teamId }) => !isArchived && teams.get(teamId)?.isArchived === false)
      .map((one) => ({ chatId: one.id, name: `${teams.get(one.teamId)?.name} › ${one.name}` }));
  },
  messages: (desk) =>
    teamsTables(desk)
      .channels.all()
      .flatMap((channel) => saidIn(desk, channel)),
});
