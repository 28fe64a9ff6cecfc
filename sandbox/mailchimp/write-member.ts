import type { VendorDesk } from '../core/simulator.ts';
import { hashOf, keyOf, memberAt } from './member.ts';
import { checkAddress, type MemberWish } from './member-request.ts';
import { mergeFieldsOf } from './merge-fields.ts';
import { incompleteAddresses, missingValues, readMergeValues } from './merge-values.ts';
import { announceMember } from './notify.ts';
import { type FieldError, invalid, MailchimpRefusal } from './problem.ts';
import { type MemberRow, mailchimpTables, type Source, type Status, stampOf } from './rows.ts';
import { tagIdOf } from './tags.ts';

export interface WriteOptions {
  readonly source: Source;
  /** Takes a record with required merge fields left blank. */
  readonly skipMergeValidation?: boolean;
}

export interface Written {
  readonly row: MemberRow;
  readonly action: 'create' | 'update';
}

/**
 * Makes a member. One that was archived comes back, with what it had and the status of a new one.
 * Throws a MailchimpRefusal, and then nothing was done.
 */
export function createMember(
  desk: VendorDesk,
  listId: string,
  wish: MemberWish,
  options: WriteOptions,
): Written {
  const email = wish.email ?? '';
  checkAddress(email);
  const status = wish.statusIfNew ?? wish.status;
  if (status === undefined) throw invalid({ field: 'status', message: 'This value should not be blank.' });
  const { members, forgotten } = mailchimpTables(desk);
  if (forgotten.get(keyOf(listId, hashOf(email))) && options.source !== 'user')
    throw new MailchimpRefusal(
      400,
      'Forgotten Email Not Subscribed',
      `${email} was permanently deleted and cannot be re-imported. The contact must re-subscribe to get back on the list.`,
    );
  const archived = memberAt(desk, listId, email);
  if (archived) checkConsent(archived, status, options.source);
  const values = mergedValues(desk, listId, archived?.mergeValues ?? {}, wish, options);
  const now = stampOf(desk.clock());
  const row: MemberRow = {
    listId,
    hash: hashOf(email),
    contactId: archived?.contactId ?? desk.id('', 32).toLowerCase(),
    webId: archived?.webId ?? Number(desk.digits('5', 8)),
    uniqueEmailId: archived?.uniqueEmailId ?? hashOf(`${email}/unique`).slice(0, 10),
    email,
    status,
    archived: false,
    optedOutBy: status === 'unsubscribed' ? (archived?.optedOutBy ?? options.source) : null,
    unsubscribeReason: null,
    emailType: wish.emailType ?? 'html',
    language: wish.language ?? 'fr',
    vip: wish.vip ?? false,
    mergeValues: values,
    tags: [...new Set([...(archived?.tags ?? []), ...tagIds(desk, listId, wish)])],
    source: SOURCES[options.source],
    signedUpAt: wish.signedUpAt ?? (status === 'pending' ? now : ''),
    optedInAt: wish.optedInAt ?? (status === 'transactional' || status === 'pending' ? '' : now),
    lastChanged: now,
  };
  members.put(keyOf(listId, row.hash), row);
  if (options.source === 'user') forgotten.delete(keyOf(listId, row.hash));
  announceMember(desk, null, row, options.source);
  return { row, action: 'create' };
}

/** Changes a member that is there. Throws a MailchimpRefusal, and then nothing was done. */
export function updateMember(
  desk: VendorDesk,
  before: MemberRow,
  wish: MemberWish,
  options: WriteOptions,
): Written {
  const { listId } = before;
  const { members } = mailchimpTables(desk);
  const status = wish.status ?? before.status;
  checkConsent(before, status, options.source);
  const email = wish.email ?? before.email;
  const hash = hashOf(email);
  if (hash !== before.hash) {
    checkAddress(email);
    if (members.get(keyOf(listId, hash)))
      throw new MailchimpRefusal(400, 'Member Exists', `${email} is already a list member.`);
  }
  const merged = mergedValues(desk, listId, before.mergeValues, wish, options);
  const values = options.source === 'api' ? withKept(before, merged) : merged;
  const changed: MemberRow = {
    ...before,
    email,
    hash,
    uniqueEmailId: hash === before.hash ? before.uniqueEmailId : hashOf(`${email}/unique`).slice(0, 10),
    status,
    optedOutBy:
      status === before.status ? before.optedOutBy : status === 'unsubscribed' ? options.source : null,
    unsubscribeReason: status === before.status ? before.unsubscribeReason : null,
    mergeValues: values,
    emailType: wish.emailType ?? before.emailType,
    language: wish.language ?? before.language,
    vip: wish.vip ?? before.vip,
    tags: [...new Set([...before.tags, ...tagIds(desk, listId, wish)])],
  };
  // A write that changes nothing does not move the time of the last change, and tells nobody.
  if (JSON.stringify(changed) === JSON.stringify(before)) return { row: before, action: 'update' };
  const row = { ...changed, lastChanged: stampOf(desk.clock()) };
  if (hash !== before.hash) members.delete(keyOf(listId, before.hash));
  members.put(keyOf(listId, hash), row);
  announceMember(desk, before, row, options.source);
  return { row, action: 'update' };
}

/** Throws when a program, or anybody but the person, would bring back one who left or whose mails bounce. */
function checkConsent(before: MemberRow, status: Status, source: Source): void {
  if (source === 'user' || status === before.status) return;
  const left = before.status === 'cleaned' || before.optedOutBy === 'user';
  if (!left || (status !== 'subscribed' && status !== 'transactional')) return;
  throw new MailchimpRefusal(
    400,
    'Member In Compliance State',
    `${before.email} is in a compliance state due to unsubscribe, bounce, or compliance review and cannot be subscribed.`,
  );
}

function mergedValues(
  desk: VendorDesk,
  listId: string,
  held: MemberRow['mergeValues'],
  wish: MemberWish,
  { skipMergeValidation = false }: WriteOptions,
): MemberRow['mergeValues'] {
  const fields = mergeFieldsOf(desk, listId);
  const { values, errors } = readMergeValues(fields, wish.mergeFields ?? {});
  const merged = { ...held };
  for (const [tag, value] of Object.entries(values)) {
    if (value === null) delete merged[tag];
    else merged[tag] = value;
  }
  const missing: FieldError[] = skipMergeValidation ? [] : missingValues(fields, merged);
  const told = new Set(errors.map(({ field }) => field));
  const partial = incompleteAddresses(fields, merged).filter(({ field }) => !told.has(field));
  if (errors.length + missing.length + partial.length > 0)
    throw new MailchimpRefusal(400, 'Invalid Resource', 'Your merge fields were invalid.', [
      ...errors,
      ...missing,
      ...partial,
    ]);
  return merged;
}

/** What a program's change leaves as it was, though it is answered as done. */
function withKept(before: MemberRow, values: MemberRow['mergeValues']): MemberRow['mergeValues'] {
  const kept = (before.keeps ?? []).map((tag) => [tag, before.mergeValues[tag]] as const);
  return { ...values, ...Object.fromEntries(kept) };
}

const tagIds = (desk: VendorDesk, listId: string, { tags = [] }: MemberWish): number[] =>
  tags.map((name) => tagIdOf(desk, listId, name));

const SOURCES: Readonly<Record<Source, string>> = {
  api: 'API - Generic',
  admin: 'Admin Add',
  user: 'Hosted Signup Form',
};
