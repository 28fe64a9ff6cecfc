import { z } from 'zod';
import type {
  DeliveryBody,
  InboundEvent,
  Subscription,
  SubscriptionFault,
  SubscriptionWish,
  WebhookDeclaration,
} from '../../core/connector.ts';
import { failure } from '../../kit/failures.ts';
import { subscriptionFaults } from '../../kit/subscription-faults.ts';
import type { ZohoSalesIqClient } from './client.ts';
import { VENDOR } from './failures.ts';
import type { SalesIqWebhook } from './shapes.ts';
import { id } from './shapes.ts';

/** What tells that a chat is over, or what the visitor thought of it. */
export const OVER_TOPICS = ['conversation.completed', 'conversation.missed', 'conversation.rated'] as const;
export const END_TOPICS = ['conversation.completed'] as const;
export const BEGIN_TOPICS = ['conversation.created'] as const;
const PORTAL = 'portal ';

/** Beside the topics: in which portal they are listened to. */
export const portalTopic = (portal: string): string => `${PORTAL}${portal}`;

const KIND = 'rsa-sha256';

const moment = z.union([z.string().regex(/^\d+$/), z.number()]).transform(String);
const deliverySchema = z.object({
  event: z.string().regex(/^[a-z]+(\.[a-z]+)+$/),
  entity_id: id,
  event_time: moment.nullish().catch(null),
});

export const webhooks: WebhookDeclaration<ZohoSalesIqClient> = {
  // https://help.zoho.com/portal/en/kb/salesiq-2-0/for-administrators/webhooks/articles/webhooksinsalesiq
  schemes: [{ kind: KIND, header: 'x-siqsignature' }],
  contentTypes: ['application/json'],
  // An address is asked with HEAD before it is taken.
  handshakes: [{ kind: 'trial' }],
  read,
  subscribe,
  inspect,
  async unsubscribe(client, { vendorId }) {
    const { portal, webhook } = partsOf(vendorId);
    await client.deleteWebhook(portal, webhook);
  },
};

/**
 * `attempt` counts how often it was sent: what happened to which chat, and when, tells an event from another. Where it does
 * not say when, the body does: one more attempt then only has the chat looked at once more.
 */
function read(body: DeliveryBody): InboundEvent[] | null {
  const delivery = deliverySchema.safeParse(body).data;
  if (delivery === undefined) return null;
  const { event, entity_id: chat, event_time: at } = delivery;
  return [{ key: at == null ? null : `${event} ${chat} ${at}`, topic: event, recordId: chat }];
}

const joined = (portal: string, webhook: string): string => `${portal} ${webhook}`;
const partsOf = (vendorId: string) => {
  const [portal = '', webhook = ''] = vendorId.split(' ');
  return { portal, webhook };
};

/** The portals that are listened to, and to what. */
function wanted(client: ZohoSalesIqClient, { topics }: Pick<SubscriptionWish, 'topics'>) {
  const named = topics.filter((topic) => topic.startsWith(PORTAL)).map((topic) => topic.slice(PORTAL.length));
  const portals = new Set((named.length === 0 ? [''] : named).map((portal) => client.screenOf(portal)));
  return { portals: [...portals], events: topics.filter((topic) => !topic.startsWith(PORTAL)) };
}

/** One webhook for each portal; what an earlier call left behind is taken up again, whatever became of it. */
async function subscribe(client: ZohoSalesIqClient, wish: SubscriptionWish): Promise<Subscription[]> {
  const { portals, events } = wanted(client, wish);
  const made: Subscription[] = [];
  for (const portal of portals) {
    const standing = (await client.webhooks(portal)).find(({ url }) => url === wish.url);
    const isRight = standing !== undefined && wrongIn(standing, wish.url, events) === null;
    const kept = isRight
      ? standing
      : await client.keepWebhook(portal, standing?.id ?? null, { url: wish.url, events });
    const keyed = keyOf(kept) === null ? await client.makeKey(portal, kept.id) : kept;
    const secret = keyOf(keyed);
    if (secret === null) throw failure('unknown', VENDOR, 'A webhook came without its public key.');
    made.push({ kind: KIND, vendorId: joined(portal, kept.id), secret });
  }
  return made;
}

/** The oldest key signs, of two at most. */
function keyOf({ public_keys: keys }: SalesIqWebhook): string | null {
  const [oldest] = (keys ?? []).toSorted((one, other) => (one.created_time ?? 0) - (other.created_time ?? 0));
  return oldest?.key === null || oldest === undefined ? null : asPem(oldest.key);
}

/** The page shows figures in the place of a key: what is no PEM is taken for the base64 of the key's DER. */
export function asPem(key: string): string {
  if (key.includes('-----BEGIN')) return key;
  const lines = key.replace(/\s+/g, '').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN PUBLIC KEY-----', ...lines, '-----END PUBLIC KEY-----', ''].join('\n');
}

function wrongIn(
  { url, status, events, secured }: SalesIqWebhook,
  address: string,
  asked: readonly string[],
): 'off' | 'changed' | null {
  if (status !== null && status !== 'enabled') return 'off';
  const hasAll = asked.every((event) => events?.includes(event));
  return url === address && hasAll && secured !== false ? null : 'changed';
}

/** People can take a webhook away or switch it off, and delete the key that signs. */
async function inspect(
  client: ZohoSalesIqClient,
  wish: SubscriptionWish,
  subscriptions: readonly Subscription[],
): Promise<SubscriptionFault[]> {
  const { portals, events } = wanted(client, wish);
  const all = await Promise.all(
    portals.map(async (portal) => (await client.webhooks(portal)).map((one) => ({ portal, one }))),
  );
  const keyNow = new Map(subscriptions.map(({ vendorId, secret }) => [vendorId, secret]));
  return subscriptionFaults(all.flat(), subscriptions, {
    idOf: ({ portal, one }) => joined(portal, one.id),
    nameOf: ({ one }) => one.url,
    wrong({ portal, one }) {
      const known = keyNow.get(joined(portal, one.id));
      const isOtherKey = known !== undefined && keyOf(one) !== known;
      return isOtherKey ? 'changed' : wrongIn(one, wish.url, events);
    },
  });
}
