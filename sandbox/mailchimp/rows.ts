import type { VendorDesk } from '../core/simulator.ts';

export interface TokenRow {
  readonly token: string;
  readonly clientId: string;
}

export interface AudienceRow {
  readonly id: string;
  readonly webId: number;
  readonly name: string;
  /** ISO 8601, as every date here. */
  readonly createdAt: string;
}

export type MergeFieldType = (typeof MERGE_FIELD_TYPES)[number];
export const MERGE_FIELD_TYPES = [
  'text',
  'number',
  'address',
  'phone',
  'date',
  'url',
  'imageurl',
  'radio',
  'dropdown',
  'birthday',
  'zip',
] as const;

export interface MergeFieldRow {
  readonly listId: string;
  readonly mergeId: number;
  readonly tag: string;
  readonly name: string;
  readonly type: MergeFieldType;
  readonly required: boolean;
  readonly defaultValue: string;
  readonly public: boolean;
  readonly displayOrder: number;
  readonly helpText: string;
  readonly options: Readonly<Record<string, unknown>>;
}

/** `transactional` is what people see as "non-subscribed". */
export const STATUSES = ['subscribed', 'unsubscribed', 'cleaned', 'pending', 'transactional'] as const;
export type Status = (typeof STATUSES)[number];

/** Who did something: the person, someone in Mailchimp's screens, or a program. */
export type Source = 'user' | 'admin' | 'api';

export interface MemberRow {
  readonly listId: string;
  /** MD5 of the lower-case address: moves with the address. */
  readonly hash: string;
  /** Stays when the address changes. */
  readonly contactId: string;
  readonly webId: number;
  /** Of the address, in every audience of Mailchimp. */
  readonly uniqueEmailId: string;
  readonly email: string;
  readonly status: Status;
  readonly archived: boolean;
  /** Who ended the subscription: a person who did so can only be brought back by themselves. */
  readonly optedOutBy: Source | null;
  readonly unsubscribeReason: string | null;
  readonly emailType: 'html' | 'text';
  readonly language: string;
  readonly vip: boolean;
  /** Values by merge tag; a tag that is absent is blank. */
  readonly mergeValues: Readonly<Record<string, unknown>>;
  /** Tags whose values programs cannot change, though they are answered that they did. */
  readonly keeps?: readonly string[];
  /** Ids of static segments, which are tags. */
  readonly tags: readonly number[];
  readonly source: string;
  readonly signedUpAt: string;
  readonly optedInAt: string;
  readonly lastChanged: string;
}

/** A tag: a segment with a fixed set of members. */
export interface TagRow {
  readonly listId: string;
  readonly id: number;
  readonly name: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface CampaignRow {
  readonly id: string;
  readonly webId: number;
  readonly listId: string;
  readonly title: string;
  readonly subject: string;
  readonly status: 'save' | 'sent';
  readonly createdAt: string;
  readonly sentAt: string | null;
}

/** One thing that happened to a mail of a campaign. */
export interface ActivityRow {
  readonly id: string;
  readonly campaignId: string;
  readonly contactId: string;
  /** The address that the mail went to. */
  readonly email: string;
  readonly kind: 'sent' | 'open' | 'click' | 'bounce' | 'unsub';
  readonly at: string;
  /** The link, of a click; `hard` or `soft`, of a bounce. */
  readonly detail: string | null;
}

export interface WebhookRow {
  readonly id: string;
  readonly listId: string;
  readonly url: string;
  readonly events: Readonly<Record<WebhookEvent, boolean>>;
  readonly sources: Readonly<Record<Source, boolean>>;
}

export const WEBHOOK_EVENTS = [
  'subscribe',
  'unsubscribe',
  'profile',
  'cleaned',
  'upemail',
  'campaign',
] as const;
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];

/** An address whose data was deleted for good: only the person can bring it back. */
export interface ForgottenRow {
  readonly listId: string;
  readonly hash: string;
}

export function mailchimpTables(desk: VendorDesk) {
  return {
    tokens: desk.table<TokenRow>('tokens', { kept: true }),
    audiences: desk.table<AudienceRow>('audiences'),
    mergeFields: desk.table<MergeFieldRow>('merge fields'),
    members: desk.table<MemberRow>('members'),
    tags: desk.table<TagRow>('tags'),
    campaigns: desk.table<CampaignRow>('campaigns'),
    activity: desk.table<ActivityRow>('activity'),
    webhooks: desk.table<WebhookRow>('webhooks', { kept: true }),
    forgotten: desk.table<ForgottenRow>('forgotten'),
  };
}

/** The moment as Mailchimp writes it: seconds, with an offset. */
export function stampOf(date: Date): string {
  return `${date.toISOString().slice(0, 19)}+00:00`;
}
