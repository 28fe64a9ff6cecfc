import { defineSimulator } from '../kit/simulator.ts';
import { act } from './acts.ts';
import { adminApi } from './api.ts';
import { noteDelivery } from './notify.ts';
import { acceptConsent, expireAll, mountOAuth } from './oauth.ts';
import { shopifyPages } from './page.ts';
import { shopifyScenarios } from './scenarios.ts';
import { seed } from './seed.ts';
import { ownShop } from './shop.ts';
import { shopifyHmac } from './sign.ts';
import { heldWebhooks } from './webhooks.ts';

/** The company's shop at Shopify: the sign-in of applications, and the Admin API, which is GraphQL. */
export const shopify = defineSimulator({
  vendor: 'shopify',
  title: 'Shopify',
  pages: shopifyPages,
  scenarios: shopifyScenarios,
  signers: { 'shopify-hmac': shopifyHmac },
  realUrl: (path) => `https://${ownShop.domain}${path}`,
  seed,
  signIn: mountOAuth,
  api: adminApi,
  consent: acceptConsent,
  expire: expireAll,
  act,
  webhooks: heldWebhooks,
  delivered: noteDelivery,
  furtherKeys: () => ({ 'shopify site': `https://${ownShop.domain}` }),
  failure: (status) => ({ errors: `Status ${status}` }),
});
