import { defineSimulator } from '../kit/simulator.ts';
import { act } from './acts.ts';
import { stripeApi } from './api.ts';
import { restrictedKey } from './key.ts';
import { stripePages } from './page.ts';
import { stripeScenarios } from './scenarios/index.ts';
import { seed } from './seed.ts';
import { stripeSignature } from './sign.ts';
import { heldEndpoints } from './webhook-endpoints.ts';

/** Stripe's account of the company, in test mode. */
export const stripe = defineSimulator({
  vendor: 'stripe',
  title: 'Stripe',
  pages: stripePages,
  scenarios: stripeScenarios,
  signers: { 'stripe-signature': stripeSignature },
  realUrl: (path) => `https://api.stripe.com${path}`,
  seed,
  api: stripeApi,
  act,
  webhooks: heldEndpoints,
  key: restrictedKey,
  failure: (status) => ({
    error:
      status === 429
        ? { type: 'invalid_request_error', code: 'rate_limit', message: 'Too many requests.' }
        : { type: status < 500 ? 'invalid_request_error' : 'api_error', message: `Status ${status}.` },
  }),
});
