import { createHash } from 'node:crypto';
import Stripe from 'stripe';
import type { KeyAccount } from '../../core/account-of-key.ts';
import type { ConnectorHttp, SubscriptionFault } from '../../core/connector.ts';
import { vendorCall } from '../../core/vendor-call.ts';
import { failure } from '../../kit/failures.ts';
import { ifGone } from '../../kit/if-gone.ts';
import { readAccount } from './account.ts';
import { balanceCalls } from './balance.ts';
import { customerCalls } from './customers.ts';
import { clockOf, eventCalls } from './events.ts';
import { type Refund, refundsFrom } from './refund.ts';

/** What requests and webhook endpoints are pinned to: what the types of the installed library describe. */
export const API_VERSION = '2026-10-28.endive';

/** The library wants a key to start with; the real one is added on the way out. */
const PLACEHOLDER_KEY = 'added-on-the-way-out';
const PAGE = 100;
/** Bounds a walk through a list: 10,000 objects. */
const MOST = 100 * PAGE;
/** Bounds a walk through endpoints that were deleted within a day, one for each time that a flow was turned off. */
const MOST_DELETED = 100;

export type StripeClient = ReturnType<typeof stripeClient>;

interface Asked {
  /** With what Stripe kept of it: a key needs the permission to read the balance for that. */
  readonly withFee?: boolean;
}

export interface NewEndpoint {
  readonly url: string;
  readonly topics: readonly string[];
}

/** Stripe's API. Rejects with LiaisonErrors only. Answers are Stripe's own objects: see `shapes.ts`. */
export function stripeClient(http: ConnectorHttp) {
  const stripe = new Stripe(PLACEHOLDER_KEY, {
    apiVersion: API_VERSION,
    httpClient: Stripe.createFetchHttpClient(http.fetch),
    maxNetworkRetries: 0,
    telemetry: false,
  });

  /**
   * What a subscription without a discount of its own is charged less by is its customer's, whose coupon lies a level too deep
   * to come along.
   */
  async function withCustomersDiscount(found: Stripe.Subscription): Promise<Stripe.Subscription> {
    const { customer, discounts } = found;
    const isOwn = discounts.length > 0 || typeof customer === 'string' || customer.deleted === true;
    if (isOwn || !customer.discount) return found;
    const coupon = 'discount.source.coupon';
    const expand = [`${coupon}.applies_to`, `${coupon}.currency_options`];
    const whole = await known(() => stripe.customers.retrieve(customer.id, { expand }));
    return whole === null ? found : { ...found, customer: whole };
  }

  return {
    ...customerCalls(stripe),
    ...balanceCalls(stripe),

    /** With its customer and its latest charge; null when Stripe does not know it. */
    paymentIntent(id: string, { withFee = false }: Asked = {}): Promise<Stripe.PaymentIntent | null> {
      const charge = withFee ? 'latest_charge.balance_transaction' : 'latest_charge';
      return known(() => stripe.paymentIntents.retrieve(id, { expand: ['customer', charge] }));
    },

    /** With its customer; null when Stripe does not know it. */
    charge(id: string, { withFee = false }: Asked = {}): Promise<Stripe.Charge | null> {
      const expand = withFee ? ['customer', 'balance_transaction'] : ['customer'];
      return known(() => stripe.charges.retrieve(id, { expand }));
    },

    /** With all its payments; null when Stripe does not know it. */
    async invoice(id: string): Promise<Stripe.Invoice | null> {
      const invoice = await known(() => stripe.invoices.retrieve(id, { expand: ['payments'] }));
      const { payments } = invoice ?? {};
      if (invoice === null || payments?.has_more !== true) return invoice;
      // An invoice carries the first handful only.
      const list = () => stripe.invoicePayments.list({ invoice: id, limit: PAGE });
      const data = await vendorCall(() => list().autoPagingToArray({ limit: MOST }));
      return { ...invoice, payments: { ...payments, data, has_more: false } };
    },

    /** The invoice that an intent pays; null: it pays none. https://docs.stripe.com/api/invoice-payment/list */
    async invoiceOfIntent(intent: string): Promise<string | null> {
      const payment = { type: 'payment_intent', payment_intent: intent } as const;
      const { data } = await vendorCall(() => stripe.invoicePayments.list({ payment, limit: 1 }));
      const invoice = data[0]?.invoice ?? null;
      return typeof invoice === 'string' ? invoice : (invoice?.id ?? null);
    },

    /** With all its lines; null when Stripe does not know it. */
    async wholeInvoice(id: string): Promise<Stripe.Invoice | null> {
      const invoice = await known(() => stripe.invoices.retrieve(id));
      if (invoice?.lines.has_more !== true) return invoice;
      // An invoice carries the first handful only.
      const list = () => stripe.invoices.listLineItems(id, { limit: PAGE });
      const data = await vendorCall(() => list().autoPagingToArray({ limit: MOST }));
      return { ...invoice, lines: { ...invoice.lines, data, has_more: false } };
    },

    /** Null when the customer was deleted, or never was. */
    async customer(id: string): Promise<Stripe.Customer | null> {
      const customer = await known(() => stripe.customers.retrieve(id));
      return customer === null || customer.deleted ? null : customer;
    },

    /** With its customer, its latest invoice and its discounts' coupons, also one that is over, and Stripe's time then; null when Stripe does not know it. */
    async subscription(id: string): Promise<{ subscription: Stripe.Subscription; at: number } | null> {
      const coupon = 'discounts.source.coupon';
      const expand = [
        ...['customer', 'latest_invoice', `items.data.${coupon}`],
        ...[`${coupon}.applies_to`, `${coupon}.currency_options`],
      ];
      const found = await known(() => stripe.subscriptions.retrieve(id, { expand }));
      return found === null ? null : { subscription: await withCustomersDiscount(found), at: clockOf(found) };
    },

    /** Those of a customer that are not over, newest first. */
    subscriptionsOf: (customer: string): Promise<Stripe.Subscription[]> =>
      vendorCall(() =>
        stripe.subscriptions.list({ customer, limit: PAGE }).autoPagingToArray({ limit: MOST }),
      ),

    /** Every one that is not over, newest first. */
    standingSubscriptions: (): Promise<Stripe.Subscription[]> =>
      vendorCall(() => stripe.subscriptions.list({ limit: PAGE }).autoPagingToArray({ limit: MOST })),

    /** Null when Stripe does not know it. */
    payout: (id: string): Promise<Stripe.Payout | null> => known(() => stripe.payouts.retrieve(id)),

    /** Null when Stripe does not know it. */
    refund: (id: string): Promise<Stripe.Refund | null> => known(() => stripe.refunds.retrieve(id)),

    /** Null when Stripe does not know it. */
    dispute: (id: string): Promise<Stripe.Dispute | null> => known(() => stripe.disputes.retrieve(id)),

    /** Every refund of a charge; none when Stripe does not know the charge. */
    async refundsOfCharge(chargeId: string): Promise<Refund[]> {
      const list = () => stripe.refunds.list({ charge: chargeId, limit: PAGE });
      const refunds = await known(() => list().autoPagingToArray({ limit: MOST }));
      return (refunds ?? []).flatMap((refund) => refundsFrom(refund).refunds);
    },

    ...eventCalls(stripe),

    /**
     * Makes a webhook endpoint. Its secret is told only in the answer to this call, so that one found in a
     * list would be of no use: a repeat carries the same idempotency key instead, and is given the same
     * answer, secret included, for at least a day. One that was deleted or disabled since is answered just so: it is looked
     * for, and the next key follows from it. https://docs.stripe.com/api/idempotent_requests
     */
    async createEndpoint({ url, topics }: NewEndpoint): Promise<{ id: string; secret: string | null }> {
      const events = [...new Set(topics)].sort();
      const wish = {
        url,
        enabled_events: events as Stripe.WebhookEndpointCreateParams.EnabledEvent[],
        api_version: API_VERSION as Stripe.WebhookEndpointCreateParams.ApiVersion,
        description: 'Liaison',
      };
      const deleted: string[] = [];
      while (deleted.length < MOST_DELETED) {
        const identity = JSON.stringify([url, API_VERSION, ...events, ...deleted]);
        const idempotencyKey = `liaison-endpoint-${createHash('sha256').update(identity).digest('hex')}`;
        const made = await vendorCall(() => stripe.webhookEndpoints.create(wish, { idempotencyKey }));
        const standing = await known(() => stripe.webhookEndpoints.retrieve(made.id));
        if (standing !== null && faultOf(standing, { url, topics }) === null)
          return { id: made.id, secret: made.secret ?? null };
        deleted.push(made.id);
      }
      throw failure('unknown', 'Stripe', 'No webhook endpoint that was created is there.');
    },

    /** What no longer delivers of a webhook endpoint: somebody deleted it, disabled it, or changed what it is told. */
    async inspectEndpoint(id: string, wish: NewEndpoint): Promise<SubscriptionFault['is'] | null> {
      const standing = await known(() => stripe.webhookEndpoints.retrieve(id));
      return standing === null ? 'gone' : faultOf(standing, wish);
    },

    async deleteEndpoint(id: string): Promise<void> {
      await vendorCall(() => stripe.webhookEndpoints.del(id));
    },

    /** Whose account the key opens. */
    account: (): Promise<KeyAccount> => readAccount(stripe),
  };
}

const known = <Found>(call: () => Promise<Found>): Promise<Found | null> => ifGone(call, null);

/** More topics than are wanted do no harm. https://docs.stripe.com/api/webhook_endpoints/object */
function faultOf(
  { status, url, enabled_events: events }: Stripe.WebhookEndpoint,
  wish: NewEndpoint,
): SubscriptionFault['is'] | null {
  if (status !== 'enabled') return 'off';
  const isTold = (topic: string): boolean => events.includes('*') || events.includes(topic);
  return url === wish.url && wish.topics.every(isTold) ? null : 'changed';
}
