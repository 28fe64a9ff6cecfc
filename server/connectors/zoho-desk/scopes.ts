import type { OAuthAuthorisation } from '../../core/connector.ts';

const needs = (scope: string, en: string, fr: string): OAuthAuthorisation['scopes'][number] => ({
  scope: `Desk.${scope}`,
  reason: { en, fr },
});

/** What the connector uses, and why: shown before an admin consents. */
export const scopes: OAuthAuthorisation['scopes'] = [
  needs('basic.READ', 'Read the portal and its departments.', 'Lire le portail et ses départements.'),
  needs('settings.READ', 'Offer your priorities to choose from.', 'Proposer vos priorités au choix.'),
  needs('tickets.READ', 'Read tickets and their comments.', 'Lire les tickets et leurs commentaires.'),
  needs('tickets.CREATE', 'Open a ticket for a customer.', 'Ouvrir un ticket pour un client.'),
  needs(
    'tickets.UPDATE',
    'Add a comment to a ticket, close it, open it again.',
    'Commenter un ticket, le fermer, le rouvrir.',
  ),
  needs('contacts.READ', 'Find a customer’s tickets.', 'Retrouver les tickets d’un client.'),
  needs(
    'contacts.CREATE',
    'Add whoever a ticket is opened for and Desk does not know.',
    'Ajouter la personne pour qui un ticket est ouvert et que Desk ne connaît pas.',
  ),
  needs(
    'search.READ',
    'Find tickets that changed while no message came.',
    'Trouver les tickets modifiés sans qu’aucun message n’arrive.',
  ),
  needs(
    'settings.CREATE',
    'Have Desk tell of tickets at once.',
    'Faire annoncer les tickets par Desk aussitôt.',
  ),
  needs('events.CREATE', 'Have it tell of changes, too.', 'Lui faire annoncer aussi les modifications.'),
  needs(
    'settings.UPDATE',
    'Put right what tells of tickets.',
    'Remettre en ordre ce qui annonce les tickets.',
  ),
  needs(
    'events.READ',
    'See whether Desk still tells of tickets.',
    'Voir si Desk annonce toujours les tickets.',
  ),
  needs(
    'events.UPDATE',
    'Put right what tells of changes.',
    'Remettre en ordre ce qui annonce les modifications.',
  ),
  needs('settings.DELETE', 'End what tells of tickets.', 'Mettre fin à ce qui annonce les tickets.'),
  needs('events.DELETE', 'End what tells of changes.', 'Mettre fin à ce qui annonce les modifications.'),
];
