import { createHash } from 'node:crypto';
import type {
  DeliveryBody,
  InboundEvent,
  Subscription,
  SubscriptionFault,
  SubscriptionWish,
  WebhookDeclaration,
} from '../../core/connector.ts';
import { subscriptionFaults } from '../../kit/subscription-faults.ts';
import type { TypeformClient } from './client.ts';
import { deliverySchema } from './shapes.ts';

const KIND = 'hmac-sha256';
const ANSWER = 'answer ';
const FORM = /^[A-Za-z0-9_-]{1,64}$/;

/** The topic of answers to a form. */
export const topicOf = (form: string): string => `${ANSWER}${form}`;
export const isTopic = (topic: string): boolean => topic.startsWith(ANSWER);
const formOf = (topic: string): string => topic.slice(ANSWER.length);
/** What tells an answer from every other: its own name is one of its form's only. */
export const keyOf = (form: string, token: string): string => `${form} ${token}`;

export const webhooks: WebhookDeclaration<TypeformClient> = {
  // https://www.typeform.com/developers/webhooks/secure-your-webhooks/
  schemes: [
    {
      kind: KIND,
      header: 'typeform-signature',
      encoding: 'base64',
      read(header) {
        const signature = /^sha256=([A-Za-z0-9+/]{43}=)$/.exec(header)?.[1];
        return signature === undefined ? null : { signatures: [signature], timestamp: null };
      },
      prefix: () => '',
    },
  ],
  contentTypes: ['application/json'],
  // https://www.typeform.com/developers/webhooks/
  endsWhenGone: true,
  read,
  subscribe,
  inspect,
  async unsubscribe(client, { vendorId }) {
    const [form = '', tag = ''] = vendorId.split(' ');
    await client.deleteWebhook(form, tag);
  },
};

/** An answer comes again under another number of its event; its own token stays. */
function read(body: DeliveryBody): InboundEvent[] | null {
  const delivery = deliverySchema.safeParse(body).data;
  const form = delivery?.form_response.form_id ?? delivery?.form_response.definition?.id;
  if (delivery === undefined || form === undefined || !FORM.test(form)) return null;
  const { token } = delivery.form_response;
  // What somebody has not sent yet is no answer: it is known by its own topic, and nobody listens to it.
  if (delivery.event_type !== 'form_response')
    return [{ key: null, topic: delivery.event_type, recordId: token }];
  return [{ key: keyOf(form, token), topic: topicOf(form), recordId: token }];
}

/** A tag is one webhook of a form, whoever makes it how often: this address's own. */
const tagOf = (url: string): string =>
  `liaison-${createHash('sha256').update(url).digest('hex').slice(0, 16)}`;

async function subscribe(
  client: TypeformClient,
  { url, secret, topics }: SubscriptionWish,
): Promise<Subscription[]> {
  const tag = tagOf(url);
  const made: Subscription[] = [];
  for (const form of topics.filter(isTopic).map(formOf)) {
    if (!FORM.test(form)) continue;
    await client.keepWebhook(form, tag, { url, secret });
    made.push({ kind: KIND, vendorId: `${form} ${tag}`, secret });
  }
  return made;
}

/** People can take a webhook away or switch it off; Typeform itself does once an address says that it is gone. */
async function inspect(
  client: TypeformClient,
  { url, topics }: SubscriptionWish,
  subscriptions: readonly Subscription[],
): Promise<SubscriptionFault[]> {
  const forms = topics.filter(isTopic).map(formOf);
  const standing = (await Promise.all(forms.map((form) => client.webhooks(form)))).flat();
  return subscriptionFaults(standing, subscriptions, {
    idOf: ({ form_id: form, tag }) => `${form} ${tag}`,
    nameOf: ({ tag }) => tag,
    wrong: (one) => (one.enabled ? (one.url === url ? null : 'changed') : 'off'),
  });
}
