import type { Connector, OAuthAuthorisation } from '../../core/connector.ts';
import { zohoAuthorisation } from '../families/zoho/authorisation.ts';
import { zohoCentresAt, zohoHosts } from '../families/zoho/data-centres.ts';
import { type ZohoCliqClient, zohoCliqClient } from './client.ts';
import { classify } from './failures.ts';
import { messages } from './messages.ts';
import { trial } from './trial.ts';

const needs = (scope: string, en: string, fr: string): OAuthAuthorisation['scopes'][number] => ({
  scope: `ZohoCliq.${scope}`,
  reason: { en, fr },
});

const CENTRES = zohoCentresAt('cliq');
const scopes = [
  needs('Webhooks.CREATE', 'Post messages as whoever connects.', 'Publier au nom de qui connecte.'),
  needs('Channels.READ', 'Offer your channels to choose from.', 'Proposer vos canaux au choix.'),
  needs('Users.READ', 'Offer your colleagues to choose from.', 'Proposer vos collègues au choix.'),
  needs('Chats.READ', 'Find a conversation with somebody.', 'Retrouver une conversation avec quelqu’un.'),
  needs(
    'Messages.READ',
    'After a breakdown, see whether a message was posted, so that none is posted twice.',
    'Après une panne, voir si un message a été publié, pour n’en publier aucun deux fois.',
  ),
];

export const zohoCliq: Connector<ZohoCliqClient> = {
  id: 'zoho-cliq',
  titles: { en: 'Zoho Cliq', fr: 'Zoho Cliq' },
  mark: 'M2 2.5h8.5v6H6L4 10.3V8.5H2ZM6.5 11h3.5l2 1.8V11h2V5.5h-1',
  authorisation: zohoAuthorisation(scopes, CENTRES),
  hosts: zohoHosts('zoho-cliq', CENTRES),
  // One call too many in a minute locks the user out for ten: https://www.zoho.com/cliq/help/restapi/v2/
  budgets: [
    { calls: 45, perMs: 60_000, of: /^POST / },
    { calls: 13, perMs: 60_000, of: /^GET .*\/messages$/ },
    { calls: 25, perMs: 60_000, of: /^GET .*\/(channels|users|chats)$/ },
  ],
  objects: [{ id: 'zohoCliq.messages', titles: { en: 'Message', fr: 'Message' } }],
  offers: { messages },
  trial,
  client: zohoCliqClient,
  identify: (client) => client.account(),
  classify,
};
