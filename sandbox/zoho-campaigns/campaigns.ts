import { type Call, type Operation, refusal } from './api.ts';
import { orNull, pageOf, spoken } from './pages-of.ts';
import { type CampaignRow, campaignsTables, type MailRow } from './rows.ts';

const READ = 'ZohoCampaigns.campaign.READ';

/** What was sent, and what became of it. */
export const campaignOperations: readonly Operation[] = [
  { methods: ['GET', 'POST'], path: '/recentcampaigns', scope: READ, run: recentCampaigns },
  { methods: ['GET', 'POST'], path: '/campaignreports', scope: READ, needs: ['campaignkey'], run: reports },
  {
    ...{ methods: ['POST'], path: '/getcampaignrecipientsdata', scope: READ },
    ...{ needs: ['campaignkey', 'action'], run: recipients },
  },
];

/** https://www.zoho.com/campaigns/help/developers/recent-campaign.html : the newest first */
function recentCampaigns(call: Call): object {
  const wanted = (call.given.status || 'all').split('|');
  const isWanted = wanted.some((one) => one === 'sent' || one === 'all' || one === 'all campaigns');
  const all = campaignsTables(call.desk)
    .campaigns.all()
    .sort((one, other) => other.sentAt - one.sentAt);
  const rows = isWanted ? pageOf(call, all) : [];
  if (rows.length === 0) throw refusal('6101', 'No campaign was sent.');
  return {
    ...{ status: 'success', code: '0', total_record_count: all.length },
    recent_campaigns: rows.map(({ key, id, name, subject, sentAt }) => ({
      ...{ campaign_key: key, campaignid: id, campaign_name: name, subject, campaign_status: 'Sent' },
      ...{ sent_time: String(sentAt), sent_date_string: spoken(sentAt), campaigntype: 'normal' },
      campaign_preview: `https://campaigns.zoho.eu/campaigns/preview/${key}`,
    })),
  };
}

const campaignOf = ({ desk, given }: Call): CampaignRow => {
  const campaign = campaignsTables(desk).campaigns.get(given.campaignkey ?? '');
  if (!campaign) throw refusal('6002', 'Invalid campaign key (or) campaign is not yet sent.');
  return campaign;
};

const mailsOf = ({ desk }: Call, { key }: CampaignRow): MailRow[] =>
  campaignsTables(desk)
    .mails.all()
    .filter(({ campaignKey }) => campaignKey === key);

/** https://www.zoho.com/campaigns/help/developers/campaign-reports.html */
function reports(call: Call): object {
  const campaign = campaignOf(call);
  const mails = mailsOf(call, campaign);
  const count = (fits: (mail: MailRow) => boolean): string => String(mails.filter(fits).length);
  const report = {
    campaign_name: campaign.name,
    emails_sent_count: String(mails.length),
    delivered_count: count(({ bounced }) => bounced === null),
    opens_count: count(({ opens }) => opens > 0),
    unique_clicks_count: count(({ clicks }) => clicks > 0),
    hardbounce_count: count(({ bounced }) => bounced === 'hard'),
    softbounce_count: count(({ bounced }) => bounced === 'soft'),
    unsub_count: count(({ left }) => left),
    spams_count: count(({ spam }) => spam),
  };
  return { status: 'success', code: '0', 'campaign-reports': [report] };
}

const ACTIONS: Readonly<Record<string, (mail: MailRow) => boolean>> = {
  sentcontacts: () => true,
  openedcontacts: ({ opens }) => opens > 0,
  unopenedcontacts: ({ opens }) => opens === 0,
  clickedcontacts: ({ clicks }) => clicks > 0,
  optoutcontacts: ({ left }) => left,
  spamcontacts: ({ spam }) => spam,
  senthardbounce: ({ bounced }) => bounced === 'hard',
  sentsoftbounce: ({ bounced }) => bounced === 'soft',
  unsentcontacts: () => false,
};

/** https://www.zoho.com/campaigns/help/developers/campaign-recipient-data.html */
function recipients(call: Call): object {
  const { action = '' } = call.given;
  const fits = Object.hasOwn(ACTIONS, action) ? ACTIONS[action] : undefined;
  if (fits === undefined) throw refusal('1001', 'Pattern doesn’t match.');
  const { contacts } = campaignsTables(call.desk);
  const rows = pageOf(call, mailsOf(call, campaignOf(call)).filter(fits));
  if (rows.length === 0) throw refusal('6303', 'There are no contacts in the selected mailing list.');
  return {
    requestdetails: { range: rows.length, action, fromindex: Number(call.given.fromindex || 1) },
    ...{ status: 'success', code: '0' },
    list_of_details: rows.map(({ email, sentAt }) => {
      const contact = contacts.get(email);
      return {
        contactemailaddress: email,
        contactid: contact?.id ?? 'null',
        sent_time: String(sentAt),
        sentdate: spoken(sentAt),
        firstname: orNull(contact?.values.firstname),
        lastname: orNull(contact?.values.lastname),
        companyname: orNull(contact?.values.companyname),
        contactstatus: contact?.doNotMail === true ? 'donotmail' : 'active',
      };
    }),
  };
}
