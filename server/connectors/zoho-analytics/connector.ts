import type { Connector } from '../../core/connector.ts';
import { zohoAuthorisation } from '../families/zoho/authorisation.ts';
import { zohoCentresAt, zohoHosts } from '../families/zoho/data-centres.ts';
import { type ZohoAnalyticsClient, zohoAnalyticsClient } from './client.ts';
import { classify } from './failures.ts';
import { scopes } from './scopes.ts';
import { trial } from './trial.ts';

const CENTRES = zohoCentresAt('analyticsapi');

export const TABLES = 'zohoAnalytics.tables';

export const zohoAnalytics: Connector<ZohoAnalyticsClient> = {
  id: 'zoho-analytics',
  titles: { en: 'Zoho Analytics', fr: 'Zoho Analytics' },
  mark: 'M2.5 13.5h11M4.5 11V8M8 11V3.5M11.5 11V6',
  authorisation: zohoAuthorisation(scopes, CENTRES),
  hosts: zohoHosts('zoho-analytics', CENTRES),
  // A minute: https://www.zoho.com/analytics/api/v2/api-limits-pricing/api-frequency.html
  budgets: [
    { calls: 100, perMs: 60_000 },
    { calls: 40, perMs: 60_000, of: /^(GET|POST) \/restapi\/v2\/bulk\// },
    { calls: 60, perMs: 60_000, of: /^(GET|POST) \/restapi\/v2\/(orgs|workspaces|views)/ },
  ],
  objects: [{ id: TABLES, titles: { en: 'Table', fr: 'Table' }, url: tableUrl }],
  fieldTitles: { CONFIG: { en: 'Table and columns', fr: 'Table et colonnes' } },
  trial,
  client: zohoAnalyticsClient,
  identify: (client) => client.whose(),
  classify,
};

/** Records of a table are named `<workspace>/<table>`; one that is not made yet has no page. */
function tableUrl(id: string, { facts }: { readonly facts?: Readonly<Record<string, string>> }): string {
  const [workspace = '', table = ''] = id.split('/');
  const base = facts?.webUrl ?? 'https://analytics.zoho.com';
  const at = /^\d+$/.test(table) ? `/view/${table}` : '';
  return `${base}/workspace/${encodeURIComponent(workspace)}${at}`;
}
