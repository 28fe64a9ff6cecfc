import type { CardData } from '../../core/record-card.ts';

/** Where a person is led who opens a record at its vendor. */
export type VendorLinks = (address: string) => string;

/** The vendor's own interface. */
export const toVendors: VendorLinks = (address) => address;

/** In the sandbox records are invented: its page of the vendor shows them, the real interface has none of them. */
export const toSandbox =
  (sandboxUrl: string): VendorLinks =>
  (address) => {
    const page = new URL('/open', sandboxUrl);
    page.searchParams.set('address', address);
    return page.href;
  };

/** A card with every address of it led to where people see the vendor's records. */
export function linkedCard<Data extends Pick<CardData, 'url' | 'sections'>>(
  data: Data,
  lead: VendorLinks,
): Data {
  const led = <Part extends { readonly url?: string }>(part: Part): Part =>
    part.url === undefined ? part : { ...part, url: lead(part.url) };
  return {
    ...led(data),
    sections: data.sections.map((section) => ({ ...section, rows: section.rows.map(led) })),
  };
}
