import { pageAfter } from '../kit/cursor-pages.ts';
import type { Reply } from '../kit/refusal.ts';
import { invalidBody } from './refusal.ts';

const MOST = 100;

/** One page of a list, as Notion answers it. @param kind `page_or_data_source`, `user`, `block`. */
export function listed<Row>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
  { size, cursor, kind }: { readonly size: unknown; readonly cursor: unknown; readonly kind: string },
  view: (row: Row) => object,
): Reply {
  const wanted = size === undefined || size === null ? MOST : Number(size);
  if (!Number.isInteger(wanted) || wanted < 1 || wanted > MOST)
    throw invalidBody(
      'body.page_size',
      `should be ≥ \`1\` and ≤ \`${MOST}\`, instead was \`${String(size)}\``,
    );
  const token = typeof cursor === 'string' ? cursor : undefined;
  const page = pageAfter(rows, keyOf, { size: wanted, token });
  if (page === null) throw invalidBody('body.start_cursor', 'should be a valid cursor');
  return {
    body: {
      object: 'list',
      results: page.rows.map(view),
      next_cursor: page.next,
      has_more: page.next !== null,
      type: kind,
      [kind]: {},
    },
  };
}
