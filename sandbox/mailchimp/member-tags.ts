import { memberOf } from './member.ts';
import { wrote } from './members.ts';
import type { Call, Operation } from './operation.ts';
import { invalid } from './problem.ts';
import { pageOf } from './query.ts';
import type { MemberRow } from './rows.ts';
import { setTag, tagIdOf, tagsOf } from './tags.ts';

const PATH = '/lists/{list}/members/{member}/tags';

/** https://mailchimp.com/developer/marketing/api/list-member-tags/ */
export const memberTagOperations: readonly Operation[] = [
  {
    method: 'GET',
    path: PATH,
    run(call) {
      const row = memberOf(call.desk, call.audience().id, call.path.member ?? '');
      const tags = tagsOf(call.desk, row.listId).filter(({ id }) => row.tags.includes(id));
      return {
        tags: pageOf(tags, call.query).map(({ id, name, createdAt }) => ({
          id,
          name,
          date_added: createdAt,
        })),
        total_items: tags.length,
      };
    },
  },
  { method: 'POST', path: PATH, run: change },
  {
    method: 'GET',
    path: '/lists/{list}/tag-search',
    run({ desk, audience, query }) {
      const start = (query.get('name') ?? '').toLowerCase();
      const found = tagsOf(desk, audience().id).filter(({ name }) => name.toLowerCase().startsWith(start));
      return { tags: found.map(({ id, name }) => ({ id, name })), total_items: found.length };
    },
  },
];

function change({ desk, audience, path, body }: Call): null {
  const row = memberOf(desk, audience().id, path.member ?? '');
  const { tags } = body;
  if (!Array.isArray(tags) || tags.length === 0)
    throw invalid({ field: 'tags', message: 'This value should not be blank.' });
  const wishes = tags.map((tag: { name?: unknown; status?: unknown } | null, index) => {
    const { name, status } = tag ?? {};
    if (typeof name !== 'string' || name.trim() === '' || (status !== 'active' && status !== 'inactive'))
      throw invalid({ field: `tags.item:${index}`, message: 'A tag needs a name and a status.' });
    return { name, isOn: status === 'active' };
  });
  let current: MemberRow = row;
  for (const { name, isOn } of wishes)
    current = setTag(desk, current, tagIdOf(desk, row.listId, name), isOn) ?? current;
  if (current !== row)
    wrote(desk, 'POST /lists/{list_id}/members/{hash}/tags', { row: current, action: 'update' });
  return null;
}
