import type { Connector } from '../../core/connector.ts';
import { type SlackClient, slackClient } from './client.ts';
import { classify } from './failures.ts';
import { messages } from './offered-messages.ts';
import { scopes } from './scopes.ts';
import { trial } from './trial.ts';

export const slack: Connector<SlackClient> = {
  id: 'slack',
  titles: { en: 'Slack', fr: 'Slack' },
  mark: 'M2.5 3h11v7.5H8L5 13.3v-2.8H2.5ZM5 5.7h6M5 7.9h4',
  authorisation: {
    kind: 'oauth',
    authorizeUrl: 'https://slack.com/oauth/v2/authorize',
    tokenUrl: 'https://slack.com/api/oauth.v2.access',
    revokeUrl: 'https://slack.com/api/auth.revoke',
    scopes,
    scopeSeparator: ',',
    // With PKCE Slack takes the app for a public client, for good, and lets its refresh tokens die after 30 days:
    // https://docs.slack.dev/authentication/using-pkce
    pkce: false,
    header: 'Bearer {token}',
  },
  hosts: { 'slack.com': 'slack' },
  // Slack counts by method and by channel, and says when to come back; this is a fuse for the whole.
  budgets: [{ calls: 20, perMs: 1_000 }],
  fieldTitles: { channel: { en: 'Channel', fr: 'Canal' } },
  objects: [
    {
      id: 'slack.messages',
      titles: { en: 'Message', fr: 'Message' },
      url: (id, account) => {
        const [channel = '', ts = ''] = id.split('/');
        return `${account.facts?.url ?? 'https://slack.com/'}archives/${channel}/p${ts.replace('.', '')}`;
      },
    },
    { id: 'slack.channels', titles: { en: 'Channel', fr: 'Canal' } },
  ],
  offers: { messages },
  trial,
  client: slackClient,
  identify: (client) => client.team(),
  classify,
};
