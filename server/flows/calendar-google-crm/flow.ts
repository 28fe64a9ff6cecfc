import { event } from '../../connectors/google-calendar/event-object.ts';
import { meetingsSync } from '../meetings-sync.ts';

/** A Google calendar and the CRM's meetings. */
export const calendarGoogleCrm = meetingsSync({
  id: 'calendar-google-crm',
  titles: { en: 'Calendar: Google ↔ CRM', fr: 'Agenda\u00a0: Google ↔ CRM' },
  direction: {
    en: 'Keeps the meetings of a Google calendar and those of Zoho CRM equal, both ways.',
    fr: 'Maintient identiques, dans les deux sens, les réunions d’un agenda Google et celles de Zoho CRM.',
  },
  calendar: event,
  options: { sendUpdates: 'none' },
  participants: { direction: 'both', master: 'right', blank: 'clear' },
  personal: { role: 'left', owner: 'Owner' },
  native: {
    en: 'Zoho CRM syncs a user’s Google Calendar by itself (Setup › Personal settings › Calendar). Use it when one person needs no choice of master and no history. Prefer this flow for a shared calendar, exceptions of series, a preview and an undo.',
    fr: 'Zoho CRM synchronise lui-même l’agenda Google d’un utilisateur (Paramètres personnels › Calendrier). Utilisez-le si une seule personne est concernée, sans choix de maître ni historique. Préférez ce flux pour un agenda partagé, les exceptions de séries, un aperçu et une annulation.',
  },
  nativePage:
    'https://help.zoho.com/portal/en/kb/crm/integrations/google/google-account/articles/google-calendar-crm-integration',
});
