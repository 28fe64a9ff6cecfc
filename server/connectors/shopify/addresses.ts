import type { VendorAccount } from '../../core/connector.ts';

export const ORDERS = 'shopify.orders';
export const PRODUCTS = 'shopify.products';

/** What every shop's own address ends with. */
const DOMAIN = '.myshopify.com';
/** https://shopify.dev/docs/apps/build/authentication-authorization/access-tokens/authorization-code-grant */
const HANDLE = /^[a-z0-9][a-z0-9-]{0,62}$/;
const ADMIN_PAGE = /^admin\.shopify\.com\/store\/([^/?#]+)/;

/**
 * The host of a shop, by what somebody typed or pasted: its name, its address at Shopify, or that of a page of its
 * admin. Null for everything else: a secret is sent there.
 */
export function shopHost(text: string): string | null {
  const plain = text
    .trim()
    .toLowerCase()
    .replace(/^https:\/\//, '');
  const [, inAdmin] = ADMIN_PAGE.exec(plain) ?? [];
  const [host = ''] = plain.split(/[/?#]/, 1);
  const handle = inAdmin ?? (host.endsWith(DOMAIN) ? host.slice(0, -DOMAIN.length) : host);
  return HANDLE.test(handle) ? `${handle}${DOMAIN}` : null;
}

/** Where the shop's people see an order. */
export const inAdmin = (id: string, { id: shop }: Pick<VendorAccount, 'id'>): string =>
  `https://admin.shopify.com/store/${encodeURIComponent(shop.replace(DOMAIN, ''))}/orders/${encodeURIComponent(id)}`;

/** The number in a global id, which is longer than what a program counts exactly: `gid://shopify/Order/1` is `1`. */
export const numberIn = (gid: string): string => /\/(\d+)(?:\?.*)?$/.exec(gid)?.[1] ?? gid;

export const orderGid = (id: string): string => `gid://shopify/Order/${id}`;

/** Where they edit a product; of a variant, the product that it is of. */
export const productInAdmin = (id: string, { id: shop }: Pick<VendorAccount, 'id'>): string =>
  `https://admin.shopify.com/store/${encodeURIComponent(shop.replace(DOMAIN, ''))}/products/${encodeURIComponent(id.split('/')[0] ?? '')}`;

export const productGid = (id: string): string => `gid://shopify/Product/${id}`;
/** What an announcement of counted pieces names: the thing that is counted, by its number. */
export const countedId = (item: string): string => `${COUNTED}${item}`;
const COUNTED = 'counted/';

/** The global id of what an announcement names: a product, or something that is counted. */
export const namedGid = (id: string): string =>
  id.startsWith(COUNTED) ? `gid://shopify/InventoryItem/${id.slice(COUNTED.length)}` : productGid(id);

export const variantGid = (id: string): string => `gid://shopify/ProductVariant/${id}`;
