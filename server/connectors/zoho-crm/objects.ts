import type { ObjectDeclaration, VendorAccount } from '../../core/connector.ts';

type WithFacts = Pick<VendorAccount, 'facts'>;

/** Deals are still called potentials in the CRM's addresses. */
export const inTab = (tab: string) => (id: string, account: WithFacts) =>
  `${account.facts?.webUrl ?? 'https://crm.zoho.com/crm'}/tab/${tab}/${encodeURIComponent(id)}`;

const TABS: Readonly<Record<string, string>> = {
  Deals: 'Potentials',
  Events: 'Activities',
  Tasks: 'Activities',
  Calls: 'Activities',
  Sales_Orders: 'SalesOrders',
  Purchase_Orders: 'PurchaseOrders',
  Price_Books: 'PriceBooks',
};
/** Under which name the CRM's addresses have a module. */
export const tabOf = (module: string): string => TABS[module] ?? module;

export const objects: readonly ObjectDeclaration[] = [
  { id: 'zohoCrm.leads', titles: { en: 'Lead', fr: 'Prospect' }, url: inTab('Leads') },
  { id: 'zohoCrm.contacts', titles: { en: 'Contact', fr: 'Contact' }, url: inTab('Contacts') },
  { id: 'zohoCrm.accounts', titles: { en: 'Account', fr: 'Compte' }, url: inTab('Accounts') },
  { id: 'zohoCrm.events', titles: { en: 'Meeting', fr: 'Réunion' }, url: inTab('Activities') },
  { id: 'zohoCrm.deals', titles: { en: 'Deal', fr: 'Affaire' }, url: inTab('Potentials') },
];
