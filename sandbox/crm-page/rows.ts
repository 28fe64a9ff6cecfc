import { type Html, html, type Part } from '../page/html.ts';
import type { CrmModule } from '../zoho-crm/modules.ts';
import { type CrmRecord, shown } from '../zoho-crm/record.ts';
import type { CrmView } from './crm-view.ts';
import { labelOf } from './field-labels.ts';
import { isTab } from './modules.ts';
import { shownValue } from './value.ts';

/** Which fields a list shows; the first leads to the record. */
export const COLUMNS: Readonly<Record<string, readonly string[]>> = {
  Deals: ['Deal_Name', 'Account_Name', 'Stage', 'Amount', 'Closing_Date', 'Owner'],
  Contacts: ['Full_Name', 'Account_Name', 'Email', 'Phone', 'Title', 'Owner'],
  Accounts: ['Account_Name', 'Industry', 'Phone', 'Website', 'Billing_City', 'Owner'],
  Leads: ['Full_Name', 'Company', 'Email', 'Phone', 'Lead_Source', 'Lead_Status', 'Owner'],
  Events: ['Event_Title', 'Start_DateTime', 'End_DateTime', 'Venue'],
  Tasks: ['Subject', 'Due_Date', 'Status', 'Priority'],
};

/** Records of one module as a table. @param tickable with a box before each, for what is done to several. */
export function rowsOf(
  view: CrmView,
  module: CrmModule,
  records: readonly CrmRecord[],
  { columns = COLUMNS[module.apiName] ?? [module.nameField], tickable = false } = {},
): Html {
  const fields = columns.flatMap((name) => module.fields.find(({ apiName }) => apiName === name) ?? []);
  const rows = records.map((record) => shown(view.crm, module, record, [...columns, 'Currency', 'id']));
  const number = (type: string): Part => (type === 'currency' ? html` class="number"` : '');
  const nameOf = (row: Record<string, unknown>) => String(row[module.nameField] ?? row.id);
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${module.plural}"><table>
<thead><tr>${tickable && html`<th scope="col" class="tick"><span class="hidden">${view.t('Tick', 'Cocher')}</span></th>`}${fields.map(
    (field) => html`<th scope="col"${number(field.type)}>${labelOf(view, field)}</th>`,
  )}</tr></thead>
<tbody>${rows.map(
    (row) =>
      html`<tr>${tickable && html`<td class="tick"><input type="checkbox" data-tick value="${String(row.id)}" aria-label="${nameOf(row)}"></td>`}${fields.map(
        (field, index) => {
          const value = shownValue(view, field, row[field.apiName], row);
          const leads = index === 0 && isTab(module.apiName);
          return html`<td${number(field.type)}>${leads ? html`<a href="${view.to(`/crm/${module.apiName}/${String(row.id)}`)}">${value}</a>` : value}</td>`;
        },
      )}</tr>`,
  )}</tbody></table></div>`;
}
