import { z } from 'zod';
import type { VendorDesk } from '../core/simulator.ts';
import {
  type CampaignRow,
  campaignsTables,
  keyOf,
  type ListRow,
  type MailRow,
  type MembershipRow,
  membershipsOf,
} from './rows.ts';
import { learn, place } from './subscribe.ts';

// What people do, in their mail or in Campaigns' own screens: no webhook follows, and the ledger, which counts what came
// through the API, says nothing of it. All throw a sentence where it cannot be done.

/** The company's newsletter, unless another list is named. */
export function listNamed(desk: VendorDesk, key?: string): ListRow {
  const { lists } = campaignsTables(desk);
  const list = key === undefined ? lists.all()[0] : lists.get(key);
  if (!list) throw new Error('There is no such list.');
  return list;
}

export function memberOf(desk: VendorDesk, list: ListRow, email: string): MembershipRow {
  const held = campaignsTables(desk).memberships.get(keyOf(list.key, email));
  if (!held) throw new Error(`Nobody in “${list.name}” has the address ${email}.`);
  return held;
}

/** A person fills in the list's form, and confirms by mail: one who had left comes back, as only they can. */
export function signUp(
  desk: VendorDesk,
  list: ListRow,
  email: string,
  values: Readonly<Record<string, string>> = {},
): MembershipRow {
  const address = email.trim().toLowerCase();
  const { contacts } = campaignsTables(desk);
  const contact = learn(desk, address, values);
  if (contact.doNotMail) contacts.put(address, { ...contact, doNotMail: false });
  return place(desk, list, address, 'active');
}

/** A person follows the link in the mail that asks them to confirm. */
export function confirm(desk: VendorDesk, list: ListRow, email: string): MembershipRow {
  if (memberOf(desk, list, email).standing !== 'pending')
    throw new Error(`${email} was not asked to confirm.`);
  return place(desk, list, email.toLowerCase(), 'active');
}

/** A person follows the link at the foot of a mail. */
export function unsubscribe(desk: VendorDesk, list: ListRow, email: string): MembershipRow {
  memberOf(desk, list, email);
  const last = lastMail(desk, list, email);
  if (last) keepMail(desk, { ...last, left: true });
  return place(desk, list, email.toLowerCase(), 'unsub');
}

/** A person chooses in a mail not to hear of a topic any more, and stays in the list. */
export function leaveTopic(desk: VendorDesk, list: ListRow, email: string, topic: string): MembershipRow {
  const held = memberOf(desk, list, email);
  if (!held.topics.includes(topic)) throw new Error(`${email} gets nothing of that topic.`);
  const topics = held.topics.filter((one) => one !== topic);
  return campaignsTables(desk).memberships.put(keyOf(list.key, held.email), { ...held, topics });
}

/** The address bounces for good. */
export function bounce(desk: VendorDesk, list: ListRow, email: string): MembershipRow {
  memberOf(desk, list, email);
  const last = lastMail(desk, list, email);
  if (last) keepMail(desk, { ...last, bounced: 'hard' });
  return place(desk, list, email.toLowerCase(), 'bounce');
}

/** A person calls a mail spam. */
export function complain(desk: VendorDesk, list: ListRow, email: string): MembershipRow {
  memberOf(desk, list, email);
  const last = lastMail(desk, list, email);
  if (last) keepMail(desk, { ...last, spam: true });
  return place(desk, list, email.toLowerCase(), 'spam');
}

/** Somebody of the company takes a person out of the list in Campaigns' screens. */
export function takeOut(desk: VendorDesk, list: ListRow, email: string): void {
  memberOf(desk, list, email);
  campaignsTables(desk).memberships.delete(keyOf(list.key, email));
}

/** Somebody of the company changes what is known of a person. */
export function change(
  desk: VendorDesk,
  list: ListRow,
  email: string,
  values: Readonly<Record<string, string>>,
): MembershipRow {
  const held = memberOf(desk, list, email);
  learn(desk, held.email, values);
  return held;
}

/** Sends a campaign to everybody who is subscribed. */
export function send(
  desk: VendorDesk,
  list: ListRow,
  mail: { readonly name: string; readonly subject: string },
): { campaign: CampaignRow; recipients: readonly MembershipRow[] } {
  const sentAt = desk.clock().getTime();
  const key = desk.id('', 32).toLowerCase();
  const campaign = { key, id: desk.digits('30300002', 7), ...mail, listKey: list.key, sentAt };
  campaignsTables(desk).campaigns.put(key, campaign);
  const recipients = membershipsOf(desk, list.key, 'active');
  for (const { email } of recipients)
    keepMail(desk, {
      ...{ campaignKey: key, email, sentAt, opens: 0, clicks: 0 },
      ...{ bounced: null, left: false, spam: false },
    });
  return { campaign, recipients };
}

const keepMail = (desk: VendorDesk, mail: MailRow): MailRow =>
  campaignsTables(desk).mails.put(keyOf(mail.campaignKey, mail.email), mail);

export const lastCampaign = (desk: VendorDesk, list: ListRow): CampaignRow | undefined =>
  campaignsTables(desk)
    .campaigns.all()
    .filter(({ listKey }) => listKey === list.key)
    .sort((one, other) => one.sentAt - other.sentAt)
    .at(-1);

function lastMail(desk: VendorDesk, list: ListRow, email: string): MailRow | undefined {
  const campaign = lastCampaign(desk, list);
  return campaign && campaignsTables(desk).mails.get(keyOf(campaign.key, email));
}

function mailOf(desk: VendorDesk, campaignKey: string, email: string): MailRow {
  const mail = campaignsTables(desk).mails.get(keyOf(campaignKey, email));
  if (!mail) throw new Error(`${email} was not sent this campaign.`);
  return mail;
}

export function open(desk: VendorDesk, campaignKey: string, email: string): MailRow {
  const mail = mailOf(desk, campaignKey, email);
  return keepMail(desk, { ...mail, opens: mail.opens + 1 });
}

/** A click is an open too, when there was none before. */
export function click(desk: VendorDesk, campaignKey: string, email: string): MailRow {
  const mail = mailOf(desk, campaignKey, email);
  return keepMail(desk, { ...mail, opens: Math.max(1, mail.opens), clicks: mail.clicks + 1 });
}

const email = z.string().min(3);
const list = z.string().optional();
const values = z.record(z.string(), z.string()).optional();

const wishes = z.discriminatedUnion('act', [
  z.strictObject({ act: z.literal('sign-up'), email, list, values }),
  z.strictObject({ act: z.literal('change'), email, list, values }),
  z.strictObject({ act: z.enum(['confirm', 'unsubscribe', 'bounce', 'complain']), email, list }),
  z.strictObject({ act: z.literal('take-out'), email, list }),
  z.strictObject({ act: z.literal('leave-topic'), email, list, topic: z.string() }),
  z.strictObject({
    act: z.literal('send'),
    list,
    name: z.string().optional(),
    subject: z.string().optional(),
  }),
  z.strictObject({ act: z.enum(['open', 'click']), email, list, campaign: z.string().optional() }),
]);

const STANDING_ACTS = { confirm, unsubscribe, bounce, complain } as const;

/**
 * What people do, for `POST /_sandbox/acts/zoho-campaigns`: `{"act": "unsubscribe", "email": "…"}`. Opens and clicks are
 * of the last campaign unless one is named.
 *
 * @throws Error with a sentence for what cannot be done.
 */
export function act(desk: VendorDesk, given: Readonly<Record<string, unknown>>): object {
  const parsed = wishes.safeParse(given);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Error(`${issue?.path.join('.') || 'The body'} is not usable: ${issue?.message}.`);
  }
  const wish = parsed.data;
  const held = listNamed(desk, wish.list);
  switch (wish.act) {
    case 'sign-up':
      return { member: signUp(desk, held, wish.email, wish.values) };
    case 'change':
      return { member: change(desk, held, wish.email, wish.values ?? {}) };
    case 'take-out':
      takeOut(desk, held, wish.email);
      return { takenOut: wish.email };
    case 'leave-topic':
      return { member: leaveTopic(desk, held, wish.email, wish.topic) };
    case 'send': {
      const { name = 'Lettre', subject = 'Des nouvelles de l’atelier' } = wish;
      const { campaign, recipients } = send(desk, held, { name, subject });
      return { campaign: campaign.key, recipients: recipients.length };
    }
    case 'open':
    case 'click': {
      const campaign = wish.campaign ?? lastCampaign(desk, held)?.key;
      if (campaign === undefined) throw new Error('No campaign was sent yet.');
      return { mail: (wish.act === 'open' ? open : click)(desk, campaign, wish.email) };
    }
    default:
      return { member: STANDING_ACTS[wish.act](desk, held, wish.email) };
  }
}
