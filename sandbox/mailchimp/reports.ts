import type { VendorDesk } from '../core/simulator.ts';
import { campaignOf, chosen } from './campaigns.ts';
import { hashOf } from './member.ts';
import type { Call, Operation } from './operation.ts';
import { notFound } from './problem.ts';
import { momentOf, pageOf } from './query.ts';
import { activityOf, figuresOf, shareOf } from './report-figures.ts';
import { type ActivityRow, type CampaignRow, mailchimpTables } from './rows.ts';

const REPORT = '/reports/{campaign}';

/** https://mailchimp.com/developer/marketing/api/reports/ */
export const reportOperations: readonly Operation[] = [
  {
    method: 'GET',
    path: '/reports',
    run({ desk, query }) {
      const rows = chosen(desk, query).filter(({ sentAt }) => sentAt !== null);
      return { reports: pageOf(rows, query).map((row) => shownReport(desk, row)), total_items: rows.length };
    },
  },
  { method: 'GET', path: REPORT, run: (call) => shownReport(call.desk, sentOf(call)) },
  { method: 'GET', path: `${REPORT}/email-activity`, run: emailActivity },
  {
    method: 'GET',
    path: `${REPORT}/sent-to`,
    run(call) {
      const campaign = sentOf(call);
      const mails = mailsOf(activityOf(call.desk, campaign.id));
      const shown = mails.map(({ email, rows }) => ({
        email_id: hashOf(email),
        email_address: email,
        status: rows.some(({ kind }) => kind === 'bounce') ? 'hard' : 'sent',
        open_count: rows.filter(({ kind }) => kind === 'open').length,
        last_open: rows.findLast(({ kind }) => kind === 'open')?.at ?? '',
        campaign_id: campaign.id,
        list_id: campaign.listId,
        list_is_active: true,
      }));
      return { sent_to: pageOf(shown, call.query), campaign_id: campaign.id, total_items: shown.length };
    },
  },
  {
    method: 'GET',
    path: `${REPORT}/open-details`,
    run(call) {
      const campaign = sentOf(call);
      const since = momentOf(call.query, 'since') ?? Number.NEGATIVE_INFINITY;
      const opened = activityOf(call.desk, campaign.id).filter(
        ({ kind, at }) => kind === 'open' && Date.parse(at) > since,
      );
      const shown = mailsOf(opened).map(({ email, rows }) => ({
        campaign_id: campaign.id,
        list_id: campaign.listId,
        email_id: hashOf(email),
        email_address: email,
        opens_count: rows.length,
        opens: rows.map(({ at }) => ({ timestamp: at })),
      }));
      return {
        members: pageOf(shown, call.query),
        campaign_id: campaign.id,
        total_opens: opened.length,
        total_items: shown.length,
      };
    },
  },
  {
    method: 'GET',
    path: `${REPORT}/click-details`,
    run(call) {
      const campaign = sentOf(call);
      const clicks = activityOf(call.desk, campaign.id).filter(({ kind }) => kind === 'click');
      const urls = [...new Set(clicks.map(({ detail }) => detail ?? ''))];
      const shown = urls.map((url) => {
        const own = clicks.filter(({ detail }) => detail === url);
        return {
          id: hashOf(`${campaign.id}${url}`).slice(0, 10),
          url,
          total_clicks: own.length,
          unique_clicks: new Set(own.map(({ contactId }) => contactId)).size,
          last_click: own.at(-1)?.at ?? '',
          campaign_id: campaign.id,
        };
      });
      return { urls_clicked: pageOf(shown, call.query), campaign_id: campaign.id, total_items: shown.length };
    },
  },
];

function sentOf(call: Call): CampaignRow {
  const campaign = campaignOf(call);
  if (campaign.sentAt === null) throw notFound();
  return campaign;
}

/** Every mail of the campaign with what became of it; with `since`, those only to which something happened after. */
function emailActivity(call: Call): object {
  const campaign = sentOf(call);
  const since = momentOf(call.query, 'since');
  const mails = mailsOf(activityOf(call.desk, campaign.id)).map(({ email, rows }) => ({
    campaign_id: campaign.id,
    list_id: campaign.listId,
    list_is_active: true,
    email_id: hashOf(email),
    email_address: email,
    activity: rows
      .filter(({ kind, at }) => isShown(kind) && (since === undefined || Date.parse(at) > since))
      .map(({ kind, at, detail }) => ({
        action: kind,
        ...(kind === 'bounce' ? { type: detail ?? 'hard' } : {}),
        timestamp: at,
        ...(kind === 'click' ? { url: detail ?? '' } : {}),
        ip: '203.0.113.24',
      })),
  }));
  const shown = since === undefined ? mails : mails.filter(({ activity }) => activity.length > 0);
  return { emails: pageOf(shown, call.query), campaign_id: campaign.id, total_items: shown.length };
}

const isShown = (kind: ActivityRow['kind']): boolean =>
  kind === 'open' || kind === 'click' || kind === 'bounce';

function mailsOf(rows: readonly ActivityRow[]): { email: string; rows: ActivityRow[] }[] {
  const byEmail = new Map<string, ActivityRow[]>();
  for (const row of rows) byEmail.set(row.email, [...(byEmail.get(row.email) ?? []), row]);
  return [...byEmail].map(([email, own]) => ({ email, rows: own }));
}

function shownReport(desk: VendorDesk, campaign: CampaignRow): object {
  const figures = figuresOf(activityOf(desk, campaign.id));
  return {
    id: campaign.id,
    campaign_title: campaign.title,
    type: 'regular',
    list_id: campaign.listId,
    list_is_active: true,
    list_name: mailchimpTables(desk).audiences.get(campaign.listId)?.name ?? '',
    subject_line: campaign.subject,
    preview_text: '',
    emails_sent: figures.sent,
    abuse_reports: 0,
    unsubscribed: figures.unsubscribed,
    send_time: campaign.sentAt ?? '',
    bounces: { hard_bounces: figures.hardBounces, soft_bounces: figures.softBounces, syntax_errors: 0 },
    forwards: { forwards_count: 0, forwards_opens: 0 },
    opens: {
      opens_total: figures.opens,
      unique_opens: figures.uniqueOpens,
      open_rate: shareOf(figures.uniqueOpens, figures),
      last_open: figures.lastOpen,
    },
    clicks: {
      clicks_total: figures.clicks,
      unique_clicks: figures.uniqueClicks,
      unique_subscriber_clicks: figures.clickers,
      click_rate: shareOf(figures.clickers, figures),
      last_click: figures.lastClick,
    },
    delivery_status: { enabled: false },
  };
}
