import type { Connector } from '../server/core/connector.ts';
import { CRM_ORIGINS, ZOHO_SDK_URL } from '../widget/crm-origins.ts';

/** A page that the CRM shows, and where. For the CRM the console decides on the place: here it is told. */
interface WidgetPage {
  readonly name: string;
  readonly url: string;
  readonly location: string;
  readonly modules: readonly string[];
}

const MODULES = ['Contacts', 'Leads', 'Accounts', 'Deals'] as const;

const WIDGETS: readonly WidgetPage[] = [
  { name: 'Liaison', url: '/app/record.html', location: 'related list', modules: MODULES },
  { name: 'Liaison (button)', url: '/app/record.html', location: 'button', modules: MODULES },
  { name: 'Liaison settings', url: '/app/settings.html', location: 'web tab', modules: [] },
];

/**
 * What `plugin-manifest.json` must hold: the pages, and for every connector its hosts and what it asks
 * for. Zoho reads `service` alone for an extension of the CRM; the rest is for whoever reviews it.
 */
// biome-ignore lint/suspicious/noExplicitAny: each connector has a client type of its own.
export function manifestOf(connectors: readonly Connector<any>[]) {
  return {
    service: 'CRM',
    name: 'Liaison',
    locale: ['en', 'fr'],
    modules: { widgets: WIDGETS },
    framedBy: CRM_ORIGINS,
    scripts: [ZOHO_SDK_URL],
    connectors: connectors.map(({ id, titles, authorisation, hosts }) => ({
      id,
      name: titles.en,
      hosts: Object.keys(hosts).sort(),
      authorisation: authorisation.kind,
      scopes: authorisation.kind === 'oauth' ? authorisation.scopes.map(({ scope }) => scope) : [],
    })),
  };
}
