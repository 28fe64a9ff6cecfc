import type { VendorDesk } from '../core/simulator.ts';
import { deliver, openShop } from './notify.ts';
import { type OrderRow, platformTables, shopTables } from './rows.ts';
import { ownShop } from './shop.ts';

const SHOP_ID = 548_380_009;

export type PrivacyTopic = 'customers/data_request' | 'customers/redact' | 'shop/redact';

/**
 * What Shopify passes on to every application, at the one address that it was registered with.
 * https://shopify.dev/docs/apps/build/compliance/privacy-law-compliance
 *
 * @returns whether there is such an address.
 */
export function passOn(platform: VendorDesk, topic: PrivacyTopic, row: OrderRow | null): boolean {
  const url = platformTables(platform).application.get('own')?.privacyUrl;
  if (url === undefined) return false;
  const desk = openShop(platform, ownShop);
  const shop = { shop_id: SHOP_ID, shop_domain: ownShop.domain };
  const theirs = (other: OrderRow): boolean =>
    row !== null && other.email?.toLowerCase() === row.email?.toLowerCase();
  const orders = shopTables(desk)
    .orders.all()
    .filter((other) => other.id === row?.id || (row?.email && theirs(other)))
    .map(({ id }) => id);
  const customer = {
    id: row?.customer?.id ?? 0,
    email: row?.email ?? '',
    phone: row?.phone ?? row?.customer?.phone ?? '',
  };
  const body = {
    'customers/data_request': {
      ...shop,
      customer,
      orders_requested: orders,
      data_request: { id: Number(desk.digits('9', 10)) },
    },
    'customers/redact': { ...shop, customer, orders_to_redact: orders },
    'shop/redact': shop,
  }[topic];
  deliver(desk, { url, topic, body });
  return true;
}
