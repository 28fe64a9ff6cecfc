import { empty, moment, rawRecord } from '../page/format.ts';
import { type Html, html } from '../page/html.ts';
import type { CrmModule } from '../zoho-crm/modules.ts';
import { type CrmRecord, displayName, shown } from '../zoho-crm/record.ts';
import { stagesOf } from '../zoho-crm/stages.ts';
import { attachmentList } from './attachments.ts';
import type { CrmView } from './crm-view.ts';
import { initialsOf } from './face.ts';
import { labelOf } from './field-labels.ts';
import { pluralOf, singularOf, type Tab } from './modules.ts';
import { relatedLists, relatedModules, relatedRecords } from './related.ts';
import { crmShell } from './shell.ts';
import { shownValue } from './value.ts';
import { widgetButton, widgetFrame, widgetPanel } from './widget-frame.ts';

export interface Found {
  readonly module: CrmModule & { readonly apiName: Tab };
  readonly record: CrmRecord;
}

/** One record: its fields, Liaison as a related list and as a button, its notes and what it is related to. */
export function recordPage(view: CrmView, { module, record }: Found): Html {
  const name = displayName(module, record) || singularOf(view, module.apiName);
  const lists = relatedModules(module.apiName);
  return crmShell(view, {
    title: name,
    at: module.apiName,
    content: html`<div class="heading record">
<span class="face" aria-hidden="true">${initialsOf(name)}</span>
<div class="title"><h1>${name}</h1><p class="under">${under(view, { module, record })}</p></div>
<div class="actions">${module.apiName === 'Deals' && stageForm(view, record.id, String(record.Stage))}${widgetButton(view, { entity: module.apiName, ids: [record.id], position: 'DetailView' })}</div></div>
<div class="columns">
<nav class="lists" aria-label="${view.t('On this record', 'Sur cette fiche')}"><ul>
<li><a href="#details">${view.t('Details', 'Détails')}</a></li><li><a href="#liaison">Liaison</a></li><li><a href="#notes">Notes</a></li><li><a href="#attachments">${view.t('Attachments', 'Pièces jointes')}</a></li>
${lists.map((list) => html`<li><a href="#list-${list}">${pluralOf(view, list)}</a></li>`)}</ul></nav>
<div class="stack">
<div data-live><section class="card" id="details"><h2>${view.t('Details', 'Détails')}</h2>${facts(view, { module, record })}</section></div>
<section class="card flush" id="liaison"><h2>Liaison</h2>${widgetFrame(view, { page: 'record', pageLoad: { Entity: module.apiName, EntityId: record.id } })}</section>
<div class="stack" data-live><section class="card" id="notes"><h2>Notes</h2>${notes(view, module.apiName, record.id)}</section>
<section class="card" id="attachments"><h2>${view.t('Attachments', 'Pièces jointes')}</h2>${attachmentList(view, module.apiName, record.id)}</section>
${relatedLists(view, module.apiName, record.id)}
${rawRecord(view, record.id, record)}</div>
</div></div>
${widgetPanel(view)}`,
  });
}

/** What stands below a record's name. */
function under(view: CrmView, { module, record }: Found): Html {
  const values = shown(view.crm, module, record);
  const of = (apiName: string) =>
    shownValue(
      view,
      module.fields.find((one) => one.apiName === apiName),
      values[apiName],
      values,
    );
  const parts = {
    Leads: ['Designation', 'Company'],
    Contacts: ['Title', 'Account_Name'],
    Accounts: ['Industry', 'Billing_City'],
    Deals: ['Account_Name', 'Amount'],
  }[module.apiName].filter((apiName) => (values[apiName] ?? '') !== '');
  return html`${singularOf(view, module.apiName)}${parts.map((apiName) => html` · ${of(apiName)}`)} · ${record.Owner.name}`;
}

const UNSHOWN = new Set(['id', 'Exchange_Rate']);
/** What the CRM notes by itself stands last. */
const SYSTEM = new Set(['Owner', 'Created_By', 'Modified_By', 'Created_Time', 'Modified_Time']);

function facts(view: CrmView, { module, record }: Found): Html {
  const values = shown(view.crm, module, record);
  const filled = module.fields
    .filter(({ apiName }) => !UNSHOWN.has(apiName) && (values[apiName] ?? '') !== '')
    .sort((left, right) => Number(SYSTEM.has(left.apiName)) - Number(SYSTEM.has(right.apiName)));
  return html`<dl class="facts">${filled.map(
    (field) =>
      html`<div><dt>${labelOf(view, field)}</dt><dd>${shownValue(view, field, values[field.apiName], values)}</dd></div>`,
  )}</dl>`;
}

function stageForm(view: CrmView, id: string, current: string): Html {
  return html`<form method="post" action="${view.to(`/crm/Deals/${id}`)}">
<label><span>${view.t('Stage', 'Étape')}</span> <select name="Stage">${stagesOf(view.crm).map(
    ({ value: stage }) => html`<option${stage === current ? html` selected` : ''}>${stage}</option>`,
  )}</select></label><button>${view.t('Save', 'Enregistrer')}</button></form>`;
}

function notes(view: CrmView, module: string, id: string): Html {
  const own = relatedRecords(view.crm, module, id, 'Notes') ?? [];
  if (own.length === 0) return empty(view.t('No note yet.', 'Aucune note.'));
  return html`<ol class="history">${own.map(
    (note) =>
      html`<li>${moment(view, note.Created_Time)} <b>${String(note.Note_Title ?? '')}</b> ${String(note.Note_Content ?? '')}</li>`,
  )}</ol>`;
}
