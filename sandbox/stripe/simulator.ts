import type { Simulator } from '../core/simulator.ts';
import { act } from './acts.ts';
import { customerOperations } from './customers.ts';
import { disputeOperations } from './disputes.ts';
import { eventOperations } from './events.ts';
import { invoiceOperations, invoicePaymentOperations } from './invoices.ts';
import { restrictedKey } from './key.ts';
import { stripeLimits } from './limits.ts';
import { stripePages } from './page.ts';
import { paymentOperations } from './payments.ts';
import { mountOperations } from './routes.ts';
import { stripeScenarios } from './scenarios/index.ts';
import { seed } from './seed.ts';
import { stripeSignature } from './sign.ts';
import { subscriptionOperations } from './subscriptions.ts';
import { heldEndpoints, webhookEndpointOperations } from './webhook-endpoints.ts';

const operations = [
  ...customerOperations,
  ...paymentOperations,
  ...invoiceOperations,
  ...invoicePaymentOperations,
  ...disputeOperations,
  ...subscriptionOperations,
  ...eventOperations,
  ...webhookEndpointOperations,
];

/** Stripe's account of the company, in test mode. */
export const stripe: Simulator = {
  vendor: 'stripe',
  title: 'Stripe',
  pages: stripePages,
  scenarios: stripeScenarios,
  signers: { 'stripe-signature': stripeSignature },
  realUrl: (path) => `https://api.stripe.com${path}`,
  seed,
  routes: (router, desk) => mountOperations(router, desk, operations, stripeLimits(desk)),
  act,
  webhooks: heldEndpoints,
  key: restrictedKey,
  failure: (status) => ({
    error:
      status === 429
        ? { type: 'invalid_request_error', code: 'rate_limit', message: 'Too many requests.' }
        : { type: status < 500 ? 'invalid_request_error' : 'api_error', message: `Status ${status}.` },
  }),
};
