import type { VendorAccount } from '../../core/connector.ts';

export const ORDERS = 'woocommerce.orders';

/** Where the shop's people see an order. */
export const inAdmin = (id: string, { id: shop }: Pick<VendorAccount, 'id'>): string =>
  `https://${shop}/wp-admin/admin.php?page=wc-orders&action=edit&id=${encodeURIComponent(id)}`;
