import type { OAuthAuthorisation } from '../../core/connector.ts';

/** What the connector uses, and why: shown before an admin consents. */
export const scopes: OAuthAuthorisation['scopes'] = [
  {
    scope: 'chat:write',
    reason: { en: 'Post messages as Liaison.', fr: 'Publier des messages au nom de Liaison.' },
  },
  {
    scope: 'chat:write.public',
    reason: {
      en: 'Post to public channels without being invited first.',
      fr: 'Publier dans les canaux publics sans y être invitée.',
    },
  },
  {
    scope: 'channels:read',
    reason: { en: 'Find a public channel by its name.', fr: 'Retrouver un canal public par son nom.' },
  },
  {
    scope: 'groups:read',
    reason: {
      en: 'Find a private channel that Liaison was invited to.',
      fr: 'Retrouver un canal privé où Liaison a été invitée.',
    },
  },
  {
    scope: 'channels:history',
    reason: {
      en: 'After a breakdown, see whether a message was posted, so that none is posted twice.',
      fr: 'Après une panne, voir si un message a été publié, pour n’en publier aucun deux fois.',
    },
  },
  {
    scope: 'groups:history',
    reason: {
      en: 'The same in private channels that Liaison was invited to.',
      fr: 'De même dans les canaux privés où Liaison a été invitée.',
    },
  },
  {
    scope: 'channels:join',
    reason: {
      en: 'Enter a public channel before looking there.',
      fr: 'Entrer dans un canal public avant d’y regarder.',
    },
  },
];
