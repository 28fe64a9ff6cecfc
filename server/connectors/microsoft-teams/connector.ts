import type { Connector } from '../../core/connector.ts';
import { microsoftAuthorisation } from '../families/microsoft/authorisation.ts';
import { type MicrosoftTeamsClient, microsoftTeamsClient } from './client.ts';
import { classify } from './failures.ts';
import { messages } from './messages.ts';
import { scopes } from './scopes.ts';
import { threads } from './threads.ts';
import { trial } from './trial.ts';
import { webhooks } from './webhooks.ts';

export const microsoftTeams: Connector<MicrosoftTeamsClient> = {
  id: 'microsoft-teams',
  titles: { en: 'Microsoft Teams', fr: 'Microsoft Teams' },
  mark: 'M2 3h8v7H5.5L3.5 12v-2H2ZM11.5 5.5H14v6h-1.2V13l-2-1.5H8',
  authorisation: microsoftAuthorisation(scopes),
  hosts: {
    'graph.microsoft.com': 'microsoft-teams',
    'login.microsoftonline.com': 'microsoft-accounts',
  },
  // https://learn.microsoft.com/graph/throttling-limits#microsoft-teams-service-limits, and the page of the method that posts
  budgets: [
    { calls: 10, perMs: 10_000, of: /^POST .*\/(messages|replies)$/ },
    { calls: 4, perMs: 1_000, of: /\/messages(\/|$)/ },
    { calls: 20, perMs: 1_000 },
  ],
  fieldTitles: { channel: { en: 'Channel', fr: 'Canal' } },
  objects: [
    {
      id: 'microsoftTeams.messages',
      titles: { en: 'Message', fr: 'Message' },
      url(id) {
        const [team = '', channel = '', message = ''] = id.split('/');
        return `https://teams.microsoft.com/l/message/${encodeURIComponent(channel)}/${message}?groupId=${team}`;
      },
    },
  ],
  webhooks,
  offers: { messages, threads },
  trial,
  client: microsoftTeamsClient,
  identify: (client) => client.user(),
  classify,
};
