import type { HeldSubscription, VendorDesk } from '../core/simulator.ts';
import { defineSimulator } from '../kit/simulator.ts';
import { act } from './acts.ts';
import { type Operation, problem, typeformApi } from './api.ts';
import { typeformPages } from './page.ts';
import { personalToken, typeformTables } from './rows.ts';
import { typeformScenarios } from './scenarios.ts';
import { seed } from './seed.ts';
import { typeformSignature } from './sign.ts';

const heldWebhooks = (desk: VendorDesk): readonly HeldSubscription[] =>
  typeformTables(desk)
    .webhooks.all()
    .filter(({ enabled }) => enabled)
    .map(({ id, url, secret }) => ({
      ...{ id, vendor: desk.vendor, url, secret: secret ?? '' },
      scheme: 'typeform-signature',
      carrier: 'Typeform-Signature',
      topics: ['form_response'],
      contentType: 'application/json',
    }));

/** The company's Typeform account: forms, responses, webhooks of each form. */
export const typeform = defineSimulator<Operation>({
  vendor: 'typeform',
  title: 'Typeform',
  pages: typeformPages,
  scenarios: typeformScenarios,
  signers: { 'typeform-signature': typeformSignature },
  realUrl: (path) => `https://api.typeform.com${path}`,
  seed,
  api: typeformApi,
  act,
  webhooks: heldWebhooks,
  key: personalToken,
  failure: (status) =>
    problem(status, status === 429 ? 'TOO_MANY_REQUESTS' : 'INTERNAL_ERROR', `Status ${status}`).body,
});
