import type { Connector } from '../../core/connector.ts';
import { googleAuthorisation } from '../families/google/authorisation.ts';
import { contactUrl } from './addresses.ts';
import { card } from './card.ts';
import { type GooglePeopleClient, googlePeopleClient } from './client.ts';
import { classify } from './failures.ts';

export const googlePeople: Connector<GooglePeopleClient> = {
  id: 'google-people',
  titles: { en: 'Google Contacts', fr: 'Google Contacts' },
  mark: 'M8 2.5a2.6 2.6 0 1 1 0 5.2 2.6 2.6 0 0 1 0-5.2ZM2.8 13.5c.5-2.5 2.5-4 5.2-4s4.7 1.5 5.2 4',
  authorisation: googleAuthorisation([
    {
      scope: 'https://www.googleapis.com/auth/contacts',
      reason: {
        en: 'Read your contacts, and create, change and delete those that you choose to keep in sync.',
        fr: 'Lire vos contacts, et créer, modifier et supprimer ceux que vous choisissez de synchroniser.',
      },
    },
  ]),
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
