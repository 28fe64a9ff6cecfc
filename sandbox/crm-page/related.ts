import type { VendorDesk } from '../core/simulator.ts';
import { empty } from '../page/format.ts';
import { type Html, html } from '../page/html.ts';
import { catalogueOf } from '../zoho-crm/catalogue.ts';
import { type CrmRecord, recordsOf } from '../zoho-crm/record.ts';
import type { CrmView } from './crm-view.ts';
import { pluralOf } from './modules.ts';
import { rowsOf } from './rows.ts';

/** Which modules point to a record of a module, and by which field. */
const RELATED: Readonly<Record<string, readonly (readonly [module: string, field: string])[]>> = {
  Leads: [
    ['Events', 'What_Id'],
    ['Tasks', 'What_Id'],
  ],
  Contacts: [
    ['Deals', 'Contact_Name'],
    ['Events', 'Who_Id'],
    ['Tasks', 'Who_Id'],
  ],
  Accounts: [
    ['Contacts', 'Account_Name'],
    ['Deals', 'Account_Name'],
    ['Events', 'What_Id'],
    ['Tasks', 'What_Id'],
  ],
  Deals: [
    ['Events', 'What_Id'],
    ['Tasks', 'What_Id'],
  ],
};

export const relatedModules = (module: string): string[] => (RELATED[module] ?? []).map(([name]) => name);

/** The records of one related list: those that point to this one; undefined where there is no such list. */
export function relatedRecords(
  desk: VendorDesk,
  module: string,
  id: string,
  list: string,
): CrmRecord[] | undefined {
  const field = list === 'Notes' ? 'Parent_Id' : RELATED[module]?.find(([name]) => name === list)?.[1];
  if (field === undefined) return undefined;
  return recordsOf(desk, list)
    .all()
    .filter((record) => (record[field] as { id?: string } | null | undefined)?.id === id)
    .toReversed();
}

export function relatedLists(view: CrmView, moduleName: string, id: string): Html[] {
  return relatedModules(moduleName).map((name) => {
    const module = catalogueOf(view.crm).module(name);
    const own = relatedRecords(view.crm, moduleName, id, name) ?? [];
    return html`<section class="card" id="list-${name}"><h2>${pluralOf(view, name)} <small>${own.length}</small></h2>${
      module && own.length > 0 ? rowsOf(view, module, own) : empty(view.t('None.', 'Aucun élément.'))
    }</section>`;
  });
}
