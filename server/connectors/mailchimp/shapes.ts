import { z } from 'zod';
import type { ReaderEvent } from '../../core/newsletter/reader.ts';

/** As an audience holds a person. `transactional`: people see "non-subscribed". */
export const MEMBER_STATUSES = [
  'subscribed',
  'unsubscribed',
  'cleaned',
  'pending',
  'transactional',
  'archived',
] as const;
export type MemberStatus = (typeof MEMBER_STATUSES)[number];

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');
const count = z
  .number()
  .nullish()
  .transform((value) => value ?? 0);
/** A time, or null where Mailchimp writes an empty text. */
const moment = z
  .string()
  .nullish()
  .transform((value) => (value === undefined || value === '' ? null : value));

export const memberSchema = z
  .object({
    id: z.string(),
    contact_id: z.string().nullish(),
    email_address: z.string(),
    status: z.string(),
    full_name: text,
    web_id: z.number().nullish(),
    merge_fields: z.record(z.string(), z.unknown()).catch({}),
    tags: z.array(z.object({ name: z.string() })).catch([]),
    stats: z.object({ avg_open_rate: count, avg_click_rate: count }).nullish(),
    member_rating: z.number().nullish(),
    last_changed: text,
    unsubscribe_reason: z.string().nullish(),
  })
  .transform((member) => ({
    /** MD5 of the lower-case address: another one when the address changes. */
    hash: member.id,
    /** Stays when the address changes; null in answers that leave it out. */
    contactId: member.contact_id ?? null,
    email: member.email_address,
    status: member.status as MemberStatus,
    fullName: member.full_name,
    webId: member.web_id ?? null,
    mergeFields: member.merge_fields,
    tags: member.tags.map(({ name }) => name),
    openRate: member.stats?.avg_open_rate ?? 0,
    clickRate: member.stats?.avg_click_rate ?? 0,
    rating: member.member_rating ?? null,
    lastChanged: member.last_changed,
    unsubscribeReason: member.unsubscribe_reason ?? null,
  }));
export type Member = z.infer<typeof memberSchema>;

export const membersSchema = z.object({
  members: z.array(memberSchema),
  total_items: count,
});

export const audienceSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    web_id: z.number().nullish(),
    stats: z.object({ member_count: count }).nullish(),
  })
  .transform(({ id, name, stats }) => ({ id, name, subscribed: stats?.member_count ?? 0 }));
export type Audience = z.infer<typeof audienceSchema>;
export const audiencesSchema = z.object({ lists: z.array(audienceSchema), total_items: count });

const mergeFieldSchema = z
  .object({
    merge_id: z.number(),
    tag: z.string(),
    name: z.string(),
    type: z.string(),
    required: z.boolean().catch(false),
    options: z
      .object({ choices: z.array(z.string()).catch([]), phone_format: text.catch('') })
      .catch({ choices: [], phone_format: '' }),
  })
  .transform(({ merge_id, options, ...field }) => ({
    id: merge_id,
    ...field,
    choices: options.choices,
    /** Of a telephone: it takes ten-digit numbers of North America only. */
    isAmerican: options.phone_format === 'US',
  }));
export type MergeField = z.infer<typeof mergeFieldSchema>;
export const mergeFieldsSchema = z.object({ merge_fields: z.array(mergeFieldSchema), total_items: count });

export const batchSchema = z.object({
  new_members: z.array(memberSchema),
  updated_members: z.array(memberSchema),
  errors: z.array(
    z.object({ email_address: text, error: text, error_code: text, field: text, field_message: text }),
  ),
});

export const tagSchema = z.object({ id: z.number(), name: z.string() });
export type Tag = z.infer<typeof tagSchema>;
export const tagsSchema = z.object({ segments: z.array(tagSchema), total_items: count });
export const taggedSchema = z.object({ total_added: count, total_removed: count });

export const campaignSchema = z
  .object({
    id: z.string(),
    status: text,
    send_time: moment,
    emails_sent: count,
    long_archive_url: text,
    recipients: z.object({ list_id: text }).nullish(),
    settings: z.object({ title: text, subject_line: text }).nullish(),
    report_summary: z.object({ opens: count, clicks: count }).nullish(),
  })
  .transform((campaign) => ({
    id: campaign.id,
    status: campaign.status,
    sentAt: campaign.send_time,
    sent: campaign.emails_sent,
    url: campaign.long_archive_url,
    audience: campaign.recipients?.list_id ?? '',
    title: campaign.settings?.title ?? '',
    subject: campaign.settings?.subject_line ?? '',
    /** All there were so far, of whoever. */
    opens: campaign.report_summary?.opens ?? 0,
    clicks: campaign.report_summary?.clicks ?? 0,
  }));
export type Campaign = z.infer<typeof campaignSchema>;
export const campaignsSchema = z.object({ campaigns: z.array(campaignSchema), total_items: count });

/** One thing that a reader did with a mail. */
export interface MailEvent {
  readonly kind: 'open' | 'click' | 'bounce';
  readonly at: string;
  /** The link, of a click; `hard` or `soft`, of a bounce. */
  readonly detail: string | null;
}

export const mailActivitySchema = z
  .object({
    email_address: z.string(),
    activity: z.array(z.object({ action: text, timestamp: text, url: text, type: text })).catch([]),
  })
  .transform(({ email_address, activity }) => ({
    email: email_address,
    events: activity.flatMap(({ action, timestamp, url, type }): MailEvent[] =>
      action === 'open' || action === 'click' || action === 'bounce'
        ? [{ kind: action, at: timestamp, detail: (action === 'click' ? url : type) || null }]
        : [],
    ),
  }));
export type MailActivity = z.infer<typeof mailActivitySchema>;
export const emailActivitySchema = z.object({ emails: z.array(mailActivitySchema), total_items: count });

export const activityEventSchema = z
  .object({
    activity_type: text,
    created_at_timestamp: text,
    campaign_id: text,
    campaign_title: text,
    link_clicked: text,
    bounce_type: text,
    unsubscribe_reason: text,
  })
  .transform(
    (event): ReaderEvent => ({
      kind: event.activity_type,
      at: event.created_at_timestamp,
      campaignId: event.campaign_id || null,
      campaign: event.campaign_title,
      detail: event.link_clicked || event.bounce_type || event.unsubscribe_reason || null,
    }),
  );
export const activityFeedSchema = z.object({ activity: z.array(activityEventSchema) });

export const webhookSchema = z.object({
  id: z.string(),
  url: z.string(),
  events: z.record(z.string(), z.boolean()).catch({}),
  sources: z.record(z.string(), z.boolean()).catch({}),
});
export type Webhook = z.infer<typeof webhookSchema>;
export const webhooksSchema = z.object({ webhooks: z.array(webhookSchema) });

export const metadataSchema = z.object({
  dc: z.string(),
  api_endpoint: z.string(),
  accountname: text,
  user_id: z.union([z.number(), z.string()]).transform(String),
});
