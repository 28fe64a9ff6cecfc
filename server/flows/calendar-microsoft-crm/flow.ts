import { event } from '../../connectors/microsoft-calendar/event-object.ts';
import { meetingsSync } from '../meetings-sync.ts';

/** An Outlook calendar and the CRM's meetings, which each person can have as their own. */
export const calendarMicrosoftCrm = meetingsSync({
  id: 'calendar-microsoft-crm',
  titles: { en: 'Calendar: Outlook ↔ CRM', fr: 'Agenda\u00a0: Outlook ↔ CRM' },
  direction: {
    en: 'Keeps the meetings of an Outlook calendar and those of Zoho CRM equal, both ways.',
    fr: 'Maintient identiques, dans les deux sens, les réunions d’un calendrier Outlook et celles de Zoho CRM.',
  },
  calendar: event,
  options: { mailParticipants: false },
  // Outlook mails whoever is written into a meeting: who takes part comes from there, unless an admin says otherwise.
  participants: { direction: 'to-right', master: 'left', blank: 'leave' },
  personal: { role: 'left', owner: 'Owner' },
  native: {
    en: 'Zoho CRM has its own sync with Office 365 calendars (Setup › Marketplace › Microsoft). Use it when one person needs no choice of master and no history. Prefer this flow for a shared calendar, exceptions of series, a preview and an undo, and to say whether participants are mailed.',
    fr: 'Zoho CRM a sa propre synchronisation avec les calendriers d’Office 365 (Paramètres › Marketplace › Microsoft). Utilisez-la si une seule personne est concernée, sans choix de maître ni historique. Préférez ce flux pour un calendrier partagé, les exceptions de séries, un aperçu et une annulation, et pour dire si les participants reçoivent du courrier.',
  },
});
