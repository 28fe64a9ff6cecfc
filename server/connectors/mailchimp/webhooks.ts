import { z } from 'zod';
import type {
  DeliveryBody,
  InboundEvent,
  Subscription,
  SubscriptionWish,
  WebhookDeclaration,
} from '../../core/connector.ts';
import { LiaisonError } from '../../core/errors.ts';
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
  async unsubscribe(client, { vendorId }) {
    const [audience = '', id = ''] = vendorId.split('/');
    await unlessGone(client.deleteWebhook(audience, id));
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
    for (const { id } of others) await unlessGone(client.deleteWebhook(audience, id));
    subscriptions.push({ kind: 'url-secret', vendorId: `${audience}/${kept.id}` });
  }
  return subscriptions;
}

/** True for the same address, whatever the secret in its query. */
function isSamePlace(held: string, wished: string): boolean {
  const [one, other] = [URL.parse(held), URL.parse(wished)];
  return one !== null && one.origin === other?.origin && one.pathname === other.pathname;
}

async function unlessGone(work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (thrown) {
    if (!(thrown instanceof LiaisonError) || thrown.kind !== 'gone') throw thrown;
  }
}
