import type { VendorDesk } from '../core/simulator.ts';
import { isMembers } from '../kit/json-body.ts';
import type { Call, Operation } from './api.ts';
import { blocksIn, putBlocks } from './blocks.ts';
import { pageOf, sourceOf } from './found.ts';
import { invalid, invalidBody } from './refusal.ts';
import { newId, notionTables, type PageRow, type PropertyRow } from './rows.ts';
import { onlyActedOn } from './unsimulated.ts';
import { valuesIn } from './value-input.ts';
import { pageView } from './views.ts';

/** https://developers.notion.com/reference/page */
export const pageOperations: readonly Operation[] = [
  {
    method: 'POST',
    path: '/v1/pages',
    takes: ['parent', 'properties', 'children'],
    leaves: ['icon', 'cover', 'template', 'position', 'content', 'markdown', 'allow_async'],
    run: create,
  },
  {
    method: 'GET',
    path: '/v1/pages/{id}',
    takes: [],
    run: ({ desk, path }) => ({ body: pageView(desk, pageOf(desk, path.id ?? '')) }),
  },
  {
    method: 'PATCH',
    path: '/v1/pages/{id}',
    takes: ['properties', 'in_trash', 'archived'],
    leaves: ['icon', 'cover', 'is_locked', 'erase_content', 'template', 'is_archived'],
    run: change,
  },
];

function create({ desk, body, request }: Call) {
  if (!isMembers(body.parent)) throw invalidBody('body.parent', 'should be defined, instead was `undefined`');
  onlyActedOn('body.parent', body.parent, ['type', 'data_source_id']);
  const { data_source_id: sourceId } = body.parent;
  if (typeof sourceId !== 'string')
    throw invalidBody('body.parent.data_source_id', 'should be defined, instead was `undefined`');
  const source = sourceOf(desk, sourceId);
  const { values, properties } = valuesIn(desk, source, body.properties ?? {});
  const children = body.children === undefined ? [] : blocksIn(body.children);
  const at = desk.clock().getTime();
  const page: PageRow = {
    id: newId(desk),
    sourceId: source.id,
    values: { ...beginning(properties), ...values },
    inTrash: false,
    createdAt: at,
    editedAt: at,
  };
  const { pages, sources } = notionTables(desk);
  sources.put(source.id, { ...source, properties });
  pages.put(page.id, page);
  putBlocks(desk, page, children);
  wrote(desk, `POST ${request.path}`, page, 'create');
  return { body: pageView(desk, page) };
}

/** A status begins with its first option. */
const beginning = (properties: readonly PropertyRow[]): PageRow['values'] =>
  Object.fromEntries(
    properties.flatMap(({ id, type, options }) =>
      type === 'status' && options?.[0] !== undefined ? [[id, options[0].id]] : [],
    ),
  );

function change({ desk, path, body, request }: Call) {
  const before = pageOf(desk, path.id ?? '');
  const trash = body.in_trash ?? body.archived;
  if (trash !== undefined && typeof trash !== 'boolean')
    throw invalidBody('body.in_trash', 'should be a boolean');
  if (before.inTrash && (trash !== false || body.properties !== undefined))
    throw invalid("Can't edit block that is archived. You must unarchive the block before editing.");
  const source = sourceOf(desk, before.sourceId);
  const { values, properties } = valuesIn(desk, source, body.properties ?? {});
  const page: PageRow = {
    ...before,
    values: { ...before.values, ...values },
    inTrash: trash ?? before.inTrash,
    editedAt: desk.clock().getTime(),
  };
  const { pages, sources } = notionTables(desk);
  sources.put(source.id, { ...source, properties });
  pages.put(page.id, page);
  wrote(desk, `PATCH ${request.path}`, page, 'update');
  return { body: pageView(desk, page) };
}

/** Notion has no key for repeats: the texts of the page's own properties tell one, the record's id among them. */
function wrote(desk: VendorDesk, operation: string, page: PageRow, action: 'create' | 'update'): void {
  const texts = Object.values(page.values).flatMap((value) =>
    Array.isArray(value) ? (value as readonly unknown[]) : [],
  );
  const marker =
    texts.find((one): one is string => typeof one === 'string' && /^\d{15,20}$/.test(one)) ?? null;
  desk.wrote({ operation, object: 'page', id: page.id, action, marker, record: page });
}
