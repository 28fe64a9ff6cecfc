import type { VendorDesk } from '../core/simulator.ts';
import { briefMember, hashOf, keyOf, memberAt, memberOf, shownMember, surroundingsOf } from './member.ts';
import { readMember } from './member-request.ts';
import { announceDeleted, announceMember } from './notify.ts';
import type { Call, Operation } from './operation.ts';
import { invalid, MailchimpRefusal } from './problem.ts';
import { choiceOf, momentOf, pageOf, within } from './query.ts';
import { type MemberRow, mailchimpTables, type Source, STATUSES, stampOf } from './rows.ts';
import { createMember, updateMember, type WriteOptions, type Written } from './write-member.ts';

const MEMBER = '/lists/{list}/members/{member}';

/** https://mailchimp.com/developer/marketing/api/list-members/ */
export const memberOperations: readonly Operation[] = [
  { method: 'GET', path: '/lists/{list}/members', run: list },
  { method: 'POST', path: '/lists/{list}/members', run: add },
  { method: 'GET', path: MEMBER, run: (call) => show(call, found(call)) },
  { method: 'PUT', path: MEMBER, run: put },
  { method: 'PATCH', path: MEMBER, run: patch },
  {
    method: 'DELETE',
    path: MEMBER,
    run(call) {
      const row = found(call);
      if (row.archived)
        throw new MailchimpRefusal(405, 'Method Not Allowed', 'This list member cannot be removed.');
      const archived = archiveMember(call.desk, row, 'api');
      wrote(call.desk, 'DELETE /lists/{list_id}/members/{hash}', { row: archived, action: 'delete' });
      return null;
    },
  },
  {
    method: 'POST',
    path: `${MEMBER}/actions/delete-permanent`,
    run(call) {
      const row = found(call);
      deleteMember(call.desk, row, 'api');
      wrote(call.desk, 'POST …/actions/delete-permanent', { row, action: 'delete' });
      return null;
    },
  },
];

/** Notes a committed write in the ledger. An upsert is known by its address. */
export function wrote(
  desk: VendorDesk,
  operation: string,
  { row, action }: { readonly row: MemberRow; readonly action: 'create' | 'update' | 'delete' },
): void {
  const record = briefMember(row, {
    tags: new Map(),
    mergeTags: Object.keys(row.mergeValues),
    activity: new Map(),
  });
  desk.wrote({
    operation,
    object: 'member',
    id: row.contactId,
    action,
    marker: null,
    record: { ...record, tags: row.tags },
  });
}

export function archiveMember(desk: VendorDesk, row: MemberRow, source: Source): MemberRow {
  const archived = { ...row, archived: true, lastChanged: stampOf(desk.clock()) };
  mailchimpTables(desk).members.put(keyOf(row.listId, row.hash), archived);
  announceMember(desk, row, archived, source);
  return archived;
}

export function deleteMember(desk: VendorDesk, row: MemberRow, source: Source): void {
  const { members, forgotten } = mailchimpTables(desk);
  const key = keyOf(row.listId, row.hash);
  members.delete(key);
  forgotten.put(key, { listId: row.listId, hash: row.hash });
  if (!row.archived) announceDeleted(desk, row, source);
}

export function optionsOf({ query }: Call): WriteOptions {
  return { source: 'api', skipMergeValidation: query.get('skip_merge_validation') === 'true' };
}

function found({ desk, audience, path }: Call): MemberRow {
  return memberOf(desk, audience().id, path.member ?? '');
}

function show({ desk }: Call, row: MemberRow): object {
  return shownMember(row, surroundingsOf(desk, row.listId));
}

function list({ desk, audience, query }: Call): object {
  const listId = audience().id;
  const status = choiceOf(query, 'status', [...STATUSES, 'archived'] as const);
  const unsubscribedSince = momentOf(query, 'unsubscribed_since');
  if (unsubscribedSince !== undefined && status !== undefined && status !== 'unsubscribed')
    throw invalid({ field: 'unsubscribed_since', message: 'Only with the status unsubscribed.' });
  const emailId = query.get('unique_email_id');
  let rows: readonly MemberRow[] = mailchimpTables(desk)
    .members.all()
    .filter(
      (row) =>
        row.listId === listId &&
        // Archived ones are shown to those only who ask for them.
        (status === 'archived' ? row.archived : !row.archived && (status ?? row.status) === row.status) &&
        (emailId === null || row.uniqueEmailId === emailId) &&
        (query.get('vip_only') !== 'true' || row.vip) &&
        (query.get('email_type') ?? row.emailType) === row.emailType,
    );
  if (unsubscribedSince !== undefined)
    rows = rows.filter(
      (row) => row.status === 'unsubscribed' && Date.parse(row.lastChanged) > unsubscribedSince,
    );
  rows = within(rows, query, 'last_changed', (row) => row.lastChanged);
  rows = within(rows, query, 'timestamp_opt', (row) => row.optedInAt);
  const page = pageOf(sorted(rows, query), query);
  const surroundings = surroundingsOf(desk, listId);
  return {
    members: page.map((row) => shownMember(row, surroundings)),
    list_id: listId,
    total_items: rows.length,
  };
}

const SORTS = {
  last_changed: (row: MemberRow) => row.lastChanged,
  timestamp_opt: (row: MemberRow) => row.optedInAt,
  timestamp_signup: (row: MemberRow) => row.signedUpAt,
} as const;

function sorted(rows: readonly MemberRow[], query: URLSearchParams): readonly MemberRow[] {
  const field = choiceOf(query, 'sort_field', ['last_changed', 'timestamp_opt', 'timestamp_signup'] as const);
  if (field === undefined) return rows;
  const sign = choiceOf(query, 'sort_dir', ['ASC', 'DESC'] as const) === 'ASC' ? 1 : -1;
  const keyed = SORTS[field];
  return [...rows].sort((a, b) => sign * (keyed(a) < keyed(b) ? -1 : keyed(a) > keyed(b) ? 1 : 0));
}

function add(call: Call): object {
  const { desk, body } = call;
  const listId = call.audience().id;
  const wish = readMember(body);
  if (wish.email === undefined || wish.status === undefined)
    throw invalid({
      field: wish.email === undefined ? 'email_address' : 'status',
      message: 'This value should not be blank.',
    });
  const held = memberAt(desk, listId, wish.email);
  if (held && !held.archived)
    throw new MailchimpRefusal(
      400,
      'Member Exists',
      `${wish.email} is already a list member. Use PUT to insert or update list members.`,
    );
  return written(call, 'POST /lists/{list_id}/members', createMember(desk, listId, wish, optionsOf(call)));
}

function put(call: Call): object {
  const { desk, body, path } = call;
  const listId = call.audience().id;
  const wish = readMember(body);
  const held = memberIfAny(desk, listId, path.member ?? '');
  const operation = 'PUT /lists/{list_id}/members/{hash}';
  if (held && !held.archived)
    return written(call, operation, updateMember(desk, held, wish, optionsOf(call)));
  const email = wish.email ?? '';
  if (!held && path.member !== hashOf(email) && path.member !== email)
    throw invalid({ field: 'email_address', message: 'It is not the address that the URL stands for.' });
  if (wish.statusIfNew === undefined && wish.status === undefined)
    throw invalid({ field: 'status_if_new', message: 'This value should not be blank.' });
  return written(call, operation, createMember(desk, listId, wish, optionsOf(call)));
}

function memberIfAny(desk: VendorDesk, listId: string, name: string): MemberRow | null {
  try {
    return memberOf(desk, listId, name);
  } catch {
    return null;
  }
}

function patch(call: Call): object {
  const held = found(call);
  const wish = readMember(call.body);
  const options = optionsOf(call);
  // Only a status brings an archived one back.
  const change =
    held.archived && wish.status !== undefined
      ? createMember(call.desk, held.listId, { ...wish, email: wish.email ?? held.email }, options)
      : updateMember(call.desk, held, wish, options);
  return written(call, 'PATCH /lists/{list_id}/members/{hash}', change);
}

function written(call: Call, operation: string, change: Written): object {
  wrote(call.desk, operation, change);
  return show(call, change.row);
}
