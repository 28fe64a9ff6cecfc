import type { Connector } from '../core/connector.ts';
import { googleCalendar } from './google-calendar/connector.ts';
import { googlePeople } from './google-people/connector.ts';
import { googleSheets } from './google-sheets/connector.ts';
import { mailchimp } from './mailchimp/connector.ts';
import { slack } from './slack/connector.ts';
import { stripe } from './stripe/connector.ts';
import { zohoBooks } from './zoho-books/connector.ts';
import { zohoCrm } from './zoho-crm/connector.ts';

/**
 * Every connector: one line for each folder. Folders without a `connector.ts` are families: plain data and
 * functions that several connectors of one vendor share (`zoho`), and no connector themselves.
 */
// biome-ignore lint/suspicious/noExplicitAny: each connector has a client type of its own.
export const connectors: readonly Connector<any>[] = [
  zohoCrm,
  zohoBooks,
  slack,
  stripe,
  googleSheets,
  googlePeople,
  googleCalendar,
  mailchimp,
];
