/**
 * Teams keeps nothing beside a message's text, and of its HTML only what people see, or where it leads: so the mark
 * stands in the address of the link at the end, where nobody reads it. After the `#`, which goes nowhere; before it,
 * where the page has one of its own.
 */
export function markedAddress(address: string, marker: string): string {
  const [page = '', own] = address.split('#', 2);
  const mark = written(marker);
  if (own === undefined) return `${page}#${mark}`;
  return `${page}${page.includes('?') ? '&' : '?'}liaison=${mark}#${own}`;
}

/** A mark may be any text: what would end an address is written otherwise, and it stays readable where it can. */
const written = (marker: string): string =>
  encodeURIComponent(marker)
    .replaceAll('%3A', ':')
    .replace(/[()']/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);

/** Whether the message's HTML has a link with this mark, and not with one that begins alike. */
export function hasMark(html: string, marker: string): boolean {
  const addresses = [...html.matchAll(/href="([^"]*)"/gi)].map(([, address = '']) =>
    address.replaceAll('&amp;', '&'),
  );
  const mark = written(marker);
  return addresses.some((address) => address.endsWith(`#${mark}`) || address.includes(`liaison=${mark}#`));
}

const OURS = /(?:#|[?&]liaison=)(liaison:[^#"&\s]+)/;
/** The link that ends a message of ours. */
const LAST_LINK = /<a\b[^>]*\bhref="([^"]*)"[^>]*>[^<]*<\/a>(?:\s|<\/?\w+[^>]*>)*$/i;

/** The mark that ends a message, as it stands there; null: it ends in none, so that it is none of ours. */
export function markAtEnd(html: string): string | null {
  const address = LAST_LINK.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? '';
  return OURS.exec(address)?.[1] ?? null;
}
