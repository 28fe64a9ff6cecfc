import { bodyOf } from '../core/body.ts';
import type { VendorDesk } from '../core/simulator.ts';
import { editRecord } from '../zoho-crm/acts.ts';
import { catalogueOf } from '../zoho-crm/catalogue.ts';
import type { CrmModule } from '../zoho-crm/modules.ts';
import { type CrmRecord, recordsOf, shown } from '../zoho-crm/record.ts';
import { STAGES } from '../zoho-crm/stages.ts';
import { crmBoard } from './crm-board.ts';
import { recordPage } from './crm-record.ts';
import { shownValue } from './crm-value.ts';
import { empty } from './format.ts';
import { type Html, html, type Part } from './html.ts';
import { layout } from './layout.ts';
import type { Mount } from './router.ts';
import { table } from './table.ts';
import type { View } from './view.ts';

const TABS = ['Deals', 'Contacts', 'Accounts', 'Leads'] as const;
const SHOWN = 200;

/** The CRM's own screens: lists, records, and the board of deals. What is changed here, a person changed. */
export function crmPages(mount: Mount): void {
  mount('get', '/crm', (view) => {
    const desk = view.desk('zoho-crm');
    return desk && listPage(view, desk, 'Deals', true);
  });
  mount('get', '/crm/:module', (view, request) => {
    const desk = view.desk('zoho-crm');
    const name = TABS.find((tab) => tab === request.params.module);
    return desk && name && listPage(view, desk, name, false);
  });
  mount('get', '/crm/:module/:id', (view, request) => {
    const desk = view.desk('zoho-crm');
    const found = desk && recordAt(desk, String(request.params.module), String(request.params.id));
    return found && recordPage(view, desk, found, tabs(view, found.module.apiName));
  });
  mount('post', '/crm/Deals/:id', (view, request) => {
    const desk = view.desk('zoho-crm');
    const found = desk && recordAt(desk, 'Deals', String(request.params.id));
    const { Stage } = bodyOf(request).form;
    if (!found || Stage === undefined || !(Stage in STAGES)) return undefined;
    // Saving what is already there is no edit, and runs no rule.
    if (found.record.Stage !== Stage) editRecord(desk, 'Deals', found.record.id, { Stage });
    return { goTo: view.to(`/crm/Deals/${found.record.id}`) };
  });
}

export interface Found {
  readonly module: CrmModule;
  readonly record: CrmRecord;
}

function recordAt(desk: VendorDesk, name: string, id: string): Found | undefined {
  const module = TABS.some((tab) => tab === name) ? catalogueOf(desk).module(name) : undefined;
  const record = module && recordsOf(desk, name).get(id);
  return record && { module, record };
}

const COLUMNS: Readonly<Record<(typeof TABS)[number], readonly string[]>> = {
  Deals: ['Deal_Name', 'Account_Name', 'Stage', 'Amount', 'Closing_Date', 'Owner'],
  Contacts: ['Full_Name', 'Account_Name', 'Email', 'Phone', 'Title', 'Owner'],
  Accounts: ['Account_Name', 'Industry', 'Phone', 'Website', 'Billing_City', 'Owner'],
  Leads: ['Full_Name', 'Company', 'Email', 'Phone', 'Lead_Source', 'Lead_Status', 'Owner'],
};

function tabs(view: View, current: string): Html {
  return html`<nav class="tabs" aria-label="${view.t('CRM modules', 'Modules du CRM')}"><ul>${TABS.map(
    (tab) =>
      html`<li><a href="${view.to(tab === 'Deals' ? '/crm' : `/crm/${tab}`)}"${tab === current ? html` aria-current="true"` : ''}>${MODULE_TITLES[tab][view.language]}</a></li>`,
  )}</ul></nav>`;
}

const MODULE_TITLES = {
  Deals: { en: 'Deals', fr: 'Deals' },
  Contacts: { en: 'Contacts', fr: 'Contacts' },
  Accounts: { en: 'Accounts', fr: 'Comptes' },
  Leads: { en: 'Leads', fr: 'Pistes' },
} as const;

function listPage(view: View, desk: VendorDesk, name: (typeof TABS)[number], board: boolean): Html {
  const module = catalogueOf(desk).module(name);
  const records = [...recordsOf(desk, name).all()].reverse();
  const switched =
    name === 'Deals' &&
    html`<p><a class="switch" href="${view.to(board ? '/crm/Deals' : '/crm')}">${board ? view.t('as a list', 'en liste') : view.t('as a board', 'en tableau')}</a></p>`;
  const content: Part =
    records.length === 0
      ? empty(view.t('There is no record here.', 'Il n’y a aucun enregistrement ici.'))
      : board
        ? crmBoard(view, desk, records)
        : module && list(view, desk, module, COLUMNS[name], records);
  return layout(view, {
    title: 'CRM',
    look: 'crm',
    rawOf: 'zoho-crm',
    still: tabs(view, name),
    live: html`${switched}${content}`,
  });
}

function list(
  view: View,
  desk: VendorDesk,
  module: CrmModule,
  columns: readonly string[],
  records: readonly CrmRecord[],
): Html {
  const rows = records
    .slice(0, SHOWN)
    .map((record) => shown(desk, module, record, [...columns, 'Currency', 'id']));
  return table(
    module.plural,
    columns.map((apiName, index) => {
      const field = module.fields.find((one) => one.apiName === apiName);
      return {
        title: field?.label ?? apiName,
        number: field?.type === 'currency',
        cell: (row: Record<string, unknown>) => {
          const value = shownValue(view, field, row[apiName], row);
          return index === 0
            ? html`<a href="${view.to(`/crm/${module.apiName}/${String(row.id)}`)}">${value}</a>`
            : value;
        },
      };
    }),
    rows,
  );
}
