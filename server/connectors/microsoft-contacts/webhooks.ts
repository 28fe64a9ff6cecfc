import type { Subscription, SubscriptionWish, WebhookDeclaration } from '../../core/webhooks.ts';
import { subscriptionFaults } from '../../kit/subscription-faults.ts';
import { graphNotifications } from '../families/microsoft/notifications.ts';
import type { MicrosoftContactsClient } from './client.ts';

/** A contact was made, changed or deleted; which, the list of changes says. */
export const CONTACTS_CHANGED = 'contacts.changed';

const RESOURCE = 'me/contacts';
/** Before the id of a subscription that another connection of the same person has. */
const ANOTHERS = 'another’s ';
const isOwn = ({ vendorId }: Subscription): boolean => !vendorId.startsWith(ANOTHERS);

export const webhooks: WebhookDeclaration<MicrosoftContactsClient> = {
  ...graphNotifications(CONTACTS_CHANGED),
  subscribe,

  async unsubscribe(client, subscription) {
    if (isOwn(subscription)) await client.endSubscription(subscription.vendorId);
  },

  async inspect(client, wish, subscriptions) {
    const own = subscriptions.filter(isOwn);
    if (own.length === 0) return [];
    const { held } = await client.subscriptions();
    return subscriptionFaults(held, own, {
      idOf: ({ id }) => id,
      nameOf: () => RESOURCE,
      wrong: ({ notificationUrl }) => (notificationUrl === wish.url ? null : 'changed'),
    });
  },
};

/** Where another connection hears of this account, this one asks what changed, until that one ends. */
async function subscribe(client: MicrosoftContactsClient, wish: SubscriptionWish): Promise<Subscription[]> {
  if (!wish.topics.includes(CONTACTS_CHANGED)) return [];
  const wanted = { resource: RESOURCE, url: wish.url, secret: wish.secret };
  const { id, expiresAt, isOfAnother } = await client.ensureSubscription(wanted);
  return [{ kind: 'body-token', vendorId: isOfAnother ? `${ANOTHERS}${id}` : id, expiresAt }];
}
