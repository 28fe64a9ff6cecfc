import { createHash } from 'node:crypto';
import { z } from 'zod';
import type {
  DeliveryBody,
  InboundEvent,
  SignatureScheme,
  WebhookDeclaration,
} from '../../../core/webhooks.ts';

export type RecordOf = (resource: string) => string | null;

/** Nothing is signed: each notification of a delivery carries the state that its subscription was given. */
const scheme: SignatureScheme = { kind: 'body-token', field: 'clientState', each: 'value' };

/** What a subscription says of itself, as topics of our own. https://learn.microsoft.com/graph/change-notifications-lifecycle-events */
const LIFECYCLE = {
  reauthorizationRequired: 'subscription.lapsing',
  subscriptionRemoved: 'subscription.removed',
  missed: 'subscription.missed',
} as const;
/** It says something of itself that nobody knew when this was written: whether it stands is looked at. */
const UNKNOWN = 'subscription.unknown';

/** No id of Graph's has a NUL, and the database holds none. */
const text = (longest: number) =>
  z
    .string()
    .max(longest)
    .refine((written) => !written.includes('\0'));
const common = { subscriptionId: text(100).min(1) };
const lifecycleSchema = z.looseObject({
  ...common,
  lifecycleEvent: text(60).min(1),
  subscriptionExpirationDateTime: text(60).catch(''),
});
const changeSchema = z.looseObject({
  ...common,
  changeType: text(60).min(1),
  resource: text(2_000).catch(''),
  resourceData: z
    .looseObject({ '@odata.etag': z.string().max(300).optional() })
    .nullish()
    .catch(null),
});
/** Each by itself: one that cannot be read hides none of the others. */
const deliverySchema = z.object({
  value: z.array(z.union([lifecycleSchema, changeSchema]).nullable().catch(null)).max(1_000),
});

/**
 * How Graph's notifications are believed and read. What they tell is a hint: ids in them are those of the mailbox, and
 * several subscriptions may come in one delivery. What was missed, or removed, is looked for by whoever listens.
 *
 * @param topic under which a change is told.
 * @param recordOf what it is about, of the resource that it names; absent: nothing that stays is told.
 */
export const graphNotifications = (
  topic: string,
  recordOf: RecordOf = () => null,
): Pick<
  WebhookDeclaration<never>,
  'schemes' | 'contentTypes' | 'handshakes' | 'acknowledgedBy' | 'lapsingTopics' | 'read'
> => ({
  schemes: [scheme],
  contentTypes: ['application/json'],
  handshakes: [{ kind: 'echo', parameter: 'validationToken' }],
  acknowledgedBy: 202,
  lapsingTopics: [LIFECYCLE.reauthorizationRequired, LIFECYCLE.subscriptionRemoved, UNKNOWN],
  read: (body) => read(body, topic, recordOf),
});

function read(body: DeliveryBody, topic: string, recordOf: RecordOf): InboundEvent[] | null {
  const delivery = deliverySchema.safeParse(body).data;
  if (delivery === undefined) return null;
  const events = delivery.value.flatMap((one) => (one === null ? [] : eventsOf(one, topic, recordOf)));
  if (events.length === 0) return null;
  return [...new Map(events.map((event) => [event.key, event])).values()];
}

type Lifecycle = z.output<typeof lifecycleSchema>;
type Change = z.output<typeof changeSchema>;

const isLifecycle = (one: Lifecycle | Change): one is Lifecycle => 'lifecycleEvent' in one;

/** What is told again has the same key. What is kept of it holds no state that a subscription was given. */
function eventsOf(one: Lifecycle | Change, topic: string, recordOf: RecordOf): InboundEvent[] {
  const { subscriptionId } = one;
  if (isLifecycle(one)) {
    const { lifecycleEvent, subscriptionExpirationDateTime: until } = one;
    const said = LIFECYCLE[lifecycleEvent as keyof typeof LIFECYCLE] as string | undefined;
    const body = JSON.stringify({ lifecycleEvent, subscriptionId });
    // Whatever became of the subscription, something may have changed that it did not tell.
    return [said ?? UNKNOWN, topic].map((named) => ({
      key: `${subscriptionId}:${lifecycleEvent}:${until}:${named}`,
      topic: named,
      recordId: null,
      body,
    }));
  }
  const { changeType, resource, resourceData } = one;
  const version = digestOf(`${resource} ${resourceData?.['@odata.etag'] ?? ''}`);
  const body = JSON.stringify({ changeType, resource, subscriptionId });
  return [{ key: `${subscriptionId}:${changeType}:${version}`, topic, recordId: recordOf(resource), body }];
}

const digestOf = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 32);
