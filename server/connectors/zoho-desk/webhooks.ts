import { z } from 'zod';
import type {
  InboundEvent,
  Subscription,
  SubscriptionFault,
  SubscriptionWish,
  WebhookDeclaration,
} from '../../core/connector.ts';
import { subscriptionFaults } from '../../kit/subscription-faults.ts';
import { idSchema } from './api.ts';
import type { ZohoDeskClient } from './client.ts';
import type { DeskWebhook } from './webhook-calls.ts';

/** What tells of tickets. */
export const TICKET_TOPICS = ['Ticket_Add', 'Ticket_Update'] as const;

/** What tells of answers to them: each event is of the answer, and names its ticket. */
export const ANSWER_TOPICS = ['Ticket_Comment_Add', 'Ticket_Thread_Add'] as const;

const KIND = 'jwt';
/** Keys are read anew before this is over: Zoho changes them when it likes. */
const KEYS_GOOD_FOR_MS = 12 * 3_600_000;

/** Updates are told of where one of at most five fields changed. */
const FILTERS: Readonly<Record<string, object>> = {
  Ticket_Update: { fields: ['priority', 'status', 'departmentId', 'contactId', 'subject'] },
};

const eventSchema = z.object({
  payload: z.object({ id: idSchema, ticketId: idSchema.nullish().catch(null) }).nullish(),
  eventType: z.string().regex(/^[A-Za-z]+(_[A-Za-z]+)+$/),
  eventTime: z.union([z.string().regex(/^\d+$/), z.number()]).nullish(),
});
const deliverySchema = z.object({ list: z.array(z.looseObject({})).min(1).max(1_000) });

export const webhooks: WebhookDeclaration<ZohoDeskClient> = {
  // Signed with a key of Zoho's, for this webhook of this organisation; of the body it says nothing.
  schemes: [{ kind: KIND, header: 'x-zdesk-jwt', algorithm: 'RS256', toleranceSeconds: 300 }],
  contentTypes: ['application/json'],
  // Made or changed, a webhook's address is asked first whether somebody is there.
  handshakes: [{ kind: 'trial' }],
  read({ list }) {
    const delivery = deliverySchema.safeParse({ list }).data;
    if (delivery === undefined) return null;
    const events = delivery.list.map(readEvent);
    return events.some((event) => event === null) ? null : events.filter((event) => event !== null);
  },
  subscribe,
  inspect,
  unsubscribe: (client, { vendorId }) => client.deleteWebhook(vendorId),
};

/** Nothing numbers an event: what happened to which record, and when, tells it from another. */
function readEvent(event: object): InboundEvent | null {
  const read = eventSchema.safeParse(event).data;
  if (read === undefined) return null;
  const { payload, eventType: topic, eventTime } = read;
  const id = payload?.id ?? null;
  const isAnswer = ANSWER_TOPICS.some((one) => one === topic);
  const isKnown = id !== null && eventTime !== undefined && eventTime !== null;
  return {
    key: isKnown ? `${topic} ${id} ${eventTime}` : null,
    topic,
    recordId: isAnswer ? (payload?.ticketId ?? null) : id,
    body: JSON.stringify(event),
  };
}

/** One webhook for all topics; what an earlier call left behind is taken up again, whatever became of it. */
async function subscribe(client: ZohoDeskClient, wish: SubscriptionWish): Promise<Subscription[]> {
  const { keys, at } = await client.keys();
  const standing = (await client.webhooks()).find(({ url }) => url === wish.url);
  const subscriptions = Object.fromEntries(wish.topics.map((topic) => [topic, FILTERS[topic] ?? null]));
  const { id } = await client.keepWebhook(standing?.id ?? null, { url: wish.url, subscriptions });
  const claims = { iss: `orgId:${client.account.id}`, aud: `webhookId:${id}` };
  return [
    {
      kind: KIND,
      vendorId: id,
      secret: JSON.stringify({ keys, claims }),
      ...(at === null ? {} : { expiresAt: at + KEYS_GOOD_FOR_MS }),
    },
  ];
}

/** Agents can switch a webhook off, change or delete it; so does Desk itself where its edition allows fewer. */
async function inspect(
  client: ZohoDeskClient,
  wish: SubscriptionWish,
  subscriptions: readonly Subscription[],
): Promise<SubscriptionFault[]> {
  return subscriptionFaults(await client.webhooks(), subscriptions, {
    idOf: ({ id }) => id,
    nameOf: ({ name }) => name,
    wrong: (one) => (one.isEnabled === false ? 'off' : isAsked(one, wish) ? null : 'changed'),
  });
}

const isAsked = ({ url, subscriptions }: DeskWebhook, wish: SubscriptionWish): boolean =>
  url === wish.url && wish.topics.every((topic) => Object.hasOwn(subscriptions ?? {}, topic));
