import { z } from 'zod';
import type {
  DeliveryBody,
  InboundEvent,
  Subscription,
  SubscriptionFault,
  SubscriptionWish,
  WebhookDeclaration,
} from '../../core/connector.ts';
import { subscriptionFaults } from '../../kit/subscription-faults.ts';
import type { WooCommerceClient } from './client.ts';
import type { WooWebhook } from './webhook-calls.ts';

/** What tells of orders. https://woocommerce.github.io/woocommerce-rest-api-docs/#webhooks */
export const ORDER_TOPICS = ['order.created', 'order.updated', 'order.deleted', 'order.restored'] as const;

/** What tells of what is sold. Pieces that orders take are told of too; what is put into the bin is `deleted`. */
export const PRODUCT_TOPICS = [
  'product.created',
  'product.updated',
  'product.deleted',
  'product.restored',
] as const;

const KIND = 'hmac-sha256';
const topicSchema = z.string().regex(/^[a-z_]+\.[a-z_]+$/);
const recordSchema = z.object({
  id: z.number().int().positive(),
  /** Of a variation: the product that it is of. */
  parent_id: z.number().int().nonnegative().catch(0).default(0),
  type: z.string().nullish().catch(null),
});
/** A record that was deleted for good before its delivery was made comes as the refusal of reading it. */
const refusalSchema = z.object({ code: z.string(), message: z.string() });

export const webhooks: WebhookDeclaration<WooCommerceClient> = {
  schemes: [
    {
      kind: KIND,
      header: 'x-wc-webhook-signature',
      encoding: 'base64',
      read: (header) =>
        /^[A-Za-z0-9+/]{43}=$/.test(header) ? { signatures: [header], timestamp: null } : null,
      prefix: () => '',
    },
  ],
  contentTypes: ['application/json'],
  // Made, a webhook first sends a form that nobody signed, and wants 200.
  handshakes: [{ kind: 'ping', field: 'webhook_id' }],
  read,
  subscribe,
  inspect,
  async unsubscribe(client, { vendorId }) {
    await client.changeWebhooks({ create: [], update: [], delete: [Number(vendorId)] });
  },
};

/**
 * The body is the record as it was when the delivery was made, and older than the record by then. Nothing numbers a
 * delivery: its id is the same for all of one second. What is thrown away twice has one body, so that its delivery
 * tells it apart.
 */
function read(body: DeliveryBody, headers: Readonly<Record<string, string>>): InboundEvent[] | null {
  const topic = topicSchema.safeParse(headers['x-wc-webhook-topic']).data;
  if (topic === undefined) return null;
  const record = recordSchema.safeParse(body).data;
  if (record !== undefined) {
    const isVariation = topic.startsWith('product.') && record.type === 'variation' && record.parent_id > 0;
    const id = String(isVariation ? record.parent_id : record.id);
    const delivery = headers['x-wc-webhook-delivery-id'];
    const key = topic.endsWith('.deleted') && delivery ? `${topic} ${id} ${delivery}` : null;
    return [{ key, topic, recordId: id }];
  }
  return refusalSchema.safeParse(body).success ? [{ key: null, topic, recordId: null }] : null;
}

/** One webhook for each topic; what an earlier call left behind is taken up again, whatever became of it. */
async function subscribe(client: WooCommerceClient, wish: SubscriptionWish): Promise<Subscription[]> {
  const own = (await client.webhooks()).filter((one) => one.delivery_url === wish.url);
  const kept = new Map<string, WooWebhook>();
  for (const one of own)
    if (wish.topics.includes(one.topic) && !kept.has(one.topic)) kept.set(one.topic, one);
  const changed = await client.changeWebhooks({
    // A webhook without a secret of ours would sign with one that nobody tells.
    update: [...kept.values()].map(({ id }) => ({ id, status: 'active', secret: wish.secret })),
    create: wish.topics
      .filter((topic) => !kept.has(topic))
      .map((topic) => ({
        name: `Liaison ${topic}`,
        status: 'active',
        topic,
        delivery_url: wish.url,
        secret: wish.secret,
      })),
    delete: own.filter((one) => kept.get(one.topic) !== one).map(({ id }) => id),
  });
  return changed.map(({ id }) => ({ kind: KIND, vendorId: String(id), secret: wish.secret }));
}

/** A shop switches a webhook off after its seventh failure in a row, and so may people. */
async function inspect(
  client: WooCommerceClient,
  wish: SubscriptionWish,
  subscriptions: readonly Subscription[],
): Promise<SubscriptionFault[]> {
  const isAsked = (one: WooWebhook): boolean =>
    one.delivery_url === wish.url && wish.topics.includes(one.topic);
  return subscriptionFaults(await client.webhooks(), subscriptions, {
    idOf: ({ id }) => String(id),
    nameOf: ({ name }) => name,
    wrong: (one) => (one.status !== 'active' ? 'off' : isAsked(one) ? null : 'changed'),
  });
}
