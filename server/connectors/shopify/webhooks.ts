import { z } from 'zod';
import type {
  DeliveryBody,
  DeliveryHeaders,
  InboundEvent,
  Subscription,
  SubscriptionFault,
  SubscriptionWish,
  WebhookDeclaration,
} from '../../core/webhooks.ts';
import { subscriptionFaults } from '../../kit/subscription-faults.ts';
import { countedId, numberIn } from './addresses.ts';
import type { ShopifyClient } from './client.ts';
import { privacy } from './privacy.ts';
import type { ShopifyWebhook } from './webhook-calls.ts';

/** What tells of orders. https://shopify.dev/docs/api/admin-graphql/2026-10/enums/WebhookSubscriptionTopic */
export const ORDER_TOPICS = [
  'orders/create',
  'orders/updated',
  'orders/cancelled',
  'orders/edited',
  'orders/delete',
  'refunds/create',
] as const;
/** What tells of what is sold, and of its pieces. Nothing in a subscription's filter tells who made a change: our own come, too. */
export const PRODUCT_TOPICS = [
  'products/create',
  'products/update',
  'products/delete',
  'inventory_levels/update',
] as const;
const LEFT = 'app/uninstalled';

/** As the API spells a topic: `orders/create` is `ORDERS_CREATE`. */
const apiTopic = (topic: string): string => topic.replace('/', '_').toUpperCase();

/** A delivery only says which order or product to look at: nothing of anybody's is sent along. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  'orders/edited': ['order_edit.id', 'order_edit.order_id'],
  'refunds/create': ['id', 'admin_graphql_api_id', 'order_id'],
  'inventory_levels/update': ['inventory_item_id', 'location_id', 'updated_at'],
  [LEFT]: ['id', 'myshopify_domain'],
};
const fieldsOf = (topic: string): readonly string[] =>
  FIELDS[topic] ?? ['id', 'admin_graphql_api_id', 'updated_at'];

const KIND = 'hmac-sha256';

export const webhooks: WebhookDeclaration<ShopifyClient> = {
  // https://shopify.dev/docs/apps/build/webhooks/subscribe/https
  schemes: [
    {
      kind: KIND,
      header: 'x-shopify-hmac-sha256',
      encoding: 'base64',
      secretOf: 'application',
      read: (header) =>
        /^[A-Za-z0-9+/]{43}=$/.test(header) ? { signatures: [header], timestamp: null } : null,
      prefix: () => '',
    },
  ],
  contentTypes: ['application/json'],
  accountOf: (_body, headers) => headers['x-shopify-shop-domain'] ?? null,
  leavingTopics: [LEFT],
  privacy,
  read,
  subscribe,
  inspect,
  unsubscribe: (client, { vendorId }) => client.unsubscribe(vendorId),
};

const topicSchema = z.string().regex(/^[a-z_]+\/[a-z_]+$/);
/** Longer than what a program counts exactly, unless it stands in a text. */
const idSchema = z.union([
  z.number().int().positive().refine(Number.isSafeInteger),
  z.string().regex(/^\d+$/),
]);
const orderSchema = z.union([
  z.object({ admin_graphql_api_id: z.string().regex(/^gid:\/\/shopify\/Order\/\d+$/) }),
  z.object({ order_id: idSchema }),
  z.object({ order_edit: z.object({ order_id: idSchema }) }),
  z.object({ id: idSchema }),
]);

function orderIn(body: DeliveryBody): string | null {
  const read = orderSchema.safeParse(body).data;
  if (read === undefined) return null;
  if ('admin_graphql_api_id' in read) return numberIn(read.admin_graphql_api_id);
  if ('order_id' in read) return String(read.order_id);
  return 'order_edit' in read ? String(read.order_edit.order_id) : String(read.id);
}

const productSchema = z.union([
  z.object({ admin_graphql_api_id: z.string().regex(/^gid:\/\/shopify\/Product\/\d+$/) }),
  z.object({ id: idSchema }),
]);
const levelSchema = z.object({ inventory_item_id: idSchema });

/** The product that a delivery names, or what is counted. */
function soldIn(topic: string, body: DeliveryBody): string | null {
  if (topic.startsWith('inventory_levels/')) {
    const level = levelSchema.safeParse(body).data;
    return level === undefined ? null : countedId(String(level.inventory_item_id));
  }
  const read = productSchema.safeParse(body).data;
  if (read === undefined) return null;
  return 'id' in read ? String(read.id) : numberIn(read.admin_graphql_api_id);
}

const isOfProducts = (topic: string): boolean => PRODUCT_TOPICS.some((one) => one === topic);

/**
 * What one act of the shop made Shopify tell has one id, under however many addresses and however often it is sent; the
 * delivery's own stands for it where there is none.
 */
function read(body: DeliveryBody, headers: DeliveryHeaders): InboundEvent[] | null {
  const topic = topicSchema.safeParse(headers['x-shopify-topic']).data;
  if (topic === undefined) return null;
  const id = headers['x-shopify-event-id'] ?? headers['x-shopify-webhook-id'];
  const key = (recordId: string): string | null => (id ? `${topic} ${recordId} ${id}` : null);
  if (topic === LEFT) return [{ key: key(''), topic, recordId: null }];
  const recordId = isOfProducts(topic) ? soldIn(topic, body) : orderIn(body);
  return recordId === null ? null : [{ key: key(recordId), topic, recordId }];
}

const isWished = (one: ShopifyWebhook, topic: string): boolean =>
  one.topic === apiTopic(topic) &&
  [...one.includeFields].sort().join() === [...fieldsOf(topic)].sort().join();

/** One subscription for each topic, and one that tells of being taken out; what an earlier call left is kept. */
async function subscribe(client: ShopifyClient, wish: SubscriptionWish): Promise<Subscription[]> {
  const own = (await client.webhooks()).filter(({ uri }) => uri === wish.url);
  const topics = [...new Set([...wish.topics, LEFT])];
  const kept = topics.map((topic) => own.find((one) => isWished(one, topic)));
  for (const one of own) if (!kept.includes(one)) await client.unsubscribe(one.id);
  const standing: ShopifyWebhook[] = [];
  for (const [index, topic] of topics.entries())
    standing.push(kept[index] ?? (await client.subscribe(apiTopic(topic), wish.url, fieldsOf(topic))));
  return standing.map(({ id }) => ({ kind: KIND, vendorId: id }));
}

/** Shopify takes away what failed eight times in a row, and so may whoever has the application's settings. */
async function inspect(
  client: ShopifyClient,
  wish: SubscriptionWish,
  subscriptions: readonly Subscription[],
): Promise<SubscriptionFault[]> {
  const own = subscriptions.map((one) => ({ ...one, vendorId: numberIn(one.vendorId) }));
  return subscriptionFaults(await client.webhooks(), own, {
    idOf: ({ id }) => numberIn(id),
    nameOf: ({ topic }) => topic,
    wrong: ({ uri }) => (uri === wish.url ? null : 'changed'),
  });
}
