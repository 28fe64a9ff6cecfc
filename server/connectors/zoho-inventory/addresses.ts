import type { VendorAccount } from '../../core/connector.ts';

/** Where Zoho Inventory shows a record. */
export const inApp = (section: string) => (id: string, account: VendorAccount) =>
  `${account.facts?.webUrl ?? 'https://inventory.zoho.com/app'}#/${section}/${encodeURIComponent(id)}`;
