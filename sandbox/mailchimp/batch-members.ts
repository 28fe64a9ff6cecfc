import { briefMember, memberAt, surroundingsOf } from './member.ts';
import { type MemberWish, readMember } from './member-request.ts';
import { optionsOf, wrote } from './members.ts';
import type { Call, Operation } from './operation.ts';
import { invalid, MailchimpRefusal } from './problem.ts';
import type { MemberRow } from './rows.ts';
import { setTag, tagIdOf } from './tags.ts';
import { createMember, updateMember } from './write-member.ts';

const MOST = 500;

interface BatchError {
  readonly email_address: string;
  readonly error: string;
  readonly error_code: 'ERROR_CONTACT_EXISTS' | 'ERROR_GENERIC';
  readonly field: string;
  readonly field_message: string;
}

/**
 * `POST /lists/{list_id}`: up to 500 members at once. What one of them is refused for stands in the answer,
 * beside those that were taken. https://mailchimp.com/developer/marketing/api/lists/batch-subscribe-or-unsubscribe/
 *
 * The machine-readable contract does not name `status_if_new` and `tags` of a member here; the API takes
 * them, and the vendor's own example has the former.
 */
export const batchOperations: readonly Operation[] = [{ method: 'POST', path: '/lists/{list}', run }];

function run(call: Call): object {
  const { desk, body } = call;
  const listId = call.audience().id;
  const created: MemberRow[] = [];
  const updated: MemberRow[] = [];
  const errors: BatchError[] = [];
  for (const wish of wishesOf(call)) {
    const email = wish.email ?? '';
    try {
      const held = memberAt(desk, listId, email);
      const isThere = held !== undefined && !held.archived;
      if (isThere && body.update_existing !== true) {
        errors.push({
          email_address: email,
          error: `${email} is already a list member, do you want to update? please provide update_existing:true in the request body`,
          error_code: 'ERROR_CONTACT_EXISTS',
          field: '',
          field_message: '',
        });
        continue;
      }
      const change = isThere
        ? updateMember(desk, held, wish, optionsOf(call))
        : createMember(desk, listId, wish, optionsOf(call));
      const row = body.sync_tags === true ? withTags(call, change.row, wish.tags ?? []) : change.row;
      wrote(desk, 'POST /lists/{list_id}', { ...change, row });
      (change.action === 'create' ? created : updated).push(row);
    } catch (error) {
      if (!(error instanceof MailchimpRefusal)) throw error;
      const [first] = error.errors;
      errors.push({
        email_address: email,
        error: error.message,
        error_code: 'ERROR_GENERIC',
        field: first?.field ?? '',
        field_message: first?.message ?? '',
      });
    }
  }
  const surroundings = surroundingsOf(desk, listId);
  return {
    new_members: created.map((row) => briefMember(row, surroundings)),
    updated_members: updated.map((row) => briefMember(row, surroundings)),
    errors,
    total_created: created.length,
    total_updated: updated.length,
    error_count: errors.length,
  };
}

/** The members of the request. One of the wrong shape, or one that is there twice, refuses them all. */
function wishesOf({ body, query }: Call): MemberWish[] {
  const { members } = body;
  if (!Array.isArray(members))
    throw invalid({ field: 'members', message: 'This value should not be blank.' });
  if (members.length > MOST)
    throw invalid({ field: 'members', message: `Must be less than or equal to ${MOST}` });
  const wishes = members.map((member, index) => {
    const field = `members.item:${index}`;
    if (typeof member !== 'object' || member === null)
      throw invalid({ field, message: 'Schema describes object, other type found instead' });
    const wish = readMember(member);
    if (wish.email === undefined || (wish.status === undefined && wish.statusIfNew === undefined))
      throw invalid({ field, message: 'Data did not match any of the schemas described in anyOf.' });
    return wish;
  });
  const seen = new Set<string>();
  return wishes.filter(({ email = '' }) => {
    const address = email.toLowerCase();
    const isFirst = !seen.has(address);
    seen.add(address);
    if (!isFirst && query.get('skip_duplicate_check') !== 'true')
      throw new MailchimpRefusal(
        400,
        'Invalid Resource',
        `Duplicate items found for email ${email}, please provide unique email address per member item`,
      );
    return isFirst;
  });
}

function withTags({ desk }: Call, row: MemberRow, names: readonly string[]): MemberRow {
  const wanted = new Set(names.map((name) => tagIdOf(desk, row.listId, name)));
  let current = row;
  for (const id of new Set([...row.tags, ...wanted]))
    current = setTag(desk, current, id, wanted.has(id)) ?? current;
  return current;
}
