import { choicesOf, type SideOption } from '../../core/sync-flow.ts';
import type { GoogleCalendarClient } from './client.ts';

/** What an admin chooses for the calendar's side of a sync; read by `readOptions`. */
export const eventChoices: readonly SideOption[] = [
  {
    id: 'calendar',
    titles: { en: 'Calendar', fr: 'Agenda' },
    kind: 'choice',
    fallback: 'primary',
    holdsRecords: true,
    words: { primary: { en: 'the account’s main calendar', fr: 'l’agenda principal du compte' } },
    async choices(client) {
      const calendars = await (client as GoogleCalendarClient).calendars();
      return calendars
        .filter(({ writable }) => writable)
        .map(({ id, title, primary }) => ({ id: primary ? 'primary' : id, title }));
    },
  },
  {
    id: 'sendUpdates',
    titles: { en: 'Whom Google mails about changes', fr: 'À qui Google écrit des changements' },
    kind: 'choice',
    fallback: 'none',
    ...choicesOf({
      none: { en: 'Nobody', fr: 'Personne' },
      externalOnly: { en: 'Participants without Google Calendar', fr: 'Participants sans Google Agenda' },
      all: { en: 'All participants', fr: 'Tous les participants' },
    }),
  },
  {
    id: 'privateMeetings',
    titles: { en: 'Private meetings too', fr: 'Les réunions privées aussi' },
    kind: 'boolean',
    fallback: false,
  },
  {
    id: 'declinedMeetings',
    titles: { en: 'Declined invitations too', fr: 'Les invitations refusées aussi' },
    hints: {
      en: 'Otherwise a meeting that is declined in Google is taken away in the CRM, and comes back when it is accepted.',
      fr: 'Sinon, une réunion refusée dans Google est retirée du CRM, et y revient dès qu’elle est acceptée.',
    },
    kind: 'boolean',
    fallback: false,
  },
];
