import type { VendorDesk } from '../core/simulator.ts';
import { type ActivityRow, type CampaignRow, mailchimpTables } from './rows.ts';

/** What became of a campaign's mails. */
export interface Figures {
  readonly sent: number;
  readonly opens: number;
  readonly uniqueOpens: number;
  readonly lastOpen: string;
  readonly clicks: number;
  readonly clickers: number;
  /** Different pairs of person and link. */
  readonly uniqueClicks: number;
  readonly lastClick: string;
  readonly unsubscribed: number;
  readonly hardBounces: number;
  readonly softBounces: number;
}

export function figuresOf(rows: readonly ActivityRow[]): Figures {
  const of = (kind: ActivityRow['kind']): ActivityRow[] => rows.filter((row) => row.kind === kind);
  const people = (some: readonly ActivityRow[]): number => new Set(some.map((row) => row.contactId)).size;
  const last = (some: readonly ActivityRow[]): string => latestOf(some.map(({ at }) => at));
  const opens = of('open');
  const clicks = of('click');
  const bounces = of('bounce');
  return {
    sent: of('sent').length,
    opens: opens.length,
    uniqueOpens: people(opens),
    lastOpen: last(opens),
    clicks: clicks.length,
    clickers: people(clicks),
    uniqueClicks: new Set(clicks.map((row) => `${row.contactId} ${row.detail}`)).size,
    lastClick: last(clicks),
    unsubscribed: people(of('unsub')),
    hardBounces: bounces.filter(({ detail }) => detail === 'hard').length,
    softBounces: bounces.filter(({ detail }) => detail === 'soft').length,
  };
}

/** The last of some moments; empty when there is none. */
export function latestOf(moments: readonly (string | null)[]): string {
  return moments.toSorted().findLast((at) => at !== null) ?? '';
}

export function activityOf(desk: VendorDesk, campaignId: string): ActivityRow[] {
  return mailchimpTables(desk)
    .activity.all()
    .filter((row) => row.campaignId === campaignId);
}

/** Share of mails that arrived; 0 when none did. */
export function shareOf(part: number, { sent, hardBounces, softBounces }: Figures): number {
  const arrived = sent - hardBounces - softBounces;
  return arrived > 0 ? Math.round((part / arrived) * 10_000) / 10_000 : 0;
}

/** Open and click rates over campaigns, in per cent, as audiences show them. */
export function ratesOf(desk: VendorDesk, campaigns: readonly CampaignRow[]): object {
  const figures = figuresOf(campaigns.flatMap(({ id }) => activityOf(desk, id)));
  return {
    open_rate: 100 * shareOf(figures.uniqueOpens, figures),
    click_rate: 100 * shareOf(figures.clickers, figures),
  };
}
