/**
 * Domains of Zoho's data centres, under which its apps are browsed.
 * https://www.zoho.com/crm/developer/docs/api/v8/multi-dc.html
 */
export const CRM_DOMAINS = [
  'zoho.com',
  'zoho.eu',
  'zoho.in',
  'zoho.com.au',
  'zoho.jp',
  'zohocloud.ca',
  'zoho.sa',
  'zoho.uk',
  'zoho.com.cn',
] as const;

/** Where the CRM is shown: by itself, as a sandbox of it, and inside Zoho's suites, whose page is then around it. */
const CRM_HOSTS = ['crm', 'crmsandbox', 'crmplus', 'one'] as const;

/** Every origin whose page may be around Liaison's: for `frame-ancestors`, and for what is believed to be the CRM. */
export const CRM_ORIGINS: readonly string[] = CRM_DOMAINS.flatMap((domain) =>
  CRM_HOSTS.map((host) => `https://${host}.${domain}`),
);

/** Zoho's own address of the script that speaks with the CRM. */
export const ZOHO_SDK_URL = 'https://live.zwidgets.com/js-sdk/1.2/ZohoEmbededAppSDK.min.js';

/**
 * What a page knows of the CRM before it speaks with it. It stands in the page itself, so that a server can
 * add its own to it when it serves the page, and a package of the pages needs no server for it.
 */
export const CRM_METAS = { origins: 'liaison-crm-origins', sdk: 'liaison-crm-sdk' } as const;

/**
 * The origin of the CRM's page, as the CRM tells it in the address; null when it does not, or says so in two
 * places: Zoho's script reads the last `serviceOrigin=` of the whole address, other readers the first.
 */
export function readServiceOrigin(href: string): string | null {
  if (href.split('serviceOrigin=').length !== 2) return null;
  return new URL(href).searchParams.get('serviceOrigin');
}

/** @param list origins, separated by spaces. An origin is taken as it stands: no path, no other case. */
export const isCrmOrigin = (origin: string, list: string): boolean =>
  /^https?:\/\/[^/\s]+$/.test(origin) && list.split(/\s+/).includes(origin);
