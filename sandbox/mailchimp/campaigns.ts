import { company } from '../company/index.ts';
import type { VendorDesk } from '../core/simulator.ts';
import type { Call, Operation } from './operation.ts';
import { notFound } from './problem.ts';
import { choiceOf, pageOf, within } from './query.ts';
import { activityOf, figuresOf, shareOf } from './report-figures.ts';
import { type CampaignRow, mailchimpTables } from './rows.ts';

/** https://mailchimp.com/developer/marketing/api/campaigns/ */
export const campaignOperations: readonly Operation[] = [
  {
    method: 'GET',
    path: '/campaigns',
    run({ desk, query }) {
      const rows = sorted(chosen(desk, query), query);
      return {
        campaigns: pageOf(rows, query).map((row) => shownCampaign(desk, row)),
        total_items: rows.length,
      };
    },
  },
  { method: 'GET', path: '/campaigns/{campaign}', run: (call) => shownCampaign(call.desk, campaignOf(call)) },
];

export function campaignOf({ desk, path }: Pick<Call, 'desk' | 'path'>): CampaignRow {
  const row = mailchimpTables(desk).campaigns.get(path.campaign ?? '');
  if (!row) throw notFound();
  return row;
}

/** Campaigns that a collection's filters leave. */
export function chosen(desk: VendorDesk, query: URLSearchParams): readonly CampaignRow[] {
  const type = choiceOf(query, 'type', ['regular', 'plaintext', 'absplit', 'rss', 'variate'] as const);
  const status = choiceOf(query, 'status', ['save', 'paused', 'schedule', 'sending', 'sent'] as const);
  const listId = query.get('list_id');
  const rows = mailchimpTables(desk)
    .campaigns.all()
    .filter(
      (row) =>
        (type === undefined || type === 'regular') &&
        (status === undefined || row.status === status) &&
        (listId === null || row.listId === listId),
    );
  return within(
    within(rows, query, 'send_time', (row) => row.sentAt),
    query,
    'create_time',
    (row) => row.createdAt,
  );
}

function sorted(rows: readonly CampaignRow[], query: URLSearchParams): readonly CampaignRow[] {
  const field = choiceOf(query, 'sort_field', ['create_time', 'send_time'] as const);
  if (field === undefined) return rows;
  const sign = choiceOf(query, 'sort_dir', ['ASC', 'DESC'] as const) === 'ASC' ? 1 : -1;
  const key = (row: CampaignRow): string => (field === 'create_time' ? row.createdAt : (row.sentAt ?? ''));
  return [...rows].sort((a, b) => sign * key(a).localeCompare(key(b)));
}

function shownCampaign(desk: VendorDesk, row: CampaignRow): object {
  const figures = figuresOf(activityOf(desk, row.id));
  const list = mailchimpTables(desk).audiences.get(row.listId);
  return {
    id: row.id,
    web_id: row.webId,
    type: 'regular',
    create_time: row.createdAt,
    archive_url: `http://eepurl.example/${row.id}`,
    long_archive_url: `https://mailchi.example/${row.id}`,
    status: row.status,
    emails_sent: figures.sent,
    send_time: row.sentAt ?? '',
    content_type: 'template',
    needs_block_refresh: false,
    resendable: row.sentAt !== null,
    recipients: {
      list_id: row.listId,
      list_is_active: true,
      list_name: list?.name ?? '',
      segment_text: '',
      recipient_count: figures.sent,
    },
    settings: {
      subject_line: row.subject,
      preview_text: '',
      title: row.title,
      from_name: company.name,
      reply_to: company.email,
      use_conversation: false,
      to_name: '*|FNAME|*',
      folder_id: '',
      authenticate: true,
      auto_footer: false,
      inline_css: false,
      auto_tweet: false,
      fb_comments: false,
      timewarp: false,
      template_id: 0,
      drag_and_drop: true,
    },
    tracking: {
      opens: true,
      html_clicks: true,
      text_clicks: false,
      goal_tracking: false,
      ecomm360: false,
      google_analytics: '',
      clicktale: '',
    },
    ...(row.sentAt === null
      ? {}
      : {
          report_summary: {
            opens: figures.opens,
            unique_opens: figures.uniqueOpens,
            open_rate: shareOf(figures.uniqueOpens, figures),
            clicks: figures.clicks,
            subscriber_clicks: figures.clickers,
            click_rate: shareOf(figures.clickers, figures),
          },
        }),
    delivery_status: { enabled: false },
  };
}
