import { memberOf } from './member.ts';
import type { Call, Operation } from './operation.ts';
import { pageOf } from './query.ts';
import { type ActivityRow, type CampaignRow, type MemberRow, mailchimpTables } from './rows.ts';

const MEMBER = '/lists/{list}/members/{member}';
/** The older of the two goes back no further. */
const MOST = 50;

/** https://mailchimp.com/developer/marketing/api/list-activity-feed/ and …/list-member-activity/ */
export const memberActivityOperations: readonly Operation[] = [
  {
    method: 'GET',
    path: `${MEMBER}/activity-feed`,
    run(call) {
      const { row, rows } = own(call);
      const wanted = (call.query.get('activity_filters') ?? '').split(',').filter((name) => name !== '');
      const shown = rows.filter(({ kind }) => wanted.length === 0 || wanted.includes(kind));
      return {
        activity: pageOf(shown, call.query).map((one) => fedActivity(one, campaignOf(call, one))),
        email_id: row.hash,
        list_id: row.listId,
      };
    },
  },
  {
    method: 'GET',
    path: `${MEMBER}/activity`,
    run(call) {
      const { row, rows } = own(call);
      const wanted = (call.query.get('action') ?? '').split(',').filter((name) => name !== '');
      const shown = rows.filter(({ kind }) => wanted.length === 0 || wanted.includes(kind)).slice(0, MOST);
      return {
        activity: shown.map((one) => ({
          action: one.kind,
          timestamp: one.at,
          ...(one.kind === 'click' ? { url: one.detail ?? '' } : {}),
          ...(one.kind === 'bounce' ? { type: one.detail ?? 'hard' } : {}),
          campaign_id: one.campaignId,
          title: campaignOf(call, one)?.title ?? '',
        })),
        email_id: row.hash,
        contact_id: row.contactId,
        list_id: row.listId,
        total_items: shown.length,
      };
    },
  },
];

/** A member with what happened to its mails, newest first. */
function own({ desk, audience, path }: Call): { row: MemberRow; rows: ActivityRow[] } {
  const row = memberOf(desk, audience().id, path.member ?? '');
  const rows = mailchimpTables(desk)
    .activity.all()
    .filter(({ contactId }) => contactId === row.contactId)
    .sort((a, b) => (a.at < b.at ? 1 : -1));
  return { row, rows };
}

const campaignOf = ({ desk }: Call, { campaignId }: ActivityRow): CampaignRow | undefined =>
  mailchimpTables(desk).campaigns.get(campaignId);

function fedActivity(row: ActivityRow, campaign: CampaignRow | undefined): object {
  return {
    activity_type: row.kind,
    created_at_timestamp: row.at,
    campaign_id: row.campaignId,
    campaign_title: campaign?.title ?? '',
    ...(row.kind === 'click' ? { link_clicked: row.detail ?? '' } : {}),
    ...(row.kind === 'bounce' ? { bounce_type: row.detail ?? 'hard', bounce_has_open_activity: false } : {}),
    ...(row.kind === 'unsub' ? { is_admin_unsubscribed: false, unsubscribe_reason: row.detail ?? '' } : {}),
  };
}
