import { asLiaisonError } from '../../../core/errors.ts';
import type { Subscription, SubscriptionWish, WebhookDeclaration } from '../../../core/webhooks.ts';
import { subscriptionFaults } from '../../../kit/subscription-faults.ts';
import { graphNotifications, type RecordOf } from './notifications.ts';
import type { SubscriptionCalls } from './subscriptions.ts';

/** Before the id of a subscription that another connection of the same person has. */
const ANOTHERS = 'another’s ';
const isOwn = ({ vendorId }: Subscription): boolean => !vendorId.startsWith(ANOTHERS);

/** What an application hears of by subscriptions. */
interface Followed<Client> {
  /** Under which a change is told. */
  readonly topic: string;
  readonly recordOf?: RecordOf;
  /** Which changes are heard of; absent: all. */
  readonly changes?: string;
  /** For how many minutes a subscription is asked for, the next one where Graph refuses the one before; absent: a week. */
  readonly minutes?: readonly number[];
  /** What is subscribed to for what flows listen to. */
  resources(client: Client, topics: readonly string[]): Promise<readonly string[]>;
}

/** How an application hears of changes to what it names itself, each by a subscription of its own. */
export const followedWebhooks = <Client extends SubscriptionCalls>(
  followed: Followed<Client>,
): WebhookDeclaration<Client> => ({
  ...graphNotifications(followed.topic, followed.recordOf),

  async subscribe(client, wish) {
    const made: Subscription[] = [];
    for (const resource of await followed.resources(client, wish.topics))
      made.push(await subscribe(client, wish, resource, followed));
    return made;
  },

  async unsubscribe(client, subscription) {
    if (isOwn(subscription)) await client.endSubscription(subscription.vendorId);
  },

  async inspect(client, wish, subscriptions) {
    const own = subscriptions.filter(isOwn);
    if (own.length === 0) return [];
    const { held } = await client.subscriptions();
    return subscriptionFaults(held, own, {
      idOf: ({ id }) => id,
      nameOf: ({ resource }) => resource.replace(/^\/+/, ''),
      wrong: ({ notificationUrl }) => (notificationUrl === wish.url ? null : 'changed'),
    });
  },
});

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
): WebhookDeclaration<SubscriptionCalls> =>
  followedWebhooks({
    topic,
    ...(only === undefined ? {} : { changes: only, recordOf: (named) => named.split('/').at(-1) ?? null }),
    resources: async (_client, topics) => (topics.includes(topic) ? [resource] : []),
  });

/** Where another connection hears of this account, this one asks what changed, until that one ends. */
async function subscribe<Client extends SubscriptionCalls>(
  client: Client,
  { url, secret }: SubscriptionWish,
  resource: string,
  { changes, minutes: [minutes, ...shorter] = [] }: Pick<Followed<Client>, 'changes' | 'minutes'>,
): Promise<Subscription> {
  const wish = { resource, url, secret, changes, minutes };
  try {
    const { id, expiresAt, isOfAnother } = await client.ensureSubscription(wish);
    return { kind: 'body-token', vendorId: isOfAnother ? `${ANOTHERS}${id}` : id, expiresAt };
  } catch (thrown) {
    if (shorter.length === 0 || asLiaisonError(thrown).kind !== 'rejected') throw thrown;
    return subscribe(client, { url, secret, topics: [] }, resource, {
      ...(changes === undefined ? {} : { changes }),
      minutes: shorter,
    });
  }
}
