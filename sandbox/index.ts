import type { Simulator } from './core/simulator.ts';
import { googleAccounts } from './google-accounts/simulator.ts';
import { googleCalendar } from './google-calendar/simulator.ts';
import { googlePeople } from './google-people/simulator.ts';
import { googleSheets } from './google-sheets/simulator.ts';
import { mailchimp } from './mailchimp/simulator.ts';
import { microsoftAccounts } from './microsoft-accounts/simulator.ts';
import { microsoftCalendar } from './microsoft-calendar/simulator.ts';
import { microsoftContacts } from './microsoft-contacts/simulator.ts';
import { microsoftMail } from './microsoft-mail/simulator.ts';
import { microsoftTeams } from './microsoft-teams/simulator.ts';
import { notion } from './notion/simulator.ts';
import { receiver } from './receiver/simulator.ts';
import { shopify } from './shopify/simulator.ts';
import { slack } from './slack/simulator.ts';
import { stripe } from './stripe/simulator.ts';
import { typeform } from './typeform/simulator.ts';
import { webhook } from './webhook/simulator.ts';
import { wooCommerce } from './woocommerce/simulator.ts';
import { zohoAccounts } from './zoho-accounts/simulator.ts';
import { zohoAnalytics } from './zoho-analytics/simulator.ts';
import { zohoBooks } from './zoho-books/simulator.ts';
import { zohoCampaigns } from './zoho-campaigns/simulator.ts';
import { zohoCliq } from './zoho-cliq/simulator.ts';
import { zohoCrm } from './zoho-crm/simulator.ts';
import { zohoDesk } from './zoho-desk/simulator.ts';
import { zohoForms } from './zoho-forms/simulator.ts';
import { zohoInventory } from './zoho-inventory/simulator.ts';
import { zohoSalesIq } from './zoho-salesiq/simulator.ts';

/** Every simulated vendor. One line per simulator; Books after the CRM, whose records it is seeded with, Inventory after Books. */
export const simulators: readonly Simulator[] = [
  zohoAccounts,
  zohoCrm,
  zohoBooks,
  zohoInventory,
  zohoCampaigns,
  zohoCliq,
  zohoDesk,
  zohoSalesIq,
  zohoAnalytics,
  stripe,
  slack,
  googleAccounts,
  googleSheets,
  googleCalendar,
  googlePeople,
  microsoftAccounts,
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
  receiver,
];
