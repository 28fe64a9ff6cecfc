import type { VendorAccount } from '../../core/connector.ts';

/** Where Zoho Books shows a record. */
export const inApp = (section: string) => (id: string, account: VendorAccount) =>
  `${account.facts?.webUrl ?? 'https://books.zoho.com/app'}#/${section}/${encodeURIComponent(id)}`;
