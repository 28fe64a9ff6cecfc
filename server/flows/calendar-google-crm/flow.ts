import { event } from '../../connectors/google-calendar/event-object.ts';
import { CRM_MEETINGS } from '../../connectors/zoho-crm/event-ability.ts';
import { events } from '../../connectors/zoho-crm/event-object.ts';
import type { FieldMapping } from '../../core/sync/mapping.ts';
import { fixedSync, syncSide } from '../../core/sync-flow.ts';
import type { FieldKind, FieldValue } from '../../core/sync-object.ts';

const both = (id: string, kind: FieldKind): FieldMapping => ({
  left: id,
  right: id,
  kind,
  direction: 'both',
  master: 'right',
  blank: 'clear',
});

/** A Google calendar and the CRM's meetings, kept equal both ways; a series stays one series. */
export const calendarGoogleCrm = fixedSync({
  kind: 'sync',
  id: 'calendar-google-crm',
  titles: { en: 'Calendar: Google ↔ CRM', fr: 'Agenda : Google ↔ CRM' },
  direction: {
    en: 'Keeps the meetings of a Google calendar and those of Zoho CRM equal, both ways.',
    fr: 'Maintient identiques, dans les deux sens, les réunions d’un agenda Google et celles de Zoho CRM.',
  },
  left: syncSide(event),
  right: syncSide(events),
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
  personal: { role: 'left', owner: 'Owner' },
  native: {
    en: 'Zoho CRM syncs a user’s Google Calendar by itself (Setup › Personal settings › Calendar). Use it when one person needs no choice of master and no history. Prefer this flow for a shared calendar, exceptions of series, a preview and an undo.',
    fr: 'Zoho CRM synchronise lui-même l’agenda Google d’un utilisateur (Paramètres personnels › Calendrier). Utilisez-le si une seule personne est concernée, sans choix de maître ni historique. Préférez ce flux pour un agenda partagé, les exceptions de séries, un aperçu et une annulation.',
  },
  purpose: 'meetings',
  nativePage:
    'https://help.zoho.com/portal/en/kb/crm/integrations/google/google-account/articles/google-calendar-crm-integration',
});
