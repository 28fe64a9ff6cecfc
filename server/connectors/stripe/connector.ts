import type { Connector, ObjectDeclaration } from '../../core/connector.ts';
import { balance } from './balance.ts';
import { card } from './card.ts';
import { type StripeClient, stripeClient } from './client.ts';
import { inDashboard } from './dashboard.ts';
import { classify } from './failures.ts';
import { PAYMENT_TOPICS } from './payment-topics.ts';
import { troubles } from './troubles/offer.ts';
import { webhooks } from './webhooks.ts';

const objects: readonly ObjectDeclaration[] = [
  { id: 'stripe.payments', titles: { en: 'Payment', fr: 'Paiement' }, url: inDashboard('payments') },
  { id: 'stripe.invoices', titles: { en: 'Invoice', fr: 'Facture' }, url: inDashboard('invoices') },
  // Who pays without being a customer: known by e-mail only.
  { id: 'stripe.payers', titles: { en: 'Payer', fr: 'Payeur' } },
  { id: 'stripe.payouts', titles: { en: 'Payout', fr: 'Virement' }, url: inDashboard('payouts') },
  {
    id: 'stripe.subscriptions',
    titles: { en: 'Subscription', fr: 'Abonnement' },
    url: inDashboard('subscriptions'),
  },
  { id: 'stripe.customers', titles: { en: 'Customer', fr: 'Client' }, url: inDashboard('customers') },
];

export const stripe: Connector<StripeClient> = {
  id: 'stripe',
  titles: { en: 'Stripe', fr: 'Stripe' },
  mark: 'M2 4h12v8.5H2ZM2 6.8h12M4.3 10h3',
  authorisation: {
    kind: 'key',
    header: 'Bearer {token}',
    // https://docs.stripe.com/keys: test data is seen with keys of test mode only, and the id is that of the account.
    trial: /^[rs]k_test_/,
    instructions: {
      en: 'In Stripe, under Developers, API keys, create a restricted key: read access to Charges and Refunds, Disputes, PaymentIntents, Balance, Payouts, Subscriptions, Invoices and Events, write access to Customers and Webhook Endpoints. Paste it here.',
      fr: 'Dans Stripe, sous Développeurs, Clés API, créez une clé restreinte\u00a0: lecture de Charges and Refunds, Disputes, PaymentIntents, Balance, Payouts, Subscriptions, Invoices et Events, écriture de Customers et Webhook Endpoints. Collez-la ici.',
    },
  },
  hosts: { 'api.stripe.com': 'stripe' },
  // The stricter of https://docs.stripe.com/rate-limits: test accounts, and every endpoint of live ones.
  budgets: [{ calls: 25, perMs: 1_000 }],
  objects,
  webhooks,
  card,
  offers: { payments: { object: 'stripe.payments', topics: PAYMENT_TOPICS, troubles }, balance },
  client: stripeClient,
  identify: (client) => client.account(),
  classify,
};
