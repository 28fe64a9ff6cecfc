export interface CursorPage<Row> {
  readonly rows: readonly Row[];
  /** Names the last row given; null on the last page. */
  readonly next: string | null;
}

/**
 * One page of a list that goes on after a row: the token says which, in base 64, so that rows added before it
 * move nothing.
 *
 * @returns null for a token that names no row of the list.
 */
export function pageAfter<Row>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
  { size, token }: { readonly size: number; readonly token: string | undefined },
): CursorPage<Row> | null {
  const [word, key] = Buffer.from(token ?? '', 'base64')
    .toString('utf8')
    .split(/:(.*)/s);
  const place = token === undefined ? -1 : rows.findIndex((row) => keyOf(row) === key);
  if (token !== undefined && (word !== 'after' || place === -1)) return null;
  const page = rows.slice(place + 1, place + 1 + size);
  const last = page.at(-1);
  const more = last !== undefined && place + 1 + size < rows.length;
  return { rows: page, next: more ? Buffer.from(`after:${keyOf(last)}`).toString('base64') : null };
}

/**
 * The page that a query asks for, by the names that the vendor gives to its size and its token.
 *
 * @returns null for a size beyond 1 to `most` (which is the usual one), and for a token of no row.
 */
export function pageAsked<Row>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
  query: URLSearchParams,
  names: { readonly size: string; readonly token: string; readonly most: number },
): CursorPage<Row> | null {
  const size = Number(query.get(names.size) ?? names.most);
  if (!Number.isInteger(size) || size < 1 || size > names.most) return null;
  return pageAfter(rows, keyOf, { size, token: query.get(names.token) ?? undefined });
}
