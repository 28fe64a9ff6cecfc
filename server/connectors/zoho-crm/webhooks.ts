import { z } from 'zod';
import type {
  DeliveryBody,
  InboundEvent,
  Subscription,
  SubscriptionFault,
  SubscriptionWish,
  WebhookDeclaration,
} from '../../core/connector.ts';
import { channelEventOf } from './channels.ts';
import type { ZohoCrmClient } from './client.ts';
import { type RuleDeclaration, rulesOf } from './rules.ts';
import { SECRET_HEADER } from './workflow-rules.ts';

const text = z.union([z.string(), z.number()]).transform(String).pipe(z.string().min(1));
const moduleName = z.string().regex(/^\w{1,100}$/);

/** `${!Deals.Deal Id}` comes filled as a number or as text; forms carry text only. */
const workflowSchema = z.object({ id: text, module: moduleName });
const notificationSchema = z.object({
  module: moduleName,
  ids: z.array(text).min(1).max(1_000),
  operation: z.enum(['insert', 'update', 'delete']),
});

export const webhooks: WebhookDeclaration<ZohoCrmClient> = {
  schemes: [
    { kind: 'secret-header', header: SECRET_HEADER },
    { kind: 'body-token', field: 'token' },
  ],
  contentTypes: ['application/json', 'application/x-www-form-urlencoded'],
  read,
  subscribe,
  inspect,
  async unsubscribe(client, { kind, vendorId }) {
    await (kind === 'secret-header' ? client.removeRule(vendorId) : client.closeChannel(vendorId));
  },
};

/**
 * A workflow rule sends one record of our own wording, a notification any number of ids. Neither carries an
 * id of the event, so two deliveries are the same event when their bodies are.
 */
function read(body: DeliveryBody): InboundEvent[] | null {
  const notification = notificationSchema.safeParse(body);
  if (notification.success) {
    const { module, ids, operation } = notification.data;
    const event = (id: string): InboundEvent => ({
      key: null,
      topic: `${module}.${operation}`,
      recordId: id,
      // A hundred records are told of at once: a hundred times the whole of it would be kept.
      ...(ids.length > 1 ? { body: JSON.stringify({ module, operation, ids: [id] }) } : {}),
    });
    return [...new Set(ids)].map(event);
  }
  const workflow = workflowSchema.safeParse(body);
  if (!workflow.success) return null;
  const { id, module } = workflow.data;
  return [{ key: null, topic: `${module}.workflow`, recordId: id }];
}

/** Workflow rules for `Deals.workflow`, one channel for all topics of the form `Deals.update`. */
async function subscribe(client: ZohoCrmClient, wish: SubscriptionWish): Promise<Subscription[]> {
  const subscriptions: Subscription[] = [];
  for (const rule of wantedRules(wish.topics)) {
    const vendorId = await client.ensureRule(rule, wish);
    subscriptions.push({ kind: 'secret-header', vendorId });
  }
  const events = new Set(wish.topics.map(channelEventOf).filter((event) => event !== null));
  if (events.size > 0) {
    const { id, token, expiresAt } = await client.ensureChannel(wish.url, wish.secret, [...events]);
    const shortened = token === wish.secret ? {} : { secret: token };
    subscriptions.push({ kind: 'body-token', vendorId: id, expiresAt, ...shortened });
  }
  return subscriptions;
}

/** Each rule once under each of its conditions: the first keeps its name, the others are numbered. */
function wantedRules(topics: readonly string[]): readonly RuleDeclaration[] {
  const same = Map.groupBy([...topics].sort().flatMap(rulesOf), ({ id }) => id);
  return [...same.values()].flatMap((rules) => {
    const distinct = [...new Map(rules.map((rule) => [rule.condition.value, rule])).values()];
    return distinct.map((rule, index) =>
      index === 0 ? rule : { ...rule, title: `${rule.title}, ${index + 1}` },
    );
  });
}

/** One call, however many rules there are: workflow rules are all that people can take away in the CRM. */
async function inspect(
  client: ZohoCrmClient,
  wish: SubscriptionWish,
  subscriptions: readonly Subscription[],
): Promise<SubscriptionFault[]> {
  const ids = subscriptions.flatMap(({ kind, vendorId }) => (kind === 'secret-header' ? [vendorId] : []));
  const rules = wantedRules(wish.topics);
  if (ids.length === 0 && rules.length === 0) return [];
  return client.inspectRules(rules, wish, ids);
}
