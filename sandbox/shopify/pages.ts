import { GraphQLError } from 'graphql';

export interface PageWish {
  readonly first?: number | null;
  readonly after?: string | null;
  readonly last?: number | null;
  readonly before?: string | null;
}

const MOST = 250;

const cursorOf = (key: string): string => Buffer.from(key).toString('base64url');
const keyIn = (cursor: string): string => Buffer.from(cursor, 'base64url').toString('utf8');

/** How many a page may hold: a connection must say. https://shopify.dev/docs/api/usage/pagination-graphql */
function sizeOf({ first, last }: PageWish): number {
  const size = first ?? last;
  if (size == null) throw new GraphQLError('you must provide one of first or last');
  if (size < 1 || size > MOST) throw new GraphQLError(`first must be between 1 and ${MOST}`);
  return size;
}

/** A page of what stands in its order already. @param keyOf what comes after which: greater keys are later. */
export function keyedPage<Item>(
  all: readonly Item[],
  wish: PageWish,
  keyOf: (item: Item) => string,
  reverse = false,
) {
  const size = sizeOf(wish);
  const from = wish.after ? keyIn(wish.after) : null;
  const isLater = (item: Item): boolean =>
    from === null || (reverse ? keyOf(item) < from : keyOf(item) > from);
  const left = all.filter(isLater);
  const nodes = left.slice(0, size);
  const [first, last] = [nodes[0], nodes.at(-1)];
  return {
    nodes,
    pageInfo: {
      hasNextPage: left.length > size,
      hasPreviousPage: from !== null,
      startCursor: first === undefined ? null : cursorOf(keyOf(first)),
      endCursor: last === undefined ? null : cursorOf(keyOf(last)),
    },
  };
}

/** A page of a list by its places. */
export function listPage<Item>(all: readonly Item[], wish: PageWish) {
  const placed = all.map((item, index) => ({ item, key: String(index).padStart(6, '0') }));
  const { nodes, pageInfo } = keyedPage(placed, wish, ({ key }) => key);
  return { nodes: nodes.map(({ item }) => item), pageInfo };
}
