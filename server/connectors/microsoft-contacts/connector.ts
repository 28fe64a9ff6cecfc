import type { Connector } from '../../core/connector.ts';
import { microsoftAuthorisation } from '../families/microsoft/authorisation.ts';
import { card } from './card.ts';
import { type MicrosoftContactsClient, microsoftContactsClient } from './client.ts';
import { classify } from './failures.ts';
import { webhooks } from './webhooks.ts';

export const microsoftContacts: Connector<MicrosoftContactsClient> = {
  id: 'microsoft-contacts',
  titles: { en: 'Outlook Contacts', fr: 'Contacts Outlook' },
  mark: 'M3 2.5h10v11H3ZM8 5a1.6 1.6 0 1 1 0 3.2A1.6 1.6 0 0 1 8 5ZM5 11.3c.3-1.4 1.5-2.2 3-2.2s2.7.8 3 2.2',
  authorisation: microsoftAuthorisation([
    {
      scope: 'Contacts.ReadWrite',
      reason: {
        en: 'Read your contacts, and create, change and delete those that you choose to keep in sync.',
        fr: 'Lire vos contacts, et créer, modifier et supprimer ceux que vous choisissez de synchroniser.',
      },
    },
  ]),
  hosts: {
    'graph.microsoft.com': 'microsoft-contacts',
    'login.microsoftonline.com': 'microsoft-accounts',
  },
  // Of one application and mailbox: https://learn.microsoft.com/graph/throttling-limits#outlook-service-limits
  budgets: [{ calls: 10_000, perMs: 600_000 }],
  objects: [{ id: 'microsoftContacts.contact', titles: { en: 'Contact', fr: 'Contact' } }],
  webhooks,
  card,
  offers: { people: ['microsoftContacts.contact'] },
  client: microsoftContactsClient,
  identify: (client) => client.user(),
  classify,
};
