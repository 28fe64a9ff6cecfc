import type { Connector } from '../../core/connector.ts';
import { microsoftAuthorisation } from '../families/microsoft/authorisation.ts';
import { card } from './card.ts';
import { type MicrosoftCalendarClient, microsoftCalendarClient } from './client.ts';
import { classify } from './failures.ts';
import { webhooks } from './webhooks.ts';

export const microsoftCalendar: Connector<MicrosoftCalendarClient> = {
  id: 'microsoft-calendar',
  titles: { en: 'Outlook Calendar', fr: 'Calendrier Outlook' },
  mark: 'M2.5 3.5h11v10h-11ZM2.5 6.5h11M5.5 2v3M10.5 2v3M8 8.2v2.2l1.6 1',
  authorisation: microsoftAuthorisation([
    {
      scope: 'Calendars.ReadWrite',
      reason: {
        en: 'Read the meetings of the calendar that you choose, and create, change and delete them.',
        fr: 'Lire les réunions du calendrier que vous choisissez, en créer, les modifier et les supprimer.',
      },
    },
  ]),
  hosts: {
    'graph.microsoft.com': 'microsoft-calendar',
    'login.microsoftonline.com': 'microsoft-accounts',
  },
  // Of one application and mailbox: https://learn.microsoft.com/graph/throttling-limits#outlook-service-limits
  budgets: [{ calls: 10_000, perMs: 600_000 }],
  objects: [{ id: 'microsoftCalendar.event', titles: { en: 'Meeting', fr: 'Réunion' } }],
  webhooks,
  card,
  offers: { meetings: ['microsoftCalendar.event'] },
  client: microsoftCalendarClient,
  identify: (client) => client.user(),
  classify,
};
