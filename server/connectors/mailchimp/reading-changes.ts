import type { MailchimpClient } from './client.ts';
import { CAMPAIGNS, readersOf, sinceSent, stampOf } from './engagement.ts';
import { findMembers } from './find-members.ts';
import { hashOf } from './members.ts';
import type { Campaign, Member } from './shapes.ts';

/** How far the reading of each campaign is known, by campaign. */
export type ReadingMarks = Readonly<
  Record<
    string,
    {
      /** Opens and clicks that the campaign had. */
      readonly count: number;
      /** ISO 8601: what was done after this is asked for; null: everything. */
      readonly since: string | null;
    }
  >
>;

/** What people did may come to light this much later. Who is met twice is the same twice. */
const LATE_MS = 600_000;

const countOf = ({ opens, clicks }: Campaign): number => opens + clicks;

/** Where the reading of the last campaigns stands now, for looks that follow a reading of everybody. */
export async function readingMarks(client: MailchimpClient, audience: string): Promise<ReadingMarks> {
  const { campaigns, at } = await client.latestCampaigns(audience, CAMPAIGNS);
  const since = at === null ? null : stampOf(at - LATE_MS);
  return Object.fromEntries(campaigns.map((one) => [one.id, { count: countOf(one), since }]));
}

/**
 * Members who opened or clicked something since the marks. One call says which campaigns that was; only
 * those are asked who. A figure that is ahead of the names behind it is looked at again the next time.
 */
export async function readingChanges(
  client: MailchimpClient,
  audience: string,
  marks: ReadingMarks,
): Promise<{ members: Member[]; marks: ReadingMarks }> {
  const { campaigns } = await client.latestCampaigns(audience, CAMPAIGNS);
  const now: Record<string, ReadingMarks[string]> = {};
  const readers = new Set<string>();
  for (const campaign of campaigns) {
    const mark = marks[campaign.id] ?? { count: 0, since: null };
    now[campaign.id] = mark;
    if (countOf(campaign) === mark.count) continue;
    const mails = await readersOf(client, campaign, mark.since ?? sinceSent(campaign));
    const moments = mails.flatMap(({ events }) => events.map(({ at }) => Date.parse(at)));
    if (moments.length === 0) continue;
    // One by one: there may be more than a call takes arguments.
    const last = moments.reduce((one, other) => Math.max(one, other));
    now[campaign.id] = { count: countOf(campaign), since: stampOf(last - LATE_MS) };
    for (const { email } of mails) readers.add(hashOf(email));
  }
  if (readers.size === 0) return { members: [], marks: now };
  const found = await findMembers(client, audience, [...readers], ({ hash }) => hash);
  return { members: [...found.values()], marks: now };
}
