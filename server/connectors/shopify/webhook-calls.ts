import { z } from 'zod';
import { eachOf } from '../../kit/pages.ts';
import type { ShopifyCall } from './api.ts';
import { SUBSCRIBE, SUBSCRIPTIONS, UNSUBSCRIBE } from './documents.ts';
import { pageInfo } from './order-shape.ts';

const PAGE = 100;
const MOST_PAGES = 10;

const subscriptionSchema = z.object({
  id: z.string(),
  /** `ORDERS_CREATE` */
  topic: z.string(),
  uri: z.string(),
  includeFields: z.array(z.string()),
});
export type ShopifyWebhook = z.infer<typeof subscriptionSchema>;

const listSchema = z.object({
  webhookSubscriptions: z.object({ nodes: z.array(subscriptionSchema), pageInfo }),
});
const madeSchema = z.object({
  webhookSubscriptionCreate: z.object({ webhookSubscription: subscriptionSchema }),
});

export function webhookCalls(call: ShopifyCall) {
  return {
    /** Those of this application, of whatever address. */
    async webhooks(): Promise<ShopifyWebhook[]> {
      const all: ShopifyWebhook[] = [];
      const page = async (after: string | null) => {
        const { data } = await call(SUBSCRIPTIONS, { first: PAGE, after }, listSchema);
        const { nodes, pageInfo: place } = data.webhookSubscriptions;
        return { items: nodes, next: place.hasNextPage ? (place.endCursor ?? null) : null };
      };
      for await (const webhook of eachOf(page, { most: MOST_PAGES })) all.push(webhook);
      return all;
    },

    async subscribe(topic: string, uri: string, includeFields: readonly string[]): Promise<ShopifyWebhook> {
      const wish = { uri, format: 'JSON', includeFields };
      const { data } = await call(SUBSCRIBE, { topic, wish }, madeSchema);
      return data.webhookSubscriptionCreate.webhookSubscription;
    },

    async unsubscribe(id: string): Promise<void> {
      await call(UNSUBSCRIBE, { id }, z.unknown());
    },
  };
}
