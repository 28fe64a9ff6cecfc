import type { Words } from '../core/consent-page.ts';

const ROOT = 'https://www.googleapis.com/auth/';

/** The scopes that these simulators know. https://developers.google.com/identity/protocols/oauth2/scopes */
export const SCOPES: Readonly<Record<string, Words>> = {
  [`${ROOT}spreadsheets`]: {
    en: 'see, edit, create and delete all your Google Sheets',
    fr: 'voir, modifier, créer et supprimer toutes vos feuilles Google Sheets',
  },
  [`${ROOT}spreadsheets.readonly`]: {
    en: 'see all your Google Sheets',
    fr: 'voir toutes vos feuilles Google Sheets',
  },
  [`${ROOT}contacts`]: {
    en: 'see, edit, download and permanently delete your contacts',
    fr: 'voir, modifier, télécharger et supprimer définitivement vos contacts',
  },
  [`${ROOT}contacts.readonly`]: {
    en: 'see and download your contacts',
    fr: 'voir et télécharger vos contacts',
  },
  [`${ROOT}calendar`]: {
    en: 'see, edit, share and permanently delete all your calendars',
    fr: 'voir, modifier, partager et supprimer définitivement tous vos agendas',
  },
  [`${ROOT}calendar.events`]: {
    en: 'view and edit events on all your calendars',
    fr: 'voir et modifier les événements de tous vos agendas',
  },
  [`${ROOT}calendar.readonly`]: {
    en: 'see and download any calendar that you can access',
    fr: 'voir et télécharger tous les agendas auxquels vous avez accès',
  },
  [`${ROOT}calendar.calendarlist.readonly`]: {
    en: 'see the list of calendars that you are subscribed to',
    fr: 'voir la liste des agendas auxquels vous êtes abonné',
  },
  [`${ROOT}userinfo.email`]: { en: 'see your e-mail address', fr: 'voir votre adresse e-mail' },
  [`${ROOT}userinfo.profile`]: { en: 'see your name', fr: 'voir votre nom' },
};

/** Short names that Google takes for scopes of its own. */
const SHORT: Readonly<Record<string, string>> = {
  email: `${ROOT}userinfo.email`,
  profile: `${ROOT}userinfo.profile`,
};

export function scopesOf(text: string): string[] {
  const named = text.split(/\s+/).filter((scope) => scope !== '');
  return [...new Set(named.map((scope) => SHORT[scope] ?? scope))];
}
