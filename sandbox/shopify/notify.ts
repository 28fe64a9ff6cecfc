import { randomUUID } from 'node:crypto';
import type { VendorDesk } from '../core/simulator.ts';
import { isMembers } from '../kit/json-body.ts';
import { restView } from './order-view.ts';
import {
  type OrderRow,
  type ProductRow,
  type RefundRow,
  shopTables,
  type VariantRow,
  type WebhookRow,
} from './rows.ts';
import { ownShop, type Shop, shopDesk, shops, VERSION } from './shop.ts';
import { APP_SECRET } from './sign.ts';

/** So many failed attempts in a row, and a subscription is taken away. https://shopify.dev/docs/apps/build/webhooks/troubleshooting */
const FAILURES_BORNE = 7;

/** Which shop a desk is of: its numbers stand in tables of its own. */
const owners = new WeakMap<VendorDesk, Shop>();

export function openShop(desk: VendorDesk, shop: Shop): VendorDesk {
  const own = shopDesk(desk, shop);
  owners.set(own, shop);
  return own;
}
const shopAt = (desk: VendorDesk): Shop => owners.get(desk) ?? ownShop;

/** The member of a body that a path of names leads to, and nothing beside it. */
function only(body: Readonly<Record<string, unknown>>, paths: readonly string[]): object {
  const kept: Record<string, unknown> = {};
  for (const path of paths) {
    const [name = '', ...rest] = path.split('.');
    const value = body[name];
    if (rest.length === 0) kept[name] = value;
    else if (isMembers(value)) kept[name] = { ...(kept[name] as object), ...only(value, [rest.join('.')]) };
  }
  return kept;
}

/** As a webhook's headers spell a topic of the API: `ORDERS_CREATE` is `orders/create`. */
export const headerTopic = (topic: string): string =>
  topic.toLowerCase().replace(/^(inventory_levels|[a-z]+)_/, '$1/');

function payload(topic: string, row: OrderRow, refund?: RefundRow): Readonly<Record<string, unknown>> {
  if (topic === 'orders/delete') return { id: row.id };
  if (topic === 'orders/edited')
    return {
      order_edit: { id: row.id + 1, order_id: row.id, created_at: row.updatedAt, notify_customer: false },
    };
  if (topic === 'refunds/create' && refund !== undefined)
    return {
      id: refund.id,
      admin_graphql_api_id: `gid://shopify/Refund/${refund.id}`,
      order_id: row.id,
      created_at: refund.at,
      note: refund.note,
    };
  return restView(row);
}

/** Tells those who listen what became of an order: one act has one id, however many topics tell of it. */
export function announce(
  desk: VendorDesk,
  row: OrderRow,
  topics: readonly string[],
  refund?: RefundRow,
): void {
  const event = randomUUID();
  for (const topic of topics)
    for (const webhook of shopTables(desk).webhooks.all())
      if (headerTopic(webhook.topic) === topic) send(desk, webhook, payload(topic, row, refund), event);
}

export type ProductEvent = 'create' | 'update' | 'delete';

/** Tells those who listen what became of a product; of one that is gone only its number. */
export function announceProduct(desk: VendorDesk, row: ProductRow, event: ProductEvent): void {
  const { id, title, handle, updatedAt } = row;
  const whole = {
    ...{ id, admin_graphql_api_id: `gid://shopify/Product/${id}`, title, handle },
    ...{ status: row.status.toLowerCase(), body_html: row.descriptionHtml, updated_at: updatedAt },
  };
  tell(desk, `products/${event}`, event === 'delete' ? { id } : whole);
}

/** Tells those who listen how many there are at a location. */
export function announceLevel(desk: VendorDesk, { item, levels }: VariantRow, location: string): void {
  const level = levels[location];
  if (level === undefined) return;
  tell(desk, 'inventory_levels/update', {
    ...{ inventory_item_id: item, location_id: Number(location), available: level.available },
    updated_at: level.at,
    admin_graphql_api_id: `gid://shopify/InventoryLevel/${item}?inventory_item_id=${item}`,
  });
}

function tell(desk: VendorDesk, topic: string, body: Readonly<Record<string, unknown>>): void {
  const event = randomUUID();
  for (const webhook of shopTables(desk).webhooks.all())
    if (headerTopic(webhook.topic) === topic) send(desk, webhook, body, event);
}

export function announceLeaving(desk: VendorDesk): void {
  const { domain, name } = shopAt(desk);
  for (const webhook of shopTables(desk).webhooks.all())
    if (webhook.topic === 'APP_UNINSTALLED')
      send(desk, webhook, { id: 548_380_009, name, domain, myshopify_domain: domain }, randomUUID());
}

function send(
  desk: VendorDesk,
  webhook: WebhookRow,
  body: Readonly<Record<string, unknown>>,
  event: string,
): void {
  const shown = webhook.includeFields.length === 0 ? body : only(body, webhook.includeFields);
  deliver(
    desk,
    { url: webhook.uri, topic: headerTopic(webhook.topic), body: shown, event },
    String(webhook.id),
  );
}

export interface Telling {
  readonly url: string;
  readonly topic: string;
  readonly body: object;
  readonly event?: string | undefined;
  /** Instead of the shop's own. */
  readonly domain?: string | undefined;
}

export function deliver(desk: VendorDesk, telling: Telling, subscription?: string): void {
  const { url, topic, body, event = randomUUID() } = telling;
  desk.deliver({
    url,
    sign: { scheme: 'shopify-hmac', secret: APP_SECRET },
    contentType: 'application/json',
    body: JSON.stringify(body),
    topic,
    ...(subscription === undefined ? {} : { subscription: `${shopAt(desk).key} ${subscription}` }),
    headers: {
      'User-Agent': 'Shopify-Captain-Hook',
      'X-Shopify-Topic': topic,
      'X-Shopify-Shop-Domain': telling.domain ?? shopAt(desk).domain,
      'X-Shopify-API-Version': VERSION,
      'X-Shopify-Webhook-Id': randomUUID(),
      'X-Shopify-Event-Id': event,
      'X-Shopify-Triggered-At': desk.clock().toISOString(),
    },
  });
}

/** Attempts are made again for hours; too many failures in a row take the subscription away. */
export function noteDelivery(desk: VendorDesk, subscription: string, { ok }: { readonly ok: boolean }): void {
  const [key, id = ''] = subscription.split(' ');
  const shop = shops.find((one) => one.key === key);
  if (shop === undefined) return;
  const { webhooks } = shopTables(openShop(desk, shop));
  const webhook = webhooks.get(id);
  if (!webhook || (ok && webhook.failures === 0)) return;
  const failures = ok ? 0 : webhook.failures + 1;
  if (failures > FAILURES_BORNE) webhooks.delete(id);
  else webhooks.put(id, { ...webhook, failures });
}
