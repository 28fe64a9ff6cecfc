import { zohoCrm } from '../../connectors/zoho-crm/connector.ts';
import { asLiaisonError } from '../../core/errors.ts';
import type { VendorSetting } from '../../core/flow.ts';
import type { Announcement } from './occasion.ts';

/** Modules that every CRM has; others are written by their API names. */
const USUAL = [
  'Deals',
  'Leads',
  'Contacts',
  'Accounts',
  'Events',
  'Tasks',
  'Calls',
  'Products',
  'Quotes',
  'Sales_Orders',
  'Invoices',
  'Campaigns',
  'Cases',
];

/** A module of the organisation's CRM. */
export const moduleSetting: VendorSetting<Announcement> = {
  offers: async () => USUAL.map((module) => ({ value: module, title: module.replaceAll('_', ' ') })),

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
        fr: `Zoho CRM n’a pas de module « ${module} ». Choisissez-en un dans la liste, ou écrivez le nom API d’un des vôtres (Paramètres › Espace développeur › API › Noms API).`,
      },
    };
  },
};
