import { isMembers, type Members } from '../kit/json-body.ts';
import { invalid, invalidBody } from './refusal.ts';
import type { PageRow, PropertyRow, SourceRow, StoredDate, StoredValue } from './rows.ts';
import { unsimulated } from './unsimulated.ts';

/** https://developers.notion.com/reference/post-database-query-filter */
export function pageFits(source: SourceRow, page: PageRow, filter: unknown): boolean {
  if (filter === undefined) return true;
  if (!isMembers(filter)) throw invalidBody('body.filter', 'should be an object');
  if (Array.isArray(filter.and)) return filter.and.every((one: unknown) => pageFits(source, page, one));
  if (Array.isArray(filter.or)) return filter.or.some((one: unknown) => pageFits(source, page, one));
  const stamp = filter.timestamp;
  if (stamp === 'created_time' || stamp === 'last_edited_time')
    return fits(
      new Date(stamp === 'created_time' ? page.createdAt : page.editedAt).toISOString(),
      condition(filter, stamp),
    );
  const key = String(filter.property ?? '');
  const property = source.properties.find(
    ({ id, name }) => id === key || decodeURIComponent(id) === key || name === key,
  );
  if (property === undefined) throw invalid(`Could not find property with name or id: ${key}`);
  return fits(comparable(property, page.values[property.id]), condition(filter, property.type));
}

function condition(filter: Members, type: string): Members {
  const asked = filter[type];
  if (!isMembers(asked))
    throw invalid(
      `database property ${String(filter.property)} does not match filter ${Object.keys(filter)
        .filter((one) => one !== 'property' && one !== 'type')
        .join(', ')}`,
    );
  return asked;
}

type Comparable = string | number | boolean | null | readonly string[];

function comparable(property: PropertyRow, value: StoredValue | undefined): Comparable {
  const name = (id: string): string => property.options?.find((one) => one.id === id)?.name ?? id;
  if (value === undefined || value === null) return property.type === 'checkbox' ? false : null;
  if (property.type === 'title' || property.type === 'rich_text')
    return (value as readonly string[]).join('') || null;
  if (property.type === 'date') return (value as StoredDate).start;
  if (property.type === 'files') return (value as readonly object[]).length === 0 ? null : 'file';
  if (Array.isArray(value)) return (value as readonly string[]).map(name);
  return typeof value === 'string' ? name(value) : (value as Comparable);
}

const TESTS: Readonly<Record<string, (held: Comparable, asked: unknown) => boolean>> = {
  equals: (held, asked) => (held ?? '') === asked,
  does_not_equal: (held, asked) => (held ?? '') !== asked,
  contains: (held, asked) =>
    Array.isArray(held) ? held.includes(String(asked)) : String(held ?? '').includes(String(asked)),
  does_not_contain: (held, asked) =>
    !(Array.isArray(held) ? held.includes(String(asked)) : String(held ?? '').includes(String(asked))),
  starts_with: (held, asked) => String(held ?? '').startsWith(String(asked)),
  ends_with: (held, asked) => String(held ?? '').endsWith(String(asked)),
  is_empty: (held) => held === null || (Array.isArray(held) && held.length === 0),
  is_not_empty: (held) => held !== null && !(Array.isArray(held) && held.length === 0),
  greater_than: (held, asked) => typeof held === 'number' && held > Number(asked),
  less_than: (held, asked) => typeof held === 'number' && held < Number(asked),
  after: (held, asked) => typeof held === 'string' && Date.parse(held) > Date.parse(String(asked)),
  on_or_after: (held, asked) => typeof held === 'string' && Date.parse(held) >= Date.parse(String(asked)),
  before: (held, asked) => typeof held === 'string' && Date.parse(held) < Date.parse(String(asked)),
};

function fits(held: Comparable, asked: Members): boolean {
  return Object.entries(asked).every(([name, wanted]) => {
    const test = TESTS[name];
    if (test === undefined) throw invalidBody(`body.filter.${name}`, 'should be not present');
    return test(held, wanted);
  });
}

/** Newest first unless a moment is sorted by; other properties are not sorted by here. */
export function sortedPages(rows: readonly PageRow[], sorts: unknown): readonly PageRow[] {
  const [first, second] = Array.isArray(sorts) ? (sorts as readonly unknown[]) : [];
  if (second !== undefined) throw unsimulated('body.sorts[1]');
  if (first === undefined) return rows.toReversed();
  const { timestamp, direction } = isMembers(first) ? first : {};
  if (isMembers(first) && 'property' in first) throw unsimulated('body.sorts[0].property');
  if (timestamp !== 'created_time' && timestamp !== 'last_edited_time')
    throw invalidBody('body.sorts[0].timestamp', 'should be `"created_time"` or `"last_edited_time"`');
  const at = (row: PageRow): number => (timestamp === 'created_time' ? row.createdAt : row.editedAt);
  const ascending = rows.toSorted((one, other) => at(one) - at(other));
  return direction === 'descending' ? ascending.toReversed() : ascending;
}
