import type { Simulator } from '../core/simulator.ts';
import { account } from './account.ts';
import { accountOperations } from './account-operations.ts';
import { audienceOperations } from './audiences.ts';
import { batchOperations } from './batch-members.ts';
import { campaignOperations } from './campaigns.ts';
import { memberActivityOperations } from './member-activity.ts';
import { memberTagOperations } from './member-tags.ts';
import { memberOperations } from './members.ts';
import { mergeFieldOperations } from './merge-fields.ts';
import { acceptConsent, mountOAuth } from './oauth.ts';
import { play } from './play.ts';
import { ACCESS_DENIED, problem } from './problem.ts';
import { reportOperations } from './reports.ts';
import { mountOperations } from './routes.ts';
import { seed, seedMore } from './seed.ts';
import { segmentOperations } from './segments.ts';
import { revokeAll } from './tokens.ts';
import { heldWebhooks, webhookOperations } from './webhooks.ts';

const operations = [
  ...accountOperations,
  ...audienceOperations,
  ...batchOperations,
  ...memberOperations,
  ...memberTagOperations,
  ...memberActivityOperations,
  ...mergeFieldOperations,
  ...segmentOperations,
  ...webhookOperations,
  ...campaignOperations,
  ...reportOperations,
];

const TITLES: Readonly<Record<number, string>> = {
  401: 'API Key Invalid',
  404: 'Resource Not Found',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
};

/** The company's Mailchimp account: its sign-in, and the Marketing API. */
export const mailchimp: Simulator = {
  vendor: 'mailchimp',
  title: 'Mailchimp',
  realUrl: (path) =>
    path.startsWith('/oauth2/')
      ? `https://login.mailchimp.com${path}`
      : `https://${account.dataCentre}.api.mailchimp.com${path}`,
  seed,
  routes(router, desk) {
    mountOAuth(router, desk);
    mountOperations(router, desk, operations);
  },
  consent: acceptConsent,
  expire: revokeAll,
  act: play,
  seedMore,
  webhooks: heldWebhooks,
  failure: (status) =>
    status === 403
      ? ACCESS_DENIED
      : problem(status, TITLES[status] ?? 'Bad Request', `Status ${status}.`, ''),
};
