import type { Simulator } from '../core/simulator.ts';
import { authMethods } from './auth.ts';
import { changingConversations } from './change-conversations.ts';
import { chatMethods } from './chat.ts';
import { acceptInstall, mountOAuth } from './oauth.ts';
import { peopleMethods } from './people.ts';
import { readingConversations } from './read-conversations.ts';
import { mountMethods } from './routes.ts';
import { seed } from './seed.ts';
import { revokeAll } from './tokens.ts';

const methods = [
  ...authMethods,
  ...chatMethods,
  ...readingConversations,
  ...changingConversations,
  ...peopleMethods,
];

/** The company's Slack workspace. */
export const slack: Simulator = {
  vendor: 'slack',
  title: 'Slack',
  realUrl: (path) => `https://slack.com${path}`,
  seed,
  routes(router, desk) {
    mountOAuth(router, desk);
    mountMethods(router, desk, methods);
  },
  consent: acceptInstall,
  expire: revokeAll,
  failure: (status) => ({ ok: false, error: status === 429 ? 'ratelimited' : 'internal_error' }),
};
