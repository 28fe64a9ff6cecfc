import type { GoogleCalendarClient } from '../../connectors/google-calendar/client.ts';
import { event } from '../../connectors/google-calendar/event-object.ts';
import { CRM_MEETINGS } from '../../connectors/zoho-crm/event-ability.ts';
import { events } from '../../connectors/zoho-crm/event-object.ts';
import type { FieldMapping } from '../../core/sync/mapping.ts';
import { choicesOf, type SideOption, type Sync, syncSide } from '../../core/sync-flow.ts';
import type { FieldKind, FieldValue } from '../../core/sync-object.ts';

const both = (id: string, kind: FieldKind): FieldMapping => ({
  left: id,
  right: id,
  kind,
  direction: 'both',
  master: 'right',
  blank: 'clear',
});

const CALENDAR: readonly SideOption[] = [
  {
    id: 'calendar',
    titles: { en: 'Calendar', fr: 'Agenda' },
    kind: 'choice',
    fallback: 'primary',
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

/** A Google calendar and the CRM's meetings, kept equal both ways; a series stays one series. */
export const calendarGoogleCrm: Sync = {
  kind: 'sync',
  id: 'calendar-google-crm',
  titles: { en: 'Calendar: Google ↔ CRM', fr: 'Agenda : Google ↔ CRM' },
  direction: {
    en: 'Keeps the meetings of a Google calendar and those of Zoho CRM equal, both ways.',
    fr: 'Maintient identiques, dans les deux sens, les réunions d’un agenda Google et celles de Zoho CRM.',
  },
  left: syncSide(event, CALENDAR),
  right: syncSide(events, [
    {
      id: 'notify',
      titles: { en: 'The CRM mails the participants', fr: 'Le CRM écrit aux participants' },
      kind: 'boolean',
      fallback: false,
    },
  ]),
  defaults: {
    rules: {
      fields: [
        both('title', 'text'),
        both('schedule', 'json'),
        both('location', 'text'),
        both('description', 'long-text'),
        both('participants', 'labels'),
      ],
      matchBy: [['title', 'schedule']],
      create: { left: true, right: true },
      remove: { left: 'delete', right: 'delete' },
      country: 'FR',
    },
    options: {
      left: {
        calendar: 'primary',
        sendUpdates: 'none',
        privateMeetings: false,
        declinedMeetings: false,
        counterpart: CRM_MEETINGS as unknown as FieldValue,
      },
      right: { notify: false },
    },
    everySeconds: 60,
    sweepHours: 24,
    brake: { records: 5, percent: 10 },
  },
  native: {
    en: 'Zoho CRM syncs a user’s Google Calendar by itself (Setup › Personal settings › Calendar). Use it when one person needs no choice of master and no history. Prefer this flow for a shared calendar, exceptions of series, a preview and an undo.',
    fr: 'Zoho CRM synchronise lui-même l’agenda Google d’un utilisateur (Paramètres personnels › Calendrier). Utilisez-le si une seule personne est concernée, sans choix de maître ni historique. Préférez ce flux pour un agenda partagé, les exceptions de séries, un aperçu et une annulation.',
  },
};
