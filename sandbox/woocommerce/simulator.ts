import { jsonBody } from '../kit/json-body.ts';
import { defineSimulator } from '../kit/simulator.ts';
import { act } from './acts.ts';
import { mountAuthorise } from './authorise.ts';
import { admit, shopKey } from './keys.ts';
import { noteDelivery } from './notify.ts';
import type { Operation } from './operation.ts';
import { orderOperations } from './orders.ts';
import { wooPages } from './page.ts';
import { productOperations } from './products.ts';
import { onlyFields } from './query.ts';
import { noRoute, problem, WooRefusal } from './refusal.ts';
import { wooScenarios } from './scenarios.ts';
import { seed } from './seed.ts';
import { shop } from './shop.ts';
import { wooSignature } from './sign.ts';
import { heldWebhooks, webhookOperations } from './webhooks.ts';

const unreadable = () => new WooRefusal(400, 'rest_invalid_json', 'Invalid JSON body passed.');

/** The company's shop: WooCommerce's REST interface, version 3. */
export const wooCommerce = defineSimulator<Operation>({
  vendor: 'woocommerce',
  title: 'WooCommerce',
  pages: wooPages,
  scenarios: wooScenarios,
  signers: { 'wc-signature': wooSignature },
  realUrl: (path) => `${shop.address}${path}`,
  seed,
  signIn: mountAuthorise,
  api: (desk) => ({
    base: '/wp-json/wc/v3',
    operations: [...webhookOperations, ...orderOperations, ...productOperations],
    admit: ({ request }) => admit(desk, request),
    answer: (operation, { request, query, path }) =>
      onlyFields(operation.run({ desk, path, query, body: jsonBody(request, unreadable) }), query),
    unknown: noRoute,
  }),
  act,
  webhooks: heldWebhooks,
  delivered: noteDelivery,
  key(desk) {
    const { key, secret } = shopKey(desk);
    return JSON.stringify({ consumerKey: key, consumerSecret: secret });
  },
  furtherKeys: () => ({ 'woocommerce site': shop.address }),
  failure: (status) => problem(status, `status_${status}`, `Status ${status}.`),
});
