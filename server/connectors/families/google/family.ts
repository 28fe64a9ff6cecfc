import type { Family } from '../../../core/family.ts';
import { googleUser } from './user.ts';

/** Google's applications: https://developers.google.com/identity/protocols/oauth2/web-server */
export const google: Family = {
  id: 'google',
  titles: { en: 'Google', fr: 'Google' },
  scopes: [
    {
      scope: 'https://www.googleapis.com/auth/userinfo.email',
      reason: {
        en: 'Show which Google account is connected.',
        fr: 'Afficher quel compte Google est connecté.',
      },
    },
  ],
  hosts: { 'www.googleapis.com': 'google-accounts' },
  earlierScopes: 'included',
  chooseAccount: { prompt: 'select_account consent' },
  // Without it, Google gives no refresh token to a user who consented before.
  newRefreshToken: { prompt: 'consent' },
  revoking: 'consent',
  whose: googleUser,
};
