import type { Connector, OAuthAuthorisation } from '../../core/connector.ts';
import { zohoAuthorisation } from '../families/zoho/authorisation.ts';
import { ZOHO_DATA_CENTRES } from '../families/zoho/data-centres.ts';
import { zoho } from '../families/zoho/family.ts';
import { type ZohoCliqClient, zohoCliqClient } from './client.ts';
import { classify } from './failures.ts';
import { messages } from './messages.ts';

const needs = (scope: string, en: string, fr: string): OAuthAuthorisation['scopes'][number] => ({
  scope: `ZohoCliq.${scope}`,
  reason: { en, fr },
});

export const zohoCliq: Connector<ZohoCliqClient> = {
  id: 'zoho-cliq',
  titles: { en: 'Zoho Cliq', fr: 'Zoho Cliq' },
  authorisation: zohoAuthorisation([
    needs('Webhooks.CREATE', 'Post messages.', 'Publier des messages.'),
    needs('Channels.READ', 'Offer your channels.', 'Proposer vos canaux.'),
    needs('Users.READ', 'Offer your colleagues.', 'Proposer vos collègues.'),
    needs('Chats.READ', 'Find a conversation with somebody.', 'Retrouver une conversation avec quelqu’un.'),
    needs(
      'Messages.READ',
      'After a breakdown, see whether a message was posted, so that none is posted twice.',
      'Après une panne, voir si un message a été publié, pour n’en publier aucun deux fois.',
    ),
  ]),
  hosts: {
    ...zoho.hosts,
    ...Object.fromEntries(ZOHO_DATA_CENTRES.map(({ site }) => [`cliq.${site}`, 'zoho-cliq'])),
  },
  // One call too many in a minute locks the user out for ten: https://www.zoho.com/cliq/help/restapi/v2/
  budgets: [
    { calls: 45, perMs: 60_000, of: /^POST / },
    { calls: 13, perMs: 60_000, of: /^GET .*\/messages$/ },
    { calls: 25, perMs: 60_000, of: /^GET .*\/(channels|users|chats)$/ },
  ],
  objects: [{ id: 'zohoCliq.messages', titles: { en: 'Message', fr: 'Message' } }],
  offers: { messages },
  client: zohoCliqClient,
  identify: (client) => client.account(),
  classify,
};
