import type { SideOption } from '../../core/sync-flow.ts';
import { type MicrosoftCalendarClient, OWN_CALENDAR } from './client.ts';

/** What an admin chooses for the calendar's side of a sync; read by `readOptions`. */
export const eventChoices: readonly SideOption[] = [
  {
    id: 'calendar',
    titles: { en: 'Calendar', fr: 'Calendrier' },
    kind: 'choice',
    fallback: OWN_CALENDAR,
    holdsRecords: true,
    words: { [OWN_CALENDAR]: { en: 'the account’s main calendar', fr: 'le calendrier principal du compte' } },
    async choices(client) {
      const { calendars } = await (client as MicrosoftCalendarClient).calendars();
      return calendars
        .filter(({ writable }) => writable)
        .map(({ id, title, isOwn }) => ({ id: isOwn ? OWN_CALENDAR : id, title }));
    },
  },
  {
    id: 'mailParticipants',
    titles: { en: 'Outlook may mail participants', fr: 'Outlook peut écrire aux participants' },
    hints: {
      en: 'Outlook mails every change of a meeting to its participants, and cannot be asked not to. Otherwise changes that it would mail are not made: they are set aside, with the reason.',
      fr: 'Outlook envoie chaque changement d’une réunion à ses participants, sans qu’on puisse l’en empêcher. Sinon, les changements qu’il enverrait ne sont pas faits\u00a0: ils sont mis de côté, avec la raison.',
    },
    kind: 'boolean',
    fallback: false,
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
      en: 'Otherwise a meeting that is declined in Outlook is taken away in the CRM, and comes back when it is accepted.',
      fr: 'Sinon, une réunion refusée dans Outlook est retirée du CRM, et y revient dès qu’elle est acceptée.',
    },
    kind: 'boolean',
    fallback: false,
  },
];
