import { defineSimulator } from '../kit/simulator.ts';
import { act } from './acts.ts';
import { deskApi, type Operation, refusal, tooMany } from './api.ts';
import { contactOperations } from './contacts.ts';
import { deskPages } from './page.ts';
import { deskScenarios } from './scenarios.ts';
import { seed } from './seed.ts';
import { settingsOperations } from './settings.ts';
import { deskToken, publishedKeys } from './sign.ts';
import { ticketOperations } from './tickets.ts';
import { heldWebhooks, webhookOperations } from './webhooks.ts';

const KEYS = '/.well-known/jwks.json';

/** Zoho Desk: the company's support portal. People sign in at `zoho-accounts`. */
export const zohoDesk = defineSimulator<Operation>({
  vendor: 'zoho-desk',
  title: 'Zoho Desk',
  realUrl: (path) => `https://desk.zoho.eu${path}`,
  besideApi: (path) => path === KEYS,
  seed,
  signers: { 'zdesk-jwt': deskToken },
  // Anybody may read with which keys its deliveries are signed.
  signIn: (router, desk) => {
    router.get(KEYS, (_request, response) => {
      response.json(publishedKeys(desk));
    });
  },
  api: (desk) =>
    deskApi(desk, [...settingsOperations, ...contactOperations, ...ticketOperations, ...webhookOperations]),
  act,
  webhooks: heldWebhooks,
  pages: deskPages,
  scenarios: deskScenarios,
  failure: (status) =>
    (status === 429
      ? tooMany()
      : refusal(status, status < 500 ? 'UNPROCESSABLE_ENTITY' : 'INTERNAL_SERVER_ERROR', `Status ${status}.`)
    ).body,
});
