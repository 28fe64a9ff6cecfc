import type { Connector } from '../../core/connector.ts';
import { googleAuthorisation } from '../families/google/authorisation.ts';
import { card } from './card.ts';
import { type GoogleCalendarClient, googleCalendarClient } from './client.ts';
import { classify } from './failures.ts';
import { webhooks } from './webhooks.ts';

export const googleCalendar: Connector<GoogleCalendarClient> = {
  id: 'google-calendar',
  titles: { en: 'Google Calendar', fr: 'Google Agenda' },
  mark: 'M2.5 3.5h11v10h-11ZM2.5 6.5h11M5.5 2v3M10.5 2v3M5.3 9.2h.9M9.8 9.2h.9M5.3 11.4h.9',
  authorisation: googleAuthorisation([
    {
      scope: 'https://www.googleapis.com/auth/calendar.events',
      reason: {
        en: 'Read the events of the calendar that you choose, and create, change and delete them.',
        fr: 'Lire les événements de l’agenda que vous choisissez, en créer, les modifier et les supprimer.',
      },
    },
    {
      scope: 'https://www.googleapis.com/auth/calendar.calendarlist.readonly',
      reason: {
        en: 'Offer your calendars to choose from, and know the time zone of each.',
        fr: 'Proposer vos agendas au choix, et connaître le fuseau horaire de chacun.',
      },
    },
  ]),
  hosts: {
    'www.googleapis.com': 'google-calendar',
    'accounts.google.com': 'google-accounts',
    'oauth2.googleapis.com': 'google-accounts',
  },
  // https://developers.google.com/workspace/calendar/api/guides/quota: a minute of one user.
  budgets: [{ calls: 600, perMs: 60_000 }],
  objects: [{ id: 'googleCalendar.event', titles: { en: 'Meeting', fr: 'Réunion' } }],
  webhooks,
  card,
  offers: { meetings: ['googleCalendar.event'] },
  client: googleCalendarClient,
  identify: (client) => client.account(),
  classify,
};
