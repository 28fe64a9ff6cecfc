import type { VendorDesk } from '../core/simulator.ts';
import { mergeFieldsOf } from './merge-fields.ts';
import { type CampaignRow, type MemberRow, mailchimpTables, type Source, type WebhookEvent } from './rows.ts';

type Data = { readonly [name: string]: string | Data };

/** Tells the audience's webhooks what became of a member, as far as they listen to such changes. */
export function announceMember(
  desk: VendorDesk,
  before: MemberRow | null,
  after: MemberRow,
  source: Source,
  more: Data = {},
): void {
  const send = (event: WebhookEvent, data: Data): void =>
    deliver(desk, after.listId, event, source, { ...data, ...more });
  const was = before === null || before.archived ? null : before.status;
  if (after.archived) {
    if (was !== null) send('unsubscribe', { action: 'archive', reason: 'manual', ...profile(desk, after) });
  } else if (before !== null && before.email !== after.email) {
    send('upemail', {
      list_id: after.listId,
      new_id: after.uniqueEmailId,
      new_email: after.email,
      old_email: before.email,
    });
  } else if (after.status === 'cleaned' && was !== 'cleaned') {
    send('cleaned', { list_id: after.listId, campaign_id: '', reason: 'hard', email: after.email });
  } else if (after.status === 'subscribed' && was !== 'subscribed') {
    send('subscribe', profile(desk, after));
  } else if (after.status === 'unsubscribed' && was === 'subscribed') {
    send('unsubscribe', { action: 'unsub', reason: 'manual', ...profile(desk, after) });
  } else if (after.status === 'subscribed') {
    send('profile', profile(desk, after));
  }
}

/** A member whose data was deleted for good. */
export function announceDeleted(desk: VendorDesk, row: MemberRow, source: Source): void {
  deliver(desk, row.listId, 'unsubscribe', source, {
    action: 'delete',
    reason: 'manual',
    ...profile(desk, row),
  });
}

export function announceCampaign(desk: VendorDesk, campaign: CampaignRow, source: Source): void {
  deliver(desk, campaign.listId, 'campaign', source, {
    id: campaign.id,
    subject: campaign.subject,
    status: campaign.status,
    reason: '',
    list_id: campaign.listId,
  });
}

/** https://mailchimp.com/developer/marketing/guides/sync-audience-data-webhooks/ */
function deliver(desk: VendorDesk, listId: string, event: WebhookEvent, source: Source, data: Data): void {
  const firedAt = desk.clock().toISOString().slice(0, 19).replace('T', ' ');
  const listening = mailchimpTables(desk)
    .webhooks.all()
    .filter((row) => row.listId === listId && row.events[event] && row.sources[source]);
  for (const { url } of listening) {
    desk.deliver({
      url,
      sign: { scheme: 'url-secret', secret: '' },
      contentType: 'application/x-www-form-urlencoded',
      body: formOf({ type: event, fired_at: firedAt, data }),
      topic: event,
      headers: { 'User-Agent': 'MailChimp' },
    });
  }
}

function profile(desk: VendorDesk, row: MemberRow): Data {
  const merges = mergeFieldsOf(desk, row.listId).map(({ tag }) => {
    const value = row.mergeValues[tag] ?? '';
    return [tag, typeof value === 'object' ? (value as Data) : String(value)] as const;
  });
  return {
    id: row.uniqueEmailId,
    email: row.email,
    email_type: row.emailType,
    ip_opt: '203.0.113.24',
    web_id: String(row.webId),
    merges: { EMAIL: row.email, ...Object.fromEntries(merges), INTERESTS: '' },
    list_id: row.listId,
  };
}

/** `data[merges][FNAME]=…`. */
function formOf(tree: Data): string {
  const form = new URLSearchParams();
  const plant = (name: string, value: string | Data): void => {
    if (typeof value === 'string') form.append(name, value);
    else
      for (const [inner, one] of Object.entries(value)) plant(name === '' ? inner : `${name}[${inner}]`, one);
  };
  plant('', tree);
  return form.toString();
}
