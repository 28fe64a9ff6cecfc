import type { ReaderEvent } from '../../core/newsletter/reader.ts';
import { type MailchimpApi, memberPath, PAGE } from './request.ts';
import {
  activityFeedSchema,
  type Campaign,
  campaignsSchema,
  emailActivitySchema,
  type MailActivity,
} from './shapes.ts';

/** Campaigns that were sent, and what became of their mails. https://mailchimp.com/developer/marketing/api/reports/ */
export function campaignCalls(api: MailchimpApi) {
  return {
    /**
     * The campaigns that an audience was sent last, newest first; at most `count`. `at`: when that was, by
     * Mailchimp's own clock (epoch milliseconds); null when it does not say.
     */
    async latestCampaigns(
      audience: string,
      count: number,
    ): Promise<{ campaigns: readonly Campaign[]; at: number | null }> {
      let at: number | null = null;
      const query = {
        status: 'sent',
        sort_field: 'send_time',
        sort_dir: 'DESC',
        list_id: audience,
        count,
      };
      const answer = await api({ path: '/campaigns', query }, campaignsSchema, (moment) => {
        at = moment;
      });
      return { campaigns: answer.campaigns, at };
    },

    /**
     * A page of a campaign's mails with what their readers did; with `since` (ISO 8601) only what was done
     * after it, and only of those who did something.
     */
    async emailActivity(
      campaignId: string,
      wish: { since?: string; offset?: number; count?: number } = {},
    ): Promise<{ mails: MailActivity[]; total: number }> {
      const path = `/reports/${encodeURIComponent(campaignId)}/email-activity`;
      const query = { since: wish.since, offset: wish.offset ?? 0, count: wish.count ?? PAGE };
      const answer = await api({ path, query }, emailActivitySchema);
      return { mails: answer.emails, total: answer.total_items };
    },

    /**
     * What happened between the company and one person, newest first: sent, opened, clicked, left.
     *
     * @param id contact id, or MD5 of the address.
     */
    async memberActivity(
      audience: string,
      id: string,
      wish: { offset?: number; count?: number } = {},
    ): Promise<ReaderEvent[]> {
      const path = `${memberPath(audience, id)}/activity-feed`;
      const query = { offset: wish.offset ?? 0, count: wish.count ?? 100 };
      return (await api({ path, query }, activityFeedSchema)).activity;
    },
  };
}
