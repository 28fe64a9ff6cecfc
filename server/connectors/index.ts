import type { Connector } from '../core/connector.ts';
import { googleCalendar } from './google-calendar/connector.ts';
import { googlePeople } from './google-people/connector.ts';
import { googleSheets } from './google-sheets/connector.ts';
import { mailchimp } from './mailchimp/connector.ts';
import { microsoftCalendar } from './microsoft-calendar/connector.ts';
import { microsoftContacts } from './microsoft-contacts/connector.ts';
import { microsoftMail } from './microsoft-mail/connector.ts';
import { microsoftTeams } from './microsoft-teams/connector.ts';
import { notion } from './notion/connector.ts';
import { shopify } from './shopify/connector.ts';
import { slack } from './slack/connector.ts';
import { stripe } from './stripe/connector.ts';
import { typeform } from './typeform/connector.ts';
import { webhook } from './webhook/connector.ts';
import { wooCommerce } from './woocommerce/connector.ts';
import { zohoAnalytics } from './zoho-analytics/connector.ts';
import { zohoBooks } from './zoho-books/connector.ts';
import { zohoCampaigns } from './zoho-campaigns/connector.ts';
import { zohoCliq } from './zoho-cliq/connector.ts';
import { zohoCrm } from './zoho-crm/connector.ts';
import { zohoDesk } from './zoho-desk/connector.ts';
import { zohoForms } from './zoho-forms/connector.ts';
import { zohoInventory } from './zoho-inventory/connector.ts';
import { zohoSalesIq } from './zoho-salesiq/connector.ts';

/**
 * Every connector: one line for each folder. What several connectors of one vendor share stands in
 * `families/<vendor>/`, and is no connector itself.
 */
// biome-ignore lint/suspicious/noExplicitAny: each connector has a client type of its own.
export const connectors: readonly Connector<any>[] = [
  zohoCrm,
  zohoBooks,
  zohoCampaigns,
  zohoCliq,
  zohoDesk,
  zohoSalesIq,
  zohoInventory,
  zohoAnalytics,
  slack,
  stripe,
  googleSheets,
  googlePeople,
  googleCalendar,
  microsoftContacts,
  microsoftTeams,
  microsoftCalendar,
  microsoftMail,
  mailchimp,
  wooCommerce,
  shopify,
  typeform,
  zohoForms,
  webhook,
  notion,
];
