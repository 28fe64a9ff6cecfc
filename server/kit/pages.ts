/** One page of a list, and where the next one begins; null: it was the last. */
export interface Page<Item, Place> {
  readonly items: readonly Item[];
  readonly next: Place | null;
}

/**
 * The items of a list, page after page; a page may be short, or empty, without being the last. The walk is bounded:
 * `beyond` is thrown where the list does not end.
 *
 * @param page null asks for the first one.
 */
export async function* eachOf<Item, Place>(
  page: (place: Place | null) => Promise<Page<Item, Place>>,
  { most, beyond }: { readonly most: number; readonly beyond?: () => Error },
): AsyncGenerator<Item> {
  let place: Place | null = null;
  for (let count = 0; count < most; count += 1) {
    const { items, next }: Page<Item, Place> = await page(place);
    yield* items;
    if (next === null) return;
    place = next;
  }
  if (beyond !== undefined) throw beyond();
}

/** The next page's token, as vendors write that there is none: absent, null or empty. */
export const byToken = (token: string | null | undefined): string | null => token || null;

/** The next page by place, where the vendor says how many there are. An empty page ends it all the same. */
export const byOffset = (offset: number, count: number, total: number): number | null =>
  count === 0 || offset + count >= total ? null : offset + count;

/** The next page by number, where a header says how many there are (`X-WP-TotalPages`). */
export const byTotalPages = (page: number, headers: Headers, name: string): number | null =>
  page < Number(headers.get(name) ?? 0) ? page + 1 : null;

/**
 * The address of the next page in a `Link` header (RFC 8288), or null. A vendor says which hosts it may lead to:
 * those that the connection reaches anyhow.
 */
export function byLink(headers: Headers): string | null {
  for (const [, address = '', parameters = ''] of (headers.get('link') ?? '').matchAll(/<([^>]*)>([^<]*)/g)) {
    if (/;\s*rel\s*=\s*"?(?:[^"]*\s)?next(?:\s[^"]*)?"?\s*(?:[;,]|$)/i.test(parameters)) return address;
  }
  return null;
}
