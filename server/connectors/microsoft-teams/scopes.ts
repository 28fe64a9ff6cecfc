import type { OAuthAuthorisation } from '../../core/connector.ts';

/** What the connector uses, and why: shown before somebody consents. */
export const scopes: OAuthAuthorisation['scopes'] = [
  {
    scope: 'ChannelMessage.Send',
    reason: {
      en: 'Post messages in channels, in the name of whoever connects.',
      fr: 'Publier des messages dans les canaux, au nom de qui connecte.',
    },
  },
  {
    scope: 'Team.ReadBasic.All',
    reason: {
      en: 'Offer the teams that you take part in to choose from.',
      fr: 'Proposer au choix les équipes dont vous faites partie.',
    },
  },
  {
    scope: 'Channel.ReadBasic.All',
    reason: { en: 'Offer their channels to choose from.', fr: 'Proposer leurs canaux au choix.' },
  },
  {
    scope: 'User.ReadBasic.All',
    reason: {
      en: 'Know the e-mail address of who wrote a message that becomes a ticket.',
      fr: 'Connaître l’adresse e-mail de qui a écrit un message qui devient un ticket.',
    },
  },
  {
    // An administrator has to agree to it; whoever is none is shown where one does.
    scope: 'ChannelMessage.Read.All',
    reason: {
      en: 'After a breakdown, see whether a message was posted, so that none is posted twice; and read what is written in the channels of integrations that take it over. Microsoft asks an administrator for it.',
      fr: 'Après une panne, voir si un message a été publié, pour n’en publier aucun deux fois\u00a0; et lire ce qui est écrit dans les canaux des intégrations qui le reprennent. Microsoft demande l’accord d’un administrateur.',
    },
  },
];
