import type { VendorDesk } from '../core/simulator.ts';
import { keyOf, memberAt } from './member.ts';
import { archiveMember, deleteMember } from './members.ts';
import { announceCampaign, announceMember } from './notify.ts';
import { type ActivityRow, type CampaignRow, type MemberRow, mailchimpTables, stampOf } from './rows.ts';
import { createMember, updateMember } from './write-member.ts';

// What people do, in their mail or in Mailchimp's own screens: webhooks follow, and the ledger, which
// counts what came through the API, says nothing of it. All throw a sentence where it cannot be done.

/** A person fills in the audience's form; one who had left comes back, as only they can. */
export function signUp(
  desk: VendorDesk,
  listId: string,
  person: { readonly email: string; readonly mergeFields?: Readonly<Record<string, unknown>> },
): MemberRow {
  const held = memberAt(desk, listId, person.email);
  const wish = { email: person.email, status: 'subscribed' as const, mergeFields: person.mergeFields ?? {} };
  const { row } =
    held && !held.archived
      ? updateMember(desk, held, wish, { source: 'user' })
      : createMember(desk, listId, wish, { source: 'user' });
  return row;
}

/** A person follows the link at the foot of a mail. */
export function unsubscribe(desk: VendorDesk, listId: string, email: string): MemberRow {
  const member = presentMember(desk, listId, email);
  const last = mailchimpTables(desk)
    .activity.all()
    .findLast((row) => row.kind === 'sent' && row.contactId === member.contactId);
  if (last) note(desk, last.campaignId, member, 'unsub', 'NORMAL');
  return updateMember(desk, member, { status: 'unsubscribed' }, { source: 'user' }).row;
}

/** Someone in the company unsubscribes a person in Mailchimp's screens: they could subscribe them again. */
export function unsubscribeByAdmin(desk: VendorDesk, listId: string, email: string): MemberRow {
  const member = presentMember(desk, listId, email);
  return updateMember(desk, member, { status: 'unsubscribed' }, { source: 'admin' }).row;
}

/** The address bounces for good: Mailchimp takes it out. */
export function clean(desk: VendorDesk, listId: string, email: string): MemberRow {
  const member = presentMember(desk, listId, email);
  const cleaned: MemberRow = { ...member, status: 'cleaned', lastChanged: stampOf(desk.clock()) };
  mailchimpTables(desk).members.put(keyOf(listId, member.hash), cleaned);
  announceMember(desk, member, cleaned, 'admin');
  return cleaned;
}

/** A person changes what the company knows of them, in the preference centre. */
export function changeProfile(
  desk: VendorDesk,
  listId: string,
  email: string,
  change: { readonly email?: string; readonly mergeFields?: Readonly<Record<string, unknown>> },
): MemberRow {
  return updateMember(desk, presentMember(desk, listId, email), change, { source: 'user' }).row;
}

/** An old import left values that no form and no program could write: they are stored as they are. */
export function importValues(
  desk: VendorDesk,
  listId: string,
  email: string,
  mergeFields: Readonly<Record<string, unknown>>,
): MemberRow {
  const member = presentMember(desk, listId, email);
  const mergeValues = { ...member.mergeValues, ...mergeFields };
  const imported: MemberRow = { ...member, mergeValues, lastChanged: stampOf(desk.clock()) };
  mailchimpTables(desk).members.put(keyOf(listId, member.hash), imported);
  announceMember(desk, member, imported, 'admin');
  return imported;
}

/** From now on, what programs write into these fields of the member is answered as done and not stored. */
export function keepValues(
  desk: VendorDesk,
  listId: string,
  email: string,
  keeps: readonly string[],
): MemberRow {
  const member = presentMember(desk, listId, email);
  return mailchimpTables(desk).members.put(keyOf(listId, member.hash), { ...member, keeps });
}

export function archive(desk: VendorDesk, listId: string, email: string): MemberRow {
  return archiveMember(desk, presentMember(desk, listId, email), 'admin');
}

export function deleteForGood(desk: VendorDesk, listId: string, email: string): void {
  deleteMember(desk, presentMember(desk, listId, email), 'admin');
}

/** Sends a campaign to everybody who is subscribed. */
export function sendCampaign(
  desk: VendorDesk,
  listId: string,
  mail: { readonly title: string; readonly subject: string },
): { campaign: CampaignRow; recipients: readonly MemberRow[] } {
  const { campaigns, members } = mailchimpTables(desk);
  const now = stampOf(desk.clock());
  const campaign: CampaignRow = {
    id: desk.id('', 10).toLowerCase(),
    webId: Number(desk.digits('9', 6)),
    listId,
    title: mail.title,
    subject: mail.subject,
    status: 'sent',
    createdAt: now,
    sentAt: now,
  };
  campaigns.put(campaign.id, campaign);
  const recipients = members
    .all()
    .filter((row) => row.listId === listId && row.status === 'subscribed' && !row.archived);
  for (const member of recipients) note(desk, campaign.id, member, 'sent', null);
  announceCampaign(desk, campaign, 'admin');
  return { campaign, recipients };
}

export function open(desk: VendorDesk, campaignId: string, listId: string, email: string): ActivityRow {
  return note(desk, campaignId, received(desk, campaignId, listId, email), 'open', null);
}

/** A click is an open too, when there was none before. */
export function click(
  desk: VendorDesk,
  campaignId: string,
  listId: string,
  email: string,
  url: string,
): ActivityRow {
  const member = received(desk, campaignId, listId, email);
  const opened = mailchimpTables(desk)
    .activity.all()
    .some(
      (row) => row.kind === 'open' && row.campaignId === campaignId && row.contactId === member.contactId,
    );
  if (!opened) note(desk, campaignId, member, 'open', null);
  return note(desk, campaignId, member, 'click', url);
}

export function presentMember(desk: VendorDesk, listId: string, email: string): MemberRow {
  const member = memberAt(desk, listId, email);
  if (!member || member.archived) throw new Error(`Nobody in the audience has the address ${email}.`);
  return member;
}

/** The campaign that was sent last. */
export function lastCampaign(desk: VendorDesk, listId: string): CampaignRow | undefined {
  return mailchimpTables(desk)
    .campaigns.all()
    .filter((row) => row.listId === listId && row.sentAt !== null)
    .sort((a, b) => ((a.sentAt ?? '') < (b.sentAt ?? '') ? -1 : 1))
    .at(-1);
}

function received(desk: VendorDesk, campaignId: string, listId: string, email: string): MemberRow {
  const member = presentMember(desk, listId, email);
  const sent = mailchimpTables(desk)
    .activity.all()
    .some(
      (row) => row.kind === 'sent' && row.campaignId === campaignId && row.contactId === member.contactId,
    );
  if (!sent) throw new Error(`${email} was not sent this campaign.`);
  return member;
}

/** Notes what happened to a mail. */
export function note(
  desk: VendorDesk,
  campaignId: string,
  member: MemberRow,
  kind: ActivityRow['kind'],
  detail: string | null,
): ActivityRow {
  const row: ActivityRow = {
    id: desk.id('act_', 16),
    campaignId,
    contactId: member.contactId,
    email: member.email,
    kind,
    at: stampOf(desk.clock()),
    detail,
  };
  return mailchimpTables(desk).activity.put(row.id, row);
}
