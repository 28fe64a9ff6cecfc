import type { VendorDesk } from '../core/simulator.ts';
import { isMembers } from '../kit/json-body.ts';
import type { Call, Operation } from './api.ts';
import { databaseOf, seenSources, sourceOf } from './found.ts';
import { listed } from './paging.ts';
import { pageFits, sortedPages } from './query.ts';
import { invalid, invalidBody } from './refusal.ts';
import { textsIn } from './rich-text-input.ts';
import { notionTables, PROPERTY_TYPES, type PropertyRow, type PropertyType, type SourceRow } from './rows.ts';
import { onlyActedOn } from './unsimulated.ts';
import { databaseView, pageView, sourceView, titleOf } from './views.ts';

/** Types that a property can be made of without more being said of it. */
const PLAIN: readonly PropertyType[] = PROPERTY_TYPES.filter(
  (one) => !['title', 'relation', 'status'].includes(one),
);

/** https://developers.notion.com/reference/data-source */
export const sourceOperations: readonly Operation[] = [
  {
    method: 'GET',
    path: '/v1/databases/{id}',
    takes: [],
    run: ({ desk, path }) => ({ body: databaseView(desk, databaseOf(desk, path.id ?? '')) }),
  },
  {
    method: 'GET',
    path: '/v1/data_sources/{id}',
    takes: [],
    run: ({ desk, path }) => ({ body: sourceView(desk, sourceOf(desk, path.id ?? '')) }),
  },
  {
    method: 'PATCH',
    path: '/v1/data_sources/{id}',
    takes: ['title', 'properties'],
    leaves: ['description', 'icon', 'in_trash', 'archived', 'parent'],
    run: change,
  },
  {
    method: 'POST',
    path: '/v1/data_sources/{id}/query',
    takes: ['filter', 'sorts', 'start_cursor', 'page_size', 'archived', 'in_trash'],
    leaves: ['result_type'],
    run: query,
  },
  {
    method: 'POST',
    path: '/v1/search',
    takes: ['query', 'sort', 'filter', 'start_cursor', 'page_size'],
    run: search,
  },
];

/** A property is named by its id or its name; a name that none has makes one; null takes one away. */
function change({ desk, path, body, request }: Call) {
  const source = sourceOf(desk, path.id ?? '');
  if (body.properties !== undefined && !isMembers(body.properties))
    throw invalidBody('body.properties', 'should be an object');
  let properties = source.properties;
  for (const [key, wanted] of Object.entries(body.properties ?? {}))
    properties = changed(desk, properties, key, wanted);
  const name = body.title === undefined ? source.name : textsIn('body.title', body.title).join('');
  const row: SourceRow = { ...source, name, properties, editedAt: desk.clock().toISOString() };
  notionTables(desk).sources.put(row.id, row);
  desk.wrote({
    operation: `PATCH ${request.path}`,
    object: 'data source',
    id: row.id,
    action: 'update',
    marker: null,
    record: row,
  });
  return { body: sourceView(desk, row) };
}

function changed(
  desk: VendorDesk,
  properties: readonly PropertyRow[],
  key: string,
  wanted: unknown,
): readonly PropertyRow[] {
  const own = properties.find(({ id, name }) => id === key || name === key);
  if (wanted === null) {
    if (own === undefined) throw invalid(`${key} is not a property that exists.`);
    if (own.type === 'title') throw invalid('Cannot delete the title property.');
    return properties.filter((one) => one !== own);
  }
  if (!isMembers(wanted)) throw invalidBody(`body.properties.${key}`, 'should be an object or null');
  const asked = PROPERTY_TYPES.find((one) => one in wanted);
  const type = asked ?? own?.type;
  onlyActedOn(`body.properties.${key}`, wanted, [
    'type',
    ...(own === undefined ? [] : ['name']),
    ...(asked === undefined ? [] : [asked]),
  ]);
  const config = asked === undefined ? {} : wanted[asked];
  if (isMembers(config)) onlyActedOn(`body.properties.${key}.${asked}`, config, []);
  if (own !== undefined) {
    const name = typeof wanted.name === 'string' ? wanted.name : own.name;
    if (properties.some((one) => one !== own && one.name === name))
      throw invalid(`A property named ${name} exists.`);
    // A property whose type changes keeps its id, and loses what does not fit: here all of it.
    return properties.map((one) => (one === own ? { ...own, name, type: type ?? own.type } : one));
  }
  if (type === undefined || !PLAIN.includes(type))
    throw invalidBody(`body.properties.${key}`, 'should name a type of property');
  const made: PropertyRow = {
    id: desk.id('', 4),
    name: key,
    type,
    ...(['select', 'multi_select'].includes(type) ? { options: [] } : {}),
  };
  return [...properties, made];
}

function query({ desk, path, body }: Call) {
  const source = sourceOf(desk, path.id ?? '');
  const now = desk.clock().getTime();
  const rows = notionTables(desk)
    .pages.all()
    // What is written stands in lists a little later.
    .filter((one) => one.sourceId === source.id && now - one.createdAt >= desk.lagMs())
    .filter((one) => one.inTrash === (body.in_trash ?? body.archived ?? false))
    .filter((one) => pageFits(source, one, body.filter));
  const asked = { size: body.page_size, cursor: body.start_cursor, kind: 'page_or_data_source' };
  return listed(
    sortedPages(rows, body.sorts),
    ({ id }) => id,
    asked,
    (one) => pageView(desk, one),
  );
}

/** The last edited first, unless it is asked for the other way round. */
function isOldestFirst(sort: unknown): boolean {
  if (sort === undefined) return false;
  const { timestamp, direction } = isMembers(sort) ? sort : {};
  if (timestamp !== 'last_edited_time')
    throw invalidBody('body.sort.timestamp', 'should be `"last_edited_time"`');
  return direction === 'ascending';
}

/** By title; of what is shared. https://developers.notion.com/reference/post-search */
function search({ desk, body }: Call) {
  const { property, value } = isMembers(body.filter) ? body.filter : {};
  if (
    body.filter !== undefined &&
    (property !== 'object' || !['page', 'data_source'].includes(String(value)))
  )
    throw invalidBody(
      'body.filter.value',
      `should be \`"page"\` or \`"data_source"\`, instead was \`${JSON.stringify(value)}\``,
    );
  const text = String(body.query ?? '').toLowerCase();
  const sources =
    value === 'page' ? [] : seenSources(desk).filter(({ name }) => name.toLowerCase().includes(text));
  const seen = new Set(seenSources(desk).map(({ id }) => id));
  const pages =
    value === 'data_source'
      ? []
      : notionTables(desk)
          .pages.all()
          .filter(
            (one) => seen.has(one.sourceId) && !one.inTrash && titleOf(one).toLowerCase().includes(text),
          );
  const all = [
    ...sources.map((one) => ({
      id: one.id,
      at: Date.parse(one.editedAt),
      view: () => sourceView(desk, one),
    })),
    ...pages.map((one) => ({ id: one.id, at: one.editedAt, view: () => pageView(desk, one) })),
  ].sort((one, other) => (isOldestFirst(body.sort) ? one.at - other.at : other.at - one.at));
  const asked = { size: body.page_size, cursor: body.start_cursor, kind: 'page_or_data_source' };
  return listed(
    all,
    ({ id }) => id,
    asked,
    (one) => one.view(),
  );
}
