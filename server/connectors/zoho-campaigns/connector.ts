import type { Budget, Connector, OAuthAuthorisation } from '../../core/connector.ts';
import { zohoAuthorisation } from '../families/zoho/authorisation.ts';
import { zohoCentresAt, zohoHosts } from '../families/zoho/data-centres.ts';
import { card } from './card.ts';
import { type ZohoCampaignsClient, zohoCampaignsClient } from './client.ts';
import { classify } from './failures.ts';
import { USUAL_FIELDS } from './subscriber-fields.ts';

const needs = (scope: string, en: string, fr: string): OAuthAuthorisation['scopes'][number] => ({
  scope: `ZohoCampaigns.${scope}`,
  reason: { en, fr },
});

const CENTRES = zohoCentresAt('campaigns');
const scopes = [
  needs(
    'contact.READ',
    'Read mailing lists, topics, and who is in a list or left it.',
    'Lire les listes, les thèmes, et qui est dans une liste ou l’a quittée.',
  ),
  needs(
    'contact.UPDATE',
    'Put people into a list, and take out those who opted out.',
    'Mettre des personnes dans une liste, et en retirer celles qui s’opposent.',
  ),
  needs(
    'campaign.READ',
    'Show beside a record what the person opened and clicked.',
    'Montrer à côté d’une fiche ce que la personne a ouvert et cliqué.',
  ),
];

/**
 * Each call has limits of its own; one call too many locks it for half an hour, and no answer says how many are left.
 * Half of what is let through: another process may be at work beside this one.
 */
const usual = (call: string): Budget => ({
  calls: 240,
  perMs: 5 * 60_000,
  of: new RegExp(`/api/v1\\.1/${call}$`),
});
const SUBSCRIBE = /\/json\/listsubscribe$/;
/** People that are put in or changed in a minute: one call each. */
export const PEOPLE_A_MINUTE = 240;

export const zohoCampaigns: Connector<ZohoCampaignsClient> = {
  id: 'zoho-campaigns',
  titles: { en: 'Zoho Campaigns', fr: 'Zoho Campaigns' },
  mark: 'M2 6v4h2.5L11 13.5v-11L4.5 6ZM13 6.2v3.6M5 10l1 3.5',
  authorisation: zohoAuthorisation(scopes, CENTRES),
  hosts: zohoHosts('zoho-campaigns', CENTRES),
  budgets: [
    { calls: PEOPLE_A_MINUTE, perMs: 60_000, of: SUBSCRIBE },
    { calls: 6_000, perMs: 3_600_000, of: SUBSCRIBE },
    { calls: 36_000, perMs: 86_400_000, of: SUBSCRIBE },
    ...[
      'getmailinglists',
      'getlistsubscribers',
      'listsubscriberscount',
      'topics',
      'contact/allfields',
      'json/listunsubscribe',
      'json/contactdonotmail',
      'recentcampaigns',
      'getcampaignrecipientsdata',
    ].map(usual),
  ],
  objects: [{ id: 'zohoCampaigns.subscriber', titles: { en: 'Subscriber', fr: 'Abonné' } }],
  fieldTitles: Object.fromEntries(USUAL_FIELDS.map(({ id, titles }) => [id, titles])),
  card,
  offers: { people: ['zohoCampaigns.subscriber'], newsletter: ['zohoCampaigns.subscriber'] },
  client: zohoCampaignsClient,
  identify: (client) => client.account(),
  classify,
};
