import type { ObjectDeclaration, VendorAccount } from '../../core/connector.ts';

/** Deals are still called potentials in the CRM's addresses. */
const inTab = (tab: string) => (id: string, account: VendorAccount) =>
  `${account.facts?.webUrl ?? 'https://crm.zoho.com/crm'}/tab/${tab}/${encodeURIComponent(id)}`;

export const objects: readonly ObjectDeclaration[] = [
  { id: 'zohoCrm.leads', titles: { en: 'Leads', fr: 'Prospects' }, url: inTab('Leads') },
  { id: 'zohoCrm.contacts', titles: { en: 'Contacts', fr: 'Contacts' }, url: inTab('Contacts') },
  { id: 'zohoCrm.accounts', titles: { en: 'Accounts', fr: 'Comptes' }, url: inTab('Accounts') },
  { id: 'zohoCrm.deals', titles: { en: 'Deals', fr: 'Affaires' }, url: inTab('Potentials') },
];
