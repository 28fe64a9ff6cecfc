import type { Connector, OAuthAuthorisation } from '../../core/connector.ts';
import { zohoAuthorisation } from '../families/zoho/authorisation.ts';
import { zohoCentresAt, zohoHosts } from '../families/zoho/data-centres.ts';
import { CHATS } from './addresses.ts';
import { card } from './card.ts';
import { chats } from './chats-offer.ts';
import { type ZohoSalesIqClient, zohoSalesIqClient } from './client.ts';
import { classify } from './failures.ts';
import { trial } from './trial.ts';
import { webhooks } from './webhooks.ts';

const needs = (scope: string, en: string, fr: string): OAuthAuthorisation['scopes'][number] => ({
  scope: `SalesIQ.${scope}`,
  reason: { en, fr },
});

const scopes = [
  needs('portals.READ', 'Offer your portals to choose from.', 'Proposer vos portails au choix.'),
  needs(
    'conversations.READ',
    'Read chats, for the notes in the CRM and beside a record.',
    'Lire les chats, pour les notes dans le CRM et à côté d’une fiche.',
  ),
  needs(
    'conversations.UPDATE',
    'Show operators beside a chat who is writing.',
    'Montrer aux opérateurs, à côté d’un chat, qui écrit.',
  ),
  // No page names the scope of the call: this is the one that the pages beside it name.
  needs(
    'visitordetails.UPDATE',
    'Tell operators what the CRM knows of a visitor.',
    'Dire aux opérateurs ce que le CRM sait d’un visiteur.',
  ),
  needs('feedbacks.READ', 'Read how a chat was rated.', 'Lire comment un chat a été noté.'),
  needs(
    'webhooks.READ',
    'See whether SalesIQ still tells of chats.',
    'Voir si SalesIQ annonce toujours les chats.',
  ),
  needs(
    'webhooks.CREATE',
    'Have SalesIQ tell of chats at once.',
    'Faire annoncer les chats par SalesIQ aussitôt.',
  ),
  needs('webhooks.UPDATE', 'Put right what tells of chats.', 'Remettre en ordre ce qui annonce les chats.'),
  needs('webhooks.DELETE', 'End what tells of chats.', 'Mettre fin à ce qui annonce les chats.'),
];

const CENTRES = zohoCentresAt('salesiq');

export const zohoSalesIq: Connector<ZohoSalesIqClient> = {
  id: 'zoho-salesiq',
  titles: { en: 'Zoho SalesIQ', fr: 'Zoho SalesIQ' },
  mark: 'M2.5 3h11v7.5H7.5L4.5 13v-2.5h-2ZM5.5 6h5M5.5 8h3',
  authorisation: zohoAuthorisation(scopes, CENTRES),
  hosts: zohoHosts('zoho-salesiq', CENTRES),
  // No page names a limit: this is the least that a product of Zoho's allows in a minute, Cliq's, with room left.
  budgets: [{ calls: 45, perMs: 60_000 }],
  objects: [{ id: CHATS, titles: { en: 'Chat', fr: 'Chat' } }],
  webhooks,
  offers: { chats },
  card,
  trial,
  client: zohoSalesIqClient,
  identify: (client) => client.whose(),
  classify,
};
