import type { Subscription, SubscriptionWish, WebhookDeclaration } from '../../core/webhooks.ts';
import { subscriptionFaults } from '../../kit/subscription-faults.ts';
import { graphNotifications } from '../families/microsoft/notifications.ts';
import type { MicrosoftContactsClient } from './client.ts';

/** A contact was made, changed or deleted; which, the list of changes says. */
export const CONTACTS_CHANGED = 'contacts.changed';

const RESOURCE = 'me/contacts';

export const webhooks: WebhookDeclaration<MicrosoftContactsClient> = {
  ...graphNotifications(CONTACTS_CHANGED),
  subscribe,
  unsubscribe: (client, { vendorId }) => client.endSubscription(vendorId),

  async inspect(client, wish, subscriptions) {
    const { held } = await client.subscriptions();
    return subscriptionFaults(held, subscriptions, {
      idOf: ({ id }) => id,
      nameOf: () => RESOURCE,
      wrong: ({ notificationUrl }) => (notificationUrl === wish.url ? null : 'changed'),
    });
  },
};

async function subscribe(client: MicrosoftContactsClient, wish: SubscriptionWish): Promise<Subscription[]> {
  if (!wish.topics.includes(CONTACTS_CHANGED)) return [];
  const made = await client.ensureSubscription({ resource: RESOURCE, url: wish.url, secret: wish.secret });
  // Somebody else of Liaison's hears of this account: here it is asked what changed.
  if (made === null) return [];
  return [{ kind: 'body-token', vendorId: made.id, expiresAt: made.expiresAt }];
}
