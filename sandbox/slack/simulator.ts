import { defineSimulator } from '../kit/simulator.ts';
import { webApi } from './api.ts';
import { acceptInstall, mountOAuth } from './oauth.ts';
import { slackPages } from './page.ts';
import { slackDown } from './scenarios.ts';
import { seed } from './seed.ts';
import { slackSignature } from './sign.ts';
import { revokeAll } from './tokens.ts';

/** The company's Slack workspace. */
export const slack = defineSimulator({
  vendor: 'slack',
  title: 'Slack',
  pages: slackPages,
  scenarios: [slackDown],
  signers: { 'slack-signature': slackSignature },
  realUrl: (path) => `https://slack.com${path}`,
  seed,
  signIn: mountOAuth,
  api: webApi,
  consent: acceptInstall,
  expire: revokeAll,
  failure: (status) => ({ ok: false, error: status === 429 ? 'ratelimited' : 'internal_error' }),
});
