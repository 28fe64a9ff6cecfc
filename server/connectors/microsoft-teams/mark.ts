/**
 * Teams keeps nothing beside a message's text, and of its HTML only what people see, or where it leads: so the mark
 * stands in the address of the link at the end, where nobody reads it. After the `#`, which goes nowhere; before it,
 * where the page has one of its own.
 */
export function markedAddress(address: string, marker: string): string {
  const [page = '', own] = address.split('#', 2);
  if (own === undefined) return `${page}#${marker}`;
  return `${page}${page.includes('?') ? '&' : '?'}liaison=${marker}#${own}`;
}

/** Whether the message's HTML has a link with this mark, and not with one that begins alike. */
export function hasMark(html: string, marker: string): boolean {
  const addresses = [...html.matchAll(/href="([^"]*)"/gi)].map(([, address = '']) =>
    address.replaceAll('&amp;', '&'),
  );
  return addresses.some(
    (address) => address.endsWith(`#${marker}`) || address.includes(`liaison=${marker}#`),
  );
}
