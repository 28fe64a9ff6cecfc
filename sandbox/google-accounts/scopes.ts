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
