import type { Subscription, SubscriptionWish, WebhookDeclaration } from '../../../core/webhooks.ts';
import { subscriptionFaults } from '../../../kit/subscription-faults.ts';
import { graphNotifications } from './notifications.ts';
import type { SubscriptionCalls } from './subscriptions.ts';

/** Before the id of a subscription that another connection of the same person has. */
const ANOTHERS = 'another’s ';
const isOwn = ({ vendorId }: Subscription): boolean => !vendorId.startsWith(ANOTHERS);

/**
 * How an application hears of changes to one kind of a mailbox's items.
 *
 * @param topic under which a change is told.
 * @param resource what is subscribed to: `me/contacts`.
 * @param only the one kind of change that is heard of, each event naming its item; absent: all, and none does.
 */
export const graphWebhooks = (
  topic: string,
  resource: string,
  only?: 'created',
): WebhookDeclaration<SubscriptionCalls> => ({
  ...graphNotifications(topic, only !== undefined),
  subscribe: async (client, wish) =>
    wish.topics.includes(topic) ? await subscribe(client, wish, resource, only) : [],

  async unsubscribe(client, subscription) {
    if (isOwn(subscription)) await client.endSubscription(subscription.vendorId);
  },

  async inspect(client, wish, subscriptions) {
    const own = subscriptions.filter(isOwn);
    if (own.length === 0) return [];
    const { held } = await client.subscriptions();
    return subscriptionFaults(held, own, {
      idOf: ({ id }) => id,
      nameOf: () => resource,
      wrong: ({ notificationUrl }) => (notificationUrl === wish.url ? null : 'changed'),
    });
  },
});

/** Where another connection hears of this account, this one asks what changed, until that one ends. */
async function subscribe(
  client: SubscriptionCalls,
  { url, secret }: SubscriptionWish,
  resource: string,
  changes: string | undefined,
): Promise<Subscription[]> {
  const wish = { resource, url, secret, changes };
  const { id, expiresAt, isOfAnother } = await client.ensureSubscription(wish);
  return [{ kind: 'body-token', vendorId: isOfAnother ? `${ANOTHERS}${id}` : id, expiresAt }];
}
