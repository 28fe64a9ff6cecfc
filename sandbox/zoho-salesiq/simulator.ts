import { defineSimulator } from '../kit/simulator.ts';
import { act } from './acts.ts';
import { type Operation, refusal, salesIqApi, tooMany } from './api.ts';
import { conversationOperations } from './conversations.ts';
import { delivered, salesIqSignature } from './notify.ts';
import { salesIqPages } from './page.ts';
import { salesIqScenarios } from './scenarios.ts';
import { seed } from './seed.ts';
import { heldWebhooks, webhookOperations } from './webhooks.ts';

/** Zoho SalesIQ: the chat of the company's site. People sign in at `zoho-accounts`. */
export const zohoSalesIq = defineSimulator<Operation>({
  vendor: 'zoho-salesiq',
  title: 'Zoho SalesIQ',
  realUrl: (path) => `https://salesiq.zoho.eu${path}`,
  seed,
  signers: { 'siq-signature': salesIqSignature },
  api: (desk) => salesIqApi(desk, [...conversationOperations, ...webhookOperations]),
  act,
  webhooks: heldWebhooks,
  delivered,
  pages: salesIqPages,
  scenarios: salesIqScenarios,
  failure: (status) => (status === 429 ? tooMany() : refusal(1001, `Status ${status}.`)).body,
});
