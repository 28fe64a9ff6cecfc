import type { FieldValues, SyncField } from '../../core/sync-object.ts';
import type { MailchimpClient } from './client.ts';
import { hashOf } from './members.ts';
import { PAGE } from './request.ts';
import type { Campaign, MailActivity } from './shapes.ts';

/** Campaigns that are counted: each is a call, or more where more than a thousand people read it. */
export const CAMPAIGNS = 12;

/** What a person did with the last campaigns of an audience. Moments are ISO 8601. */
interface Engagement {
  opens: number;
  clicks: number;
  lastOpen: string;
  lastClick: string;
  /** The campaign that was opened or clicked last, and when. */
  campaign: string;
  campaignAt: string;
}

/** By the MD5 of the address; who did nothing is not there. */
export type Engagements = ReadonlyMap<string, Engagement>;

const NOTHING: Engagement = {
  opens: 0,
  clicks: 0,
  lastOpen: '',
  lastClick: '',
  campaign: '',
  campaignAt: '',
};

/** What is known of a person's reading. Mailchimp counts it, so nobody else writes it. */
export const ENGAGEMENT_FIELDS: readonly SyncField[] = [
  {
    id: 'opens',
    titles: { en: `Opens, last ${CAMPAIGNS} campaigns`, fr: `Ouvertures, ${CAMPAIGNS} dernières campagnes` },
    kind: 'number',
    readOnly: true,
    newName: { en: 'Mailchimp opens', fr: 'Mailchimp ouvertures' },
  },
  {
    id: 'clicks',
    titles: { en: `Clicks, last ${CAMPAIGNS} campaigns`, fr: `Clics, ${CAMPAIGNS} dernières campagnes` },
    kind: 'number',
    readOnly: true,
    newName: { en: 'Mailchimp clicks', fr: 'Mailchimp clics' },
  },
  {
    id: 'last_open',
    titles: { en: 'Last open', fr: 'Dernière ouverture' },
    kind: 'date',
    readOnly: true,
    newName: { en: 'Mailchimp last open', fr: 'Mailchimp dern. ouverture' },
  },
  {
    id: 'last_click',
    titles: { en: 'Last click', fr: 'Dernier clic' },
    kind: 'date',
    readOnly: true,
    newName: { en: 'Mailchimp last click', fr: 'Mailchimp dernier clic' },
  },
  {
    id: 'last_campaign',
    titles: { en: 'Last campaign read', fr: 'Dernière campagne lue' },
    kind: 'text',
    readOnly: true,
    newName: { en: 'Mailchimp last campaign', fr: 'Mailchimp dern. campagne' },
  },
];

const IDS = new Set(ENGAGEMENT_FIELDS.map(({ id }) => id));

/** Whether any of these fields is about what people read. */
export const asksForEngagement = (fields: readonly string[]): boolean => fields.some((id) => IDS.has(id));

/** A person's reading as values of `ENGAGEMENT_FIELDS`. @param known absent: nobody asked. */
export function engagementValues(known: Engagements | undefined, hash: string): FieldValues {
  if (known === undefined) return {};
  const { opens, clicks, lastOpen, lastClick, campaign } = known.get(hash) ?? NOTHING;
  return {
    opens,
    clicks,
    last_open: lastOpen.slice(0, 10) || null,
    last_click: lastClick.slice(0, 10) || null,
    last_campaign: campaign || null,
  };
}

/** What everybody did with the last campaigns: a call for each, and one for each further thousand readers. */
export async function readEngagements(client: MailchimpClient, audience: string): Promise<Engagements> {
  const all = new Map<string, Engagement>();
  const { campaigns } = await client.latestCampaigns(audience, CAMPAIGNS);
  for (const campaign of campaigns) {
    for (const mail of await readersOf(client, campaign, sinceSent(campaign))) count(all, campaign, mail);
  }
  return all;
}

const kept = new WeakMap<MailchimpClient, Map<string, Promise<Engagements>>>();

/** As `readEngagements`, once for each client: the pages of a list are of one moment. */
export function engagementsOnce(client: MailchimpClient, audience: string): Promise<Engagements> {
  const own = kept.get(client) ?? new Map<string, Promise<Engagements>>();
  kept.set(client, own);
  const known = own.get(audience) ?? readEngagements(client, audience);
  own.set(audience, known);
  return known;
}

/** Mails of a campaign to which something happened after a moment (ISO 8601). */
export async function readersOf(
  client: MailchimpClient,
  { id }: Campaign,
  since: string,
): Promise<MailActivity[]> {
  const readers: MailActivity[] = [];
  for (let offset = 0; ; offset += PAGE) {
    const { mails } = await client.emailActivity(id, { since, offset });
    readers.push(...mails.filter(({ events }) => events.length > 0));
    if (mails.length < PAGE) return readers;
  }
}

/** In the form in which Mailchimp writes times, so that texts compare as moments do. */
export const stampOf = (moment: number): string => `${new Date(moment).toISOString().slice(0, 19)}+00:00`;

/** "Since" leaves out the moment itself, and times are of a second. */
export const sinceSent = ({ sentAt }: Campaign): string =>
  stampOf(sentAt === null ? 0 : Date.parse(sentAt) - 1_000);

function count(all: Map<string, Engagement>, { title, subject }: Campaign, { email, events }: MailActivity) {
  const hash = hashOf(email);
  const person = all.get(hash) ?? { ...NOTHING };
  for (const { kind, at } of events) {
    if (kind === 'bounce') continue;
    if (kind === 'open') {
      person.opens += 1;
      person.lastOpen = later(person.lastOpen, at);
    } else {
      person.clicks += 1;
      person.lastClick = later(person.lastClick, at);
    }
    if (at >= person.campaignAt) {
      person.campaign = title || subject;
      person.campaignAt = at;
    }
  }
  all.set(hash, person);
}

const later = (one: string, other: string): string => (other > one ? other : one);
