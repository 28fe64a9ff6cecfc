import { defineSimulator } from '../kit/simulator.ts';
import { account } from './account.ts';
import { marketingApi } from './api.ts';
import { acceptConsent, mountOAuth } from './oauth.ts';
import { mailchimpPages } from './page.ts';
import { play } from './play.ts';
import { ACCESS_DENIED, problem } from './problem.ts';
import { mailchimpScenarios } from './scenarios/index.ts';
import { seed, seedMore } from './seed.ts';
import { revokeAll } from './tokens.ts';
import { heldWebhooks } from './webhooks.ts';

const TITLES: Readonly<Record<number, string>> = {
  401: 'API Key Invalid',
  404: 'Resource Not Found',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
};

/** The company's Mailchimp account: its sign-in, and the Marketing API. */
export const mailchimp = defineSimulator({
  vendor: 'mailchimp',
  title: 'Mailchimp',
  pages: mailchimpPages,
  scenarios: mailchimpScenarios,
  realUrl: (path) =>
    path.startsWith('/oauth2/')
      ? `https://login.mailchimp.com${path}`
      : `https://${account.dataCentre}.api.mailchimp.com${path}`,
  seed,
  signIn: mountOAuth,
  api: marketingApi,
  consent: acceptConsent,
  expire: revokeAll,
  act: play,
  seedMore,
  webhooks: heldWebhooks,
  failure: (status) =>
    status === 403
      ? ACCESS_DENIED
      : problem(status, TITLES[status] ?? 'Bad Request', `Status ${status}.`, ''),
});
