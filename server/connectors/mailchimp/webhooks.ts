import { z } from 'zod';
import type {
  DeliveryBody,
  InboundEvent,
  Subscription,
  SubscriptionFault,
  SubscriptionWish,
  WebhookDeclaration,
} from '../../core/connector.ts';
import { ifGone } from '../../kit/if-gone.ts';
import type { MailchimpClient } from './client.ts';

/** What an audience's webhooks tell. https://mailchimp.com/developer/marketing/guides/sync-audience-data-webhooks/ */
export const TOPICS = ['subscribe', 'unsubscribe', 'profile', 'upemail', 'cleaned', 'campaign'] as const;
/** Those that are about a member. */
export const MEMBER_TOPICS = ['subscribe', 'unsubscribe', 'profile', 'upemail', 'cleaned'] as const;

const SECRET = 'secret';
// What Liaison itself writes is not told back.
const SOURCES = { user: true, admin: true, api: false };

const deliverySchema = z.object({
  type: z.enum(TOPICS),
  fired_at: z.string().min(1),
  'data[list_id]': z.string().min(1),
  'data[email]': z.string().optional(),
  'data[new_email]': z.string().optional(),
  'data[id]': z.string().optional(),
});

export const webhooks: WebhookDeclaration<MailchimpClient> = {
  // Nothing is signed. A header `X-Mailchimp-Signature` is spoken of, and documented nowhere.
  schemes: [{ kind: 'url-secret', parameter: SECRET }],
  contentTypes: ['application/x-www-form-urlencoded'],
  handshakes: [{ kind: 'trial' }],
  read,
  subscribe,
  inspect,
  async unsubscribe(client, { vendorId }) {
    const [audience = '', id = ''] = vendorId.split('/');
    await ifGone(() => client.deleteWebhook(audience, id), undefined);
  },
};

/**
 * A delivery names a member by the address, which is not what a member is known by here: it says that
 * something changed, and the audience is asked what. Nothing numbers it: equal bodies are one event.
 */
function read(body: DeliveryBody): InboundEvent[] | null {
  const delivery = deliverySchema.safeParse(body).data;
  if (delivery === undefined) return null;
  const { type } = delivery;
  const isMember = delivery['data[email]'] !== undefined || delivery['data[new_email]'] !== undefined;
  if (type !== 'campaign') return isMember ? [{ key: null, topic: type, recordId: null }] : null;
  const campaign = delivery['data[id]'];
  return campaign === undefined ? null : [{ key: null, topic: type, recordId: campaign }];
}

/** One webhook in each audience of the account; what an earlier call left behind is taken up again. */
async function subscribe(client: MailchimpClient, wish: SubscriptionWish): Promise<Subscription[]> {
  const url = new URL(wish.url);
  url.searchParams.set(SECRET, wish.secret);
  const events = Object.fromEntries(TOPICS.map((topic) => [topic, wish.topics.includes(topic)]));
  const wanted = { url: url.href, events, sources: SOURCES };
  const subscriptions: Subscription[] = [];
  for (const { id: audience } of await client.listAudiences()) {
    const held = (await client.listWebhooks(audience)).filter((one) => isSamePlace(one.url, wish.url));
    const [first, ...others] = held;
    const kept =
      first === undefined
        ? await client.createWebhook(audience, wanted)
        : await client.changeWebhook(audience, first.id, wanted);
    for (const { id } of others) await ifGone(() => client.deleteWebhook(audience, id), undefined);
    subscriptions.push({ kind: 'url-secret', vendorId: `${audience}/${kept.id}` });
  }
  return subscriptions;
}

/** An audience that is no more needs no webhook; its switches are compared as far as they are wanted. */
async function inspect(
  client: MailchimpClient,
  wish: SubscriptionWish,
  subscriptions: readonly Subscription[],
): Promise<SubscriptionFault[]> {
  const faults: SubscriptionFault[] = [];
  for (const { id: audience, name } of await client.listAudiences()) {
    const own = subscriptions.filter(({ vendorId }) => vendorId.startsWith(`${audience}/`));
    if (own.length === 0) continue;
    const held = await client.listWebhooks(audience);
    for (const { vendorId } of own) {
      const standing = held.find(({ id }) => vendorId === `${audience}/${id}`);
      const tells = wish.topics.every((topic) => standing?.events[topic] !== false);
      if (standing === undefined) faults.push({ is: 'gone', name });
      else if (!tells || !isSamePlace(standing.url, wish.url)) faults.push({ is: 'changed', name });
    }
  }
  return faults;
}

/** True for the same address, whatever the secret in its query. */
function isSamePlace(held: string, wished: string): boolean {
  const [one, other] = [URL.parse(held), URL.parse(wished)];
  return one !== null && one.origin === other?.origin && one.pathname === other.pathname;
}
