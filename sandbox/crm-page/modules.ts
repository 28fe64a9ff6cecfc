import type { View } from '../page/view.ts';

/** The modules that have pages here, in the order of their tabs. */
export const TABS = ['Leads', 'Contacts', 'Accounts', 'Deals'] as const;
export type Tab = (typeof TABS)[number];

export const isTab = (name: string): name is Tab => TABS.some((tab) => tab === name);

const TITLES: Readonly<Record<string, { en: readonly [string, string]; fr: readonly [string, string] }>> = {
  Leads: { en: ['Lead', 'Leads'], fr: ['Prospect', 'Prospects'] },
  Contacts: { en: ['Contact', 'Contacts'], fr: ['Contact', 'Contacts'] },
  Accounts: { en: ['Account', 'Accounts'], fr: ['Compte', 'Comptes'] },
  Deals: { en: ['Deal', 'Deals'], fr: ['Affaire', 'Affaires'] },
  Tasks: { en: ['Task', 'Open tasks'], fr: ['Tâche', 'Tâches'] },
  Events: { en: ['Meeting', 'Meetings'], fr: ['Réunion', 'Réunions'] },
};

export const singularOf = (view: View, module: string): string =>
  TITLES[module]?.[view.language][0] ?? module;
export const pluralOf = (view: View, module: string): string => TITLES[module]?.[view.language][1] ?? module;

/** Where a module's list stands; deals begin as a board. */
export const listPath = (tab: Tab): string => (tab === 'Deals' ? '/crm' : `/crm/${tab}`);
