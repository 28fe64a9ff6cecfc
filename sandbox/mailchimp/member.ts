import { createHash } from 'node:crypto';
import type { VendorDesk } from '../core/simulator.ts';
import { mergeFieldsOf } from './merge-fields.ts';
import { isBlank } from './merge-values.ts';
import { notFound } from './problem.ts';
import { type ActivityRow, type MemberRow, mailchimpTables, type TagRow } from './rows.ts';

export const hashOf = (email: string): string =>
  createHash('md5').update(email.trim().toLowerCase()).digest('hex');

export const keyOf = (listId: string, hash: string): string => `${listId}/${hash}`;

export function memberAt(desk: VendorDesk, listId: string, email: string): MemberRow | undefined {
  return mailchimpTables(desk).members.get(keyOf(listId, hashOf(email)));
}

/**
 * The member that a path names: by the MD5 of the address, by the address, or by its contact id.
 * Throws a 404 when the audience never had it.
 */
export function memberOf(desk: VendorDesk, listId: string, name: string): MemberRow {
  const { members } = mailchimpTables(desk);
  const row = name.includes('@')
    ? memberAt(desk, listId, name)
    : (members.get(keyOf(listId, name.toLowerCase())) ??
      members.all().find((one) => one.listId === listId && one.contactId === name));
  if (!row) throw notFound();
  return row;
}

/** What showing members of one audience needs to look up once. */
export interface Surroundings {
  readonly tags: ReadonlyMap<number, TagRow>;
  readonly mergeTags: readonly string[];
  /** Activity of each contact. */
  readonly activity: ReadonlyMap<string, readonly ActivityRow[]>;
}

export function surroundingsOf(desk: VendorDesk, listId: string): Surroundings {
  const { tags, activity } = mailchimpTables(desk);
  const byContact = new Map<string, ActivityRow[]>();
  for (const row of activity.all()) {
    const held = byContact.get(row.contactId);
    if (held) held.push(row);
    else byContact.set(row.contactId, [row]);
  }
  return {
    tags: new Map(
      tags
        .all()
        .filter((row) => row.listId === listId)
        .map((row) => [row.id, row]),
    ),
    mergeTags: mergeFieldsOf(desk, listId).map(({ tag }) => tag),
    activity: byContact,
  };
}

/** As batches and tags answer it: the part that every answer about a member has. */
export function briefMember(row: MemberRow, { tags, mergeTags, activity }: Surroundings): object {
  const held = row.tags.flatMap((id) => tags.get(id) ?? []).map(({ id, name }) => ({ id, name }));
  return {
    id: row.hash,
    email_address: row.email,
    unique_email_id: row.uniqueEmailId,
    contact_id: row.contactId,
    email_type: row.emailType,
    status: row.archived ? 'archived' : row.status,
    merge_fields: Object.fromEntries(mergeTags.map((tag) => [tag, row.mergeValues[tag] ?? ''])),
    stats: statsOf(activity.get(row.contactId) ?? []),
    ip_signup: '',
    timestamp_signup: row.signedUpAt,
    ip_opt: row.status === 'transactional' ? '' : '203.0.113.24',
    timestamp_opt: row.optedInAt,
    member_rating: row.status === 'subscribed' ? 3 : 1,
    last_changed: row.lastChanged,
    language: row.language,
    vip: row.vip,
    email_client: '',
    location: { latitude: 0, longitude: 0, gmtoff: 0, dstoff: 0, country_code: '', timezone: '' },
    tags_count: held.length,
    tags: held,
    list_id: row.listId,
  };
}

/** https://mailchimp.com/developer/marketing/api/list-members/ */
export function shownMember(row: MemberRow, surroundings: Surroundings): object {
  const { FNAME, LNAME } = row.mergeValues;
  return {
    ...briefMember(row, surroundings),
    full_name: [FNAME, LNAME].filter((part) => !isBlank(part)).join(' '),
    web_id: row.webId,
    consents_to_one_to_one_messaging: row.status === 'subscribed' && !row.archived,
    ...(row.unsubscribeReason === null ? {} : { unsubscribe_reason: row.unsubscribeReason }),
    source: row.source,
  };
}

function statsOf(rows: readonly ActivityRow[]): object {
  const campaignsOf = (kind: ActivityRow['kind']): number =>
    new Set(rows.filter((row) => row.kind === kind).map((row) => row.campaignId)).size;
  const sent = campaignsOf('sent');
  const share = (part: number): number => (sent === 0 ? 0 : Math.round((part / sent) * 10_000) / 10_000);
  return { avg_open_rate: share(campaignsOf('open')), avg_click_rate: share(campaignsOf('click')) };
}
