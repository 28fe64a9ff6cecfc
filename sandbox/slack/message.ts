import type { VendorDesk } from '../core/simulator.ts';
import { type MessageRow, slackTables } from './rows.ts';
import { app, workspace } from './workspace.ts';

/** A message's timestamp, which is also its id: seconds and microseconds, never given twice. */
export function nextTimestamp(desk: VendorDesk): string {
  const { clock } = slackTables(desk);
  const last = Math.max(desk.clock().getTime() * 1000, (clock.get('message')?.last ?? 0) + 1);
  clock.put('message', { last });
  return `${Math.floor(last / 1_000_000)}.${String(last % 1_000_000).padStart(6, '0')}`;
}

/** The message as the API shows it; its metadata only where that was asked for. */
export function shownMessage(
  row: MessageRow,
  desk: VendorDesk,
  withMetadata: boolean,
): { readonly ts: string; readonly [member: string]: unknown } {
  const replies = slackTables(desk)
    .messages.all()
    .filter(({ channel, threadTs, ts }) => channel === row.channel && threadTs === row.ts && ts !== row.ts);
  const last = replies.at(-1);
  return {
    type: 'message',
    user: row.user,
    ts: row.ts,
    text: row.text,
    team: workspace().id,
    ...(row.botId === null
      ? {}
      : {
          bot_id: row.botId,
          app_id: app.id,
          bot_profile: {
            id: app.botId,
            app_id: app.id,
            name: app.name,
            deleted: false,
            updated: 0,
            team_id: workspace().id,
          },
        }),
    ...(row.blocks ? { blocks: row.blocks } : {}),
    ...(row.attachments ? { attachments: row.attachments } : {}),
    ...(row.edited ? { edited: row.edited } : {}),
    ...(row.threadTs ? { thread_ts: row.threadTs } : {}),
    ...(last
      ? {
          thread_ts: row.ts,
          reply_count: replies.length,
          reply_users_count: new Set(replies.map(({ user }) => user)).size,
          latest_reply: last.ts,
        }
      : {}),
    ...(withMetadata && row.metadata ? { metadata: row.metadata } : {}),
  };
}
