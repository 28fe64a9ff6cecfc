import { zohoCrm } from '../../connectors/zoho-crm/connector.ts';
import { asLiaisonError } from '../../core/errors.ts';
import type { VendorSetting } from '../../core/flow.ts';
import { languageOf, type Sentence } from '../../core/sentence.ts';
import type { Announcement } from './occasion.ts';

/** Modules that every CRM has, as people know them; others are written by their API names. */
const USUAL: Readonly<Record<string, Sentence>> = {
  Deals: { en: 'Deals', fr: 'Affaires' },
  Leads: { en: 'Leads', fr: 'Prospects' },
  Contacts: { en: 'Contacts', fr: 'Contacts' },
  Accounts: { en: 'Accounts', fr: 'Comptes' },
  Events: { en: 'Meetings', fr: 'Réunions' },
  Tasks: { en: 'Tasks', fr: 'Tâches' },
  Calls: { en: 'Calls', fr: 'Appels' },
  Products: { en: 'Products', fr: 'Produits' },
  Quotes: { en: 'Quotes', fr: 'Devis' },
  Sales_Orders: { en: 'Sales orders', fr: 'Commandes' },
  Invoices: { en: 'Invoices', fr: 'Factures' },
  Campaigns: { en: 'Campaigns', fr: 'Campagnes' },
  Cases: { en: 'Cases', fr: 'Tickets' },
};

/** A module of the organisation's CRM. */
export const moduleSetting: VendorSetting<Announcement> = {
  async offers({ organisation }) {
    const language = languageOf(organisation.locale);
    return Object.entries(USUAL).map(([value, titles]) => ({ value, title: titles[language], titles }));
  },

  async check({ client, settings: { module } }) {
    try {
      if ((await client(zohoCrm).fields(module)).length > 0) return null;
    } catch (thrown) {
      const error = asLiaisonError(thrown);
      if (error.kind !== 'rejected' && error.kind !== 'gone') throw error;
    }
    return {
      refused: {
        en: `Zoho CRM has no module “${module}”. Choose one from the list, or write the API name of one of your own (Setup › Developer Hub › APIs › API Names).`,
        fr: `Zoho CRM n’a pas de module «\u00a0${module}\u00a0». Choisissez-en un dans la liste, ou écrivez le nom API d’un des vôtres (Paramètres › Espace développeur › API › Noms API).`,
      },
    };
  },
};
