import type { DataCentre } from '../../../core/connector.ts';

export interface ZohoDataCentre extends DataCentre {
  /** Domain under which the apps of this data centre are browsed: `crm.<site>`, `books.<site>`. */
  readonly site: string;
}

const UNITED_STATES = centre('us', 'zoho.com', 'www.zohoapis.com', 'United States', 'États-Unis');

/**
 * Zoho's data centres: an organisation lives in one of them, and its tokens are good there only.
 * https://www.zoho.com/crm/developer/docs/api/v8/multi-dc.html
 */
export const ZOHO_DATA_CENTRES: readonly ZohoDataCentre[] = [
  UNITED_STATES,
  centre('eu', 'zoho.eu', 'www.zohoapis.eu', 'European Union', 'Union européenne'),
  centre('in', 'zoho.in', 'www.zohoapis.in', 'India', 'Inde'),
  centre('au', 'zoho.com.au', 'www.zohoapis.com.au', 'Australia', 'Australie'),
  centre('jp', 'zoho.jp', 'www.zohoapis.jp', 'Japan', 'Japon'),
  // Canada's sites stand under a domain of their own.
  centre('ca', 'zohocloud.ca', 'www.zohoapis.ca', 'Canada', 'Canada'),
  centre('sa', 'zoho.sa', 'www.zohoapis.sa', 'Saudi Arabia', 'Arabie saoudite'),
  centre('uk', 'zoho.uk', 'www.zohoapis.uk', 'United Kingdom', 'Royaume-Uni'),
  centre('cn', 'zoho.com.cn', 'www.zohoapis.com.cn', 'China', 'Chine'),
];

function centre(id: string, site: string, apiHost: string, en: string, fr: string): ZohoDataCentre {
  return {
    id,
    site,
    titles: { en, fr },
    accountsUrl: `https://accounts.${site}`,
    apiUrl: `https://${apiHost}`,
  };
}

/**
 * Hosts that a token of one of Zoho's apps may be sent to: the API and the accounts server of each data
 * centre. `service` is the sandbox's name for the app behind the API host.
 */
export function zohoHosts(service: string): Record<string, string> {
  return Object.fromEntries(
    ZOHO_DATA_CENTRES.flatMap(({ accountsUrl, apiUrl }) => [
      [new URL(apiUrl).hostname, service],
      [new URL(accountsUrl).hostname, 'zoho-accounts'],
    ]),
  );
}

/** The data centre whose API this is; Zoho's first one, in the United States, where none is named. */
export function dataCentreOf(apiUrl: string | null): ZohoDataCentre {
  const found = ZOHO_DATA_CENTRES.find((dataCentre) => dataCentre.apiUrl === apiUrl);
  return found ?? UNITED_STATES;
}
