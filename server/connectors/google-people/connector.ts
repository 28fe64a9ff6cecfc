import type { Connector } from '../../core/connector.ts';
import { contactUrl } from './addresses.ts';
import { card } from './card.ts';
import { type GooglePeopleClient, googlePeopleClient } from './client.ts';
import { classify } from './failures.ts';

export const googlePeople: Connector<GooglePeopleClient> = {
  id: 'google-people',
  titles: { en: 'Google Contacts', fr: 'Google Contacts' },
  authorisation: {
    kind: 'oauth',
    authorizeUrl: 'https://accounts.google.com/o/oauth2/v2/auth',
    tokenUrl: 'https://oauth2.googleapis.com/token',
    revokeUrl: 'https://oauth2.googleapis.com/revoke',
    scopes: [
      {
        scope: 'https://www.googleapis.com/auth/contacts',
        reason: {
          en: 'Read your contacts, and create, change and delete those that you choose to keep in sync.',
          fr: 'Lire vos contacts, et créer, modifier et supprimer ceux que vous choisissez de synchroniser.',
        },
      },
      {
        scope: 'https://www.googleapis.com/auth/userinfo.email',
        reason: {
          en: 'Show which Google account is connected.',
          fr: 'Afficher quel compte Google est connecté.',
        },
      },
    ],
    scopeSeparator: ' ',
    // Without both, Google gives no refresh token to a user who consented before.
    authorizeParameters: { access_type: 'offline', prompt: 'consent' },
    pkce: true,
    header: 'Bearer {token}',
    refresh: {},
  },
  hosts: {
    'people.googleapis.com': 'google-people',
    'www.googleapis.com': 'google-accounts',
    'accounts.google.com': 'google-accounts',
    'oauth2.googleapis.com': 'google-accounts',
  },
  // Contact reads, and as many writes, a minute of one user: what the quota page of a new Google project shows.
  budgets: [{ calls: 90, perMs: 60_000 }],
  objects: [{ id: 'googlePeople.person', titles: { en: 'Contact', fr: 'Contact' }, url: contactUrl }],
  card,
  offers: { people: ['googlePeople.person'] },
  client: googlePeopleClient,
  identify: (client) => client.user(),
  classify,
};
