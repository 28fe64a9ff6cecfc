import type { Connector } from '../../core/connector.ts';
import { microsoftAuthorisation } from '../families/microsoft/authorisation.ts';
import { type MicrosoftMailClient, microsoftMailClient } from './client.ts';
import { classify } from './failures.ts';
import { MAIL, mails } from './mails.ts';
import { webhooks } from './webhooks.ts';

export const microsoftMail: Connector<MicrosoftMailClient> = {
  id: 'microsoft-mail',
  titles: { en: 'Outlook Mail', fr: 'Messagerie Outlook' },
  mark: 'M2 3.5h12v9H2ZM2 4l6 5 6-5',
  authorisation: microsoftAuthorisation([
    {
      scope: 'Mail.Read',
      reason: {
        en: 'See which conversation a mail belongs to, and read those of the conversations that you have logged. Nothing is written.',
        fr: 'Voir à quelle conversation appartient un e-mail, et lire ceux des conversations que vous faites enregistrer. Rien n’est écrit.',
      },
    },
  ]),
  hosts: {
    'graph.microsoft.com': 'microsoft-mail',
    'login.microsoftonline.com': 'microsoft-accounts',
  },
  // Of one application and mailbox: https://learn.microsoft.com/graph/throttling-limits#outlook-service-limits
  budgets: [{ calls: 10_000, perMs: 600_000 }],
  objects: [{ id: MAIL, titles: { en: 'E-mail', fr: 'E-mail' } }],
  webhooks,
  offers: { mails },
  // Whatever is asked of it only reads.
  trial: { writes: [] },
  client: microsoftMailClient,
  identify: (client) => client.user(),
  classify,
};
