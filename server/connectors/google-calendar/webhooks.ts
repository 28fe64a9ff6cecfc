import { z } from 'zod';
import type {
  DeliveryBody,
  InboundEvent,
  Subscription,
  SubscriptionWish,
  WebhookDeclaration,
} from '../../core/connector.ts';
import type { GoogleCalendarClient } from './client.ts';

/** Something in one of the calendars changed; what, Google does not say. */
export const EVENTS_CHANGED = 'events.changed';

const messageSchema = z.object({
  'x-goog-channel-id': z.string().min(1).max(64),
  'x-goog-message-number': z.string().regex(/^\d{1,20}$/),
  'x-goog-resource-state': z.enum(['sync', 'exists', 'not_exists']),
});

export const webhooks: WebhookDeclaration<GoogleCalendarClient> = {
  schemes: [{ kind: 'secret-header', header: 'x-goog-channel-token' }],
  contentTypes: ['application/json'],
  headersAsBody: [
    'x-goog-channel-id',
    'x-goog-channel-expiration',
    'x-goog-message-number',
    'x-goog-resource-id',
    'x-goog-resource-state',
    'x-goog-resource-uri',
  ],
  read,
  subscribe,
  async unsubscribe(client, { vendorId }) {
    const [id = '', resourceId = ''] = vendorId.split(' ');
    await client.stopChannel(id, resourceId);
  },
};

/** Messages of a channel are numbered; the first one only says that it is open. */
function read(body: DeliveryBody): InboundEvent[] | null {
  const message = messageSchema.safeParse(body);
  if (!message.success) return null;
  const {
    'x-goog-channel-id': channel,
    'x-goog-message-number': number,
    'x-goog-resource-state': state,
  } = message.data;
  const topic = state === 'sync' ? 'events.sync' : EVENTS_CHANGED;
  return [{ key: `${channel}:${number}`, topic, recordId: null }];
}

/** One channel for each calendar that the account may write to: which of them a flow follows is its own choice. */
async function subscribe(client: GoogleCalendarClient, wish: SubscriptionWish): Promise<Subscription[]> {
  if (!wish.topics.includes(EVENTS_CHANGED)) return [];
  const calendars = (await client.calendars()).filter(({ writable }) => writable);
  const [first] = calendars;
  if (first === undefined) return [];
  // Google's clock, because ours may be wrong: two openings never share it.
  const opened = String((await client.calendar(first.id)).at);
  const subscriptions: Subscription[] = [];
  for (const { id } of calendars) {
    const channel = await client.watchEvents(id, { url: wish.url, secret: wish.secret, opened });
    subscriptions.push({
      kind: 'secret-header',
      vendorId: `${channel.id} ${channel.resourceId}`,
      ...(channel.expiresAt === undefined ? {} : { expiresAt: channel.expiresAt }),
    });
  }
  return subscriptions;
}
