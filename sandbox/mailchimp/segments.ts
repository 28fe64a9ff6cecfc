import { briefMember, memberAt, surroundingsOf } from './member.ts';
import { wrote } from './members.ts';
import type { Call, Operation } from './operation.ts';
import { invalid, MailchimpRefusal, notFound } from './problem.ts';
import { choiceOf, pageOf, within } from './query.ts';
import { type MemberRow, mailchimpTables, stampOf, type TagRow } from './rows.ts';
import { newTag, setTag, tagKey, tagsOf } from './tags.ts';

const MOST = 500;
const SEGMENT = '/lists/{list}/segments/{segment}';

/** Static segments, which people see as tags. https://mailchimp.com/developer/marketing/api/list-segments/ */
export const segmentOperations: readonly Operation[] = [
  {
    method: 'GET',
    path: '/lists/{list}/segments',
    run({ desk, audience, query }) {
      const listId = audience().id;
      const type = choiceOf(query, 'type', ['saved', 'static', 'fuzzy'] as const);
      const all = type === undefined || type === 'static' ? tagsOf(desk, listId) : [];
      const rows = within(all, query, 'created_at', (row) => row.createdAt);
      return {
        segments: pageOf(rows, query).map((row) => shown(call(desk, listId), row)),
        list_id: listId,
        total_items: rows.length,
      };
    },
  },
  { method: 'POST', path: '/lists/{list}/segments', run: create },
  { method: 'GET', path: SEGMENT, run: (one) => shown(call(one.desk, one.audience().id), found(one)) },
  { method: 'PATCH', path: SEGMENT, run: rename },
  {
    method: 'DELETE',
    path: SEGMENT,
    run(one) {
      const row = found(one);
      for (const member of membersOf(one, row)) setTag(one.desk, member, row.id, false);
      mailchimpTables(one.desk).tags.delete(tagKey(row.listId, row.id));
      note(one, row, 'delete');
      return null;
    },
  },
  { method: 'POST', path: SEGMENT, run: addAndRemove },
  {
    method: 'GET',
    path: `${SEGMENT}/members`,
    run(one) {
      const rows = membersOf(one, found(one)).filter((row) => !row.archived && row.status === 'subscribed');
      const surroundings = surroundingsOf(one.desk, one.audience().id);
      return {
        members: pageOf(rows, one.query).map((row) => briefMember(row, surroundings)),
        total_items: rows.length,
      };
    },
  },
];

const call = (desk: Call['desk'], listId: string) => ({ desk, listId });

function found({ desk, audience, path }: Call): TagRow {
  const row = mailchimpTables(desk).tags.get(tagKey(audience().id, Number(path.segment)));
  if (!row) throw notFound();
  return row;
}

function membersOf({ desk }: Pick<Call, 'desk'>, tag: TagRow): MemberRow[] {
  return mailchimpTables(desk)
    .members.all()
    .filter((row) => row.listId === tag.listId && row.tags.includes(tag.id));
}

function create(one: Call): object {
  const { desk, body } = one;
  const listId = one.audience().id;
  const name = nameOf(body.name);
  const { static_segment: addresses } = body;
  if (!Array.isArray(addresses))
    throw new MailchimpRefusal(
      400,
      'Bad Request',
      'The sandbox has static segments only: give static_segment.',
    );
  if (tagsOf(desk, listId).some((row) => row.name.toLowerCase() === name.toLowerCase()))
    throw new MailchimpRefusal(400, 'Bad Request', 'Sorry, that tag already exists.');
  const row = newTag(desk, listId, name);
  note(one, row, 'create');
  for (const email of addresses.map(String)) {
    const member = memberAt(desk, listId, email);
    if (member) setTag(desk, member, row.id, true);
  }
  return shown(call(desk, listId), row);
}

function rename(one: Call): object {
  const row = { ...found(one), name: nameOf(one.body.name), updatedAt: stampOf(one.desk.clock()) };
  mailchimpTables(one.desk).tags.put(tagKey(row.listId, row.id), row);
  note(one, row, 'update');
  return shown(call(one.desk, row.listId), row);
}

function addAndRemove(one: Call): object {
  const { desk, body } = one;
  const tag = found(one);
  const errors: { email_addresses: string[]; error: string }[] = [];
  const move = (given: unknown, name: string, isOn: boolean): MemberRow[] => {
    if (given === undefined) return [];
    if (!Array.isArray(given) || given.length > MOST)
      throw invalid({ field: name, message: `A list of at most ${MOST} addresses.` });
    const moved: MemberRow[] = [];
    const unknown: string[] = [];
    for (const email of given.map(String)) {
      const member = memberAt(desk, tag.listId, email);
      if (!member || member.archived) {
        unknown.push(email);
        continue;
      }
      const changed = setTag(desk, member, tag.id, isOn);
      if (changed === null) continue;
      moved.push(changed);
      wrote(desk, 'POST /lists/{list_id}/segments/{segment_id}', { row: changed, action: 'update' });
    }
    if (unknown.length > 0)
      errors.push({
        email_addresses: unknown,
        error: 'Email addresses could not be found in the list and were not added to the segment.',
      });
    return moved;
  };
  const added = move(body.members_to_add, 'members_to_add', true);
  const removed = move(body.members_to_remove, 'members_to_remove', false);
  const surroundings = surroundingsOf(desk, tag.listId);
  return {
    members_added: added.map((row) => briefMember(row, surroundings)),
    members_removed: removed.map((row) => briefMember(row, surroundings)),
    errors,
    total_added: added.length,
    total_removed: removed.length,
    error_count: errors.length,
  };
}

function nameOf(given: unknown): string {
  if (typeof given !== 'string' || given.trim() === '')
    throw invalid({ field: 'name', message: 'This value should not be blank.' });
  return given.trim();
}

function note({ desk }: Call, row: TagRow, action: 'create' | 'update' | 'delete'): void {
  const operation = `${{ create: 'POST', update: 'PATCH', delete: 'DELETE' }[action]} /lists/{list_id}/segments`;
  desk.wrote({ operation, object: 'segment', id: String(row.id), action, marker: row.name, record: row });
}

function shown(where: { readonly desk: Call['desk'] }, row: TagRow): object {
  return {
    id: row.id,
    name: row.name,
    member_count: membersOf(where, row).filter(({ status, archived }) => status === 'subscribed' && !archived)
      .length,
    type: 'static',
    created_at: row.createdAt,
    updated_at: row.updatedAt,
    options: { match: 'any', conditions: [] },
    list_id: row.listId,
  };
}
