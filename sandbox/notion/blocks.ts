import type { VendorDesk } from '../core/simulator.ts';
import { isMembers } from '../kit/json-body.ts';
import type { Call, Operation } from './api.ts';
import { pageOf } from './found.ts';
import { listed } from './paging.ts';
import { invalid, invalidBody } from './refusal.ts';
import { shown, textsIn } from './rich-text-input.ts';
import { type BlockRow, newId, notionTables, type PageRow } from './rows.ts';
import { onlyActedOn } from './unsimulated.ts';
import { blockView } from './views.ts';

const TYPES = [
  'paragraph',
  'heading_1',
  'heading_2',
  'heading_3',
  'bulleted_list_item',
  'numbered_list_item',
  'to_do',
  'quote',
  'callout',
  'divider',
];
const MOST = 100;

/** https://developers.notion.com/reference/block ; of one level. */
export const blockOperations: readonly Operation[] = [
  {
    method: 'GET',
    path: '/v1/blocks/{id}/children',
    takes: [],
    run({ desk, path, query }) {
      const page = pageOf(desk, path.id ?? '');
      const asked = {
        size: query.get('page_size') ?? undefined,
        cursor: query.get('start_cursor'),
        kind: 'block',
      };
      return listed(blocksOf(desk, page.id), ({ id }) => id, asked, blockView);
    },
  },
  {
    method: 'PATCH',
    path: '/v1/blocks/{id}/children',
    takes: ['children'],
    leaves: ['after', 'position'],
    run: append,
  },
];

export const blocksOf = (desk: VendorDesk, pageId: string): BlockRow[] =>
  notionTables(desk)
    .blocks.all()
    .filter((one) => one.pageId === pageId)
    .sort((one, other) => one.place - other.place);

function append({ desk, path, body, request }: Call) {
  const page = pageOf(desk, path.id ?? '');
  if (page.inTrash)
    throw invalid("Can't edit block that is archived. You must unarchive the block before editing.");
  if (body.children === undefined)
    throw invalidBody('body.children', 'should be defined, instead was `undefined`');
  const read = blocksIn(body.children);
  const rows = putBlocks(desk, page, read);
  desk.wrote({
    operation: `PATCH ${request.path}`,
    object: 'blocks',
    id: page.id,
    action: 'update',
    marker: null,
    record: { count: rows.length },
  });
  const answer = {
    object: 'list',
    results: rows.map(blockView),
    next_cursor: null,
    has_more: false,
    type: 'block',
    block: {},
  };
  return { body: answer };
}

type ReadBlock = Pick<BlockRow, 'type' | 'text'>;

/** The blocks of a body, or their refusal. */
export function blocksIn(given: unknown): ReadBlock[] {
  if (!Array.isArray(given))
    throw invalidBody('body.children', `should be an array, instead was \`${shown(given)}\``);
  if (given.length > MOST)
    throw invalidBody('body.children.length', `should be ≤ \`${MOST}\`, instead was \`${given.length}\``);
  return given.map((block: unknown, at) => {
    const place = `body.children[${at}]`;
    if (!isMembers(block)) throw invalidBody(place, 'should be an object');
    const type = TYPES.find((one) => one in block);
    if (type === undefined || (block.type !== undefined && block.type !== type))
      throw invalidBody(`${place}.type`, 'should name a type of block');
    const inner = block[type];
    if (!isMembers(inner)) throw invalidBody(`${place}.${type}`, 'should be an object');
    onlyActedOn(place, block, ['object', 'type', type]);
    onlyActedOn(`${place}.${type}`, inner, type === 'divider' ? [] : ['rich_text']);
    return { type, text: type === 'divider' ? [] : textsIn(`${place}.${type}.rich_text`, inner.rich_text) };
  });
}

export function putBlocks(desk: VendorDesk, page: PageRow, read: readonly ReadBlock[]): BlockRow[] {
  const { blocks } = notionTables(desk);
  const from = (blocksOf(desk, page.id).at(-1)?.place ?? -1) + 1;
  const createdAt = desk.clock().getTime();
  const rows = read.map((one, at) => ({
    ...one,
    id: newId(desk),
    pageId: page.id,
    place: from + at,
    createdAt,
  }));
  blocks.putMany(rows.map((row) => [row.id, row] as const));
  return rows;
}
