import type { Family } from '../../../core/family.ts';
import { consentGiven, consentRefusal } from './administrator.ts';
import { microsoftUser } from './user.ts';

/** Microsoft 365's applications: https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow */
export const microsoft: Family = {
  id: 'microsoft',
  titles: { en: 'Microsoft 365', fr: 'Microsoft 365' },
  scopes: [
    {
      // Without it there is no refresh token.
      scope: 'offline_access',
      reason: {
        en: 'Go on working while you are away, until you end the connection.',
        fr: 'Continuer à travailler en votre absence, jusqu’à ce que vous mettiez fin à la connexion.',
      },
    },
    {
      scope: 'User.Read',
      reason: {
        en: 'Show which Microsoft account is connected.',
        fr: 'Afficher quel compte Microsoft est connecté.',
      },
    },
  ],
  hosts: { 'graph.microsoft.com': 'microsoft-accounts' },
  // A further consent is given a refresh token of its own: all that is needed is asked for with it.
  earlierScopes: 'asked-again',
  chooseAccount: { prompt: 'select_account' },
  newRefreshToken: {},
  revoking: 'token',
  whose: microsoftUser,
  consentRefusal,
  consentGiven,
};
