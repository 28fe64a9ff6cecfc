import type { DataCentre } from '../../core/connector.ts';

export interface ZohoDataCentre extends DataCentre {
  /** Domain under which the apps of this data centre are browsed: `crm.<site>`, `books.<site>`. */
  readonly site: string;
}

/**
 * Zoho's data centres: an organisation lives in one of them, and its tokens are good there only.
 * https://www.zoho.com/crm/developer/docs/api/v8/multi-dc.html
 */
export const ZOHO_DATA_CENTRES: readonly ZohoDataCentre[] = [
  centre('us', 'zoho.com', 'www.zohoapis.com'),
  centre('eu', 'zoho.eu', 'www.zohoapis.eu'),
  centre('in', 'zoho.in', 'www.zohoapis.in'),
  centre('au', 'zoho.com.au', 'www.zohoapis.com.au'),
  centre('jp', 'zoho.jp', 'www.zohoapis.jp'),
  // Canada's sites stand under a domain of their own.
  centre('ca', 'zohocloud.ca', 'www.zohoapis.ca'),
  centre('sa', 'zoho.sa', 'www.zohoapis.sa'),
  centre('uk', 'zoho.uk', 'www.zohoapis.uk'),
  centre('cn', 'zoho.com.cn', 'www.zohoapis.com.cn'),
];

function centre(id: string, site: string, apiHost: string): ZohoDataCentre {
  return { id, site, accountsUrl: `https://accounts.${site}`, apiUrl: `https://${apiHost}` };
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
  return found ?? centre('us', 'zoho.com', 'www.zohoapis.com');
}
