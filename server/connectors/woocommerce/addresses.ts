import type { VendorAccount } from '../../core/connector.ts';

export const ORDERS = 'woocommerce.orders';
export const PRODUCTS = 'woocommerce.products';

/** Where the shop's people see an order. */
export const inAdmin = (id: string, { id: shop }: Pick<VendorAccount, 'id'>): string =>
  `https://${shop}/wp-admin/admin.php?page=wc-orders&action=edit&id=${encodeURIComponent(id)}`;

/** Where they edit a product; of a variation, the product that it is of. */
export const productInAdmin = (id: string, { id: shop }: Pick<VendorAccount, 'id'>): string =>
  `https://${shop}/wp-admin/post.php?post=${encodeURIComponent(id.split('/')[0] ?? '')}&action=edit`;
