import { defineSimulator } from '../kit/simulator.ts';
import { findAccount, inAccount, inEachAccount } from './account.ts';
import { act } from './acts.ts';
import { stripeApi } from './api.ts';
import { furtherKeys, restrictedKey } from './key.ts';
import { stripePages } from './page.ts';
import { stripeScenarios } from './scenarios/index.ts';
import { seed } from './seed.ts';
import { stripeSignature } from './sign.ts';
import { heldEndpoints } from './webhook-endpoints.ts';

/** Stripe's accounts of the company, in test mode. */
export const stripe = defineSimulator({
  vendor: 'stripe',
  title: 'Stripe',
  pages: stripePages,
  scenarios: stripeScenarios,
  signers: { 'stripe-signature': stripeSignature },
  realUrl: (path) => `https://api.stripe.com${path}`,
  seed,
  api: stripeApi,
  act: (desk, { account: asked, ...wish }) => inAccount(desk, findAccount(asked), (own) => act(own, wish)),
  webhooks: (desk) => inEachAccount(desk, heldEndpoints).flat(),
  key: restrictedKey,
  furtherKeys,
  failure: (status) => ({
    error:
      status === 429
        ? { type: 'invalid_request_error', code: 'rate_limit', message: 'Too many requests.' }
        : { type: status < 500 ? 'invalid_request_error' : 'api_error', message: `Status ${status}.` },
  }),
});
