import type { Connector } from '../../core/connector.ts';
import { card } from './card.ts';
import { type MailchimpClient, mailchimpClient } from './client.ts';
import { MAILCHIMP_DATA_CENTRES, mailchimpHosts } from './data-centres.ts';
import { classify } from './failures.ts';
import { FIELD_TITLES } from './member-fields.ts';
import { webhooks } from './webhooks.ts';

export const mailchimp: Connector<MailchimpClient> = {
  id: 'mailchimp',
  titles: { en: 'Mailchimp', fr: 'Mailchimp' },
  mark: 'M2 4h12v8.5H2ZM2.3 4.3 8 9l5.7-4.7',
  authorisation: {
    kind: 'oauth',
    authorizeUrl: 'https://login.mailchimp.com/oauth2/authorize',
    tokenUrl: 'https://login.mailchimp.com/oauth2/token',
    scopes: [],
    wholeAccount: {
      en: 'Mailchimp gives access to the whole account or not at all. Liaison reads audiences, campaigns and reports, writes contacts and their tags, and listens to what changes. It never sends a campaign.',
      fr: 'Mailchimp donne accès à tout le compte, ou à rien. Liaison lit les audiences, les campagnes et leurs rapports, écrit les contacts et leurs tags, et écoute ce qui change. Il n’envoie jamais de campagne.',
    },
    scopeSeparator: ' ',
    // Mailchimp's sign-in knows no PKCE.
    pkce: false,
    header: 'Bearer {token}',
    hostHeaders: { 'login.mailchimp.com': 'OAuth {token}' },
    dataCentres: MAILCHIMP_DATA_CENTRES,
    dataCentreFrom: 'account',
  },
  hosts: mailchimpHosts,
  // Mailchimp counts calls under way, ten of them, over all programs of an account: this is a fuse.
  budgets: [{ calls: 10, perMs: 1_000 }],
  objects: [
    {
      id: 'mailchimp.member',
      titles: { en: 'Mailchimp contact', fr: 'Contact Mailchimp' },
    },
    {
      id: 'mailchimp.campaign',
      titles: { en: 'Campaign', fr: 'Campagne' },
    },
  ],
  fieldTitles: FIELD_TITLES,
  webhooks,
  card,
  offers: { people: ['mailchimp.member'], newsletter: ['mailchimp.member'] },
  client: mailchimpClient,
  identify: (client) => client.account(),
  classify,
};
