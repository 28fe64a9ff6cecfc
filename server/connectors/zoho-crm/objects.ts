import type { ObjectDeclaration, VendorAccount } from '../../core/connector.ts';

type WithFacts = Pick<VendorAccount, 'facts'>;

/** Deals are still called potentials in the CRM's addresses. */
export const inTab = (tab: string) => (id: string, account: WithFacts) =>
  `${account.facts?.webUrl ?? 'https://crm.zoho.com/crm'}/tab/${tab}/${encodeURIComponent(id)}`;

export const objects: readonly ObjectDeclaration[] = [
  { id: 'zohoCrm.leads', titles: { en: 'Lead', fr: 'Prospect' }, url: inTab('Leads') },
  { id: 'zohoCrm.contacts', titles: { en: 'Contact', fr: 'Contact' }, url: inTab('Contacts') },
  { id: 'zohoCrm.accounts', titles: { en: 'Account', fr: 'Compte' }, url: inTab('Accounts') },
  { id: 'zohoCrm.events', titles: { en: 'Meeting', fr: 'Réunion' }, url: inTab('Activities') },
  { id: 'zohoCrm.deals', titles: { en: 'Deal', fr: 'Affaire' }, url: inTab('Potentials') },
];
