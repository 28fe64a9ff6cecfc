import type { VendorDesk } from '../core/simulator.ts';
import { displayName, recordsOf, shown } from '../zoho-crm/record.ts';
import { STAGES } from '../zoho-crm/stages.ts';
import type { Found } from './crm.ts';
import { shownValue } from './crm-value.ts';
import { empty, moment, rawRecord } from './format.ts';
import { type Html, html } from './html.ts';
import { layout } from './layout.ts';
import type { View } from './view.ts';

/** One record: its fields, what it is related to, its notes; of a deal also the stage, to be changed by hand. */
export function recordPage(view: View, desk: VendorDesk, { module, record }: Found, tabs: Html): Html {
  const values = shown(desk, module, record);
  const filled = module.fields.filter(({ apiName }) => apiName !== 'id' && (values[apiName] ?? '') !== '');
  return layout(view, {
    title: displayName(module, record) || module.singular,
    look: 'crm',
    still: html`${tabs}${module.apiName === 'Deals' && stageForm(view, record.id, String(record.Stage))}`,
    live: html`<dl class="facts">${filled.map(
      (field) =>
        html`<div><dt>${field.label}</dt><dd>${shownValue(view, field, values[field.apiName], values)}</dd></div>`,
    )}</dl>
<h2>${view.t('Notes', 'Notes')}</h2>${notes(view, desk, record.id)}
${related(view, desk, module.apiName, record.id)}
${rawRecord(view, record.id, record)}`,
  });
}

function stageForm(view: View, id: string, current: string): Html {
  return html`<form method="post" action="${view.to(`/crm/Deals/${id}`)}" class="fields">
<label>${view.t('Stage', 'Étape')}<select name="Stage">${Object.keys(STAGES).map(
    (stage) => html`<option${stage === current ? html` selected` : ''}>${stage}</option>`,
  )}</select></label><button>${view.t('Save', 'Enregistrer')}</button></form>`;
}

function notes(view: View, desk: VendorDesk, id: string): Html {
  const own = recordsOf(desk, 'Notes')
    .all()
    .filter(({ Parent_Id }) => (Parent_Id as { id?: string } | null)?.id === id)
    .toReversed();
  if (own.length === 0) return empty(view.t('No note yet.', 'Aucune note.'));
  return html`<ol class="history">${own.map(
    (note) =>
      html`<li>${moment(view, note.Created_Time)} <b>${String(note.Note_Title ?? '')}</b> ${String(note.Note_Content ?? '')}</li>`,
  )}</ol>`;
}

const RELATED: Readonly<Record<string, readonly { readonly module: string; readonly field: string }[]>> = {
  Accounts: [
    { module: 'Contacts', field: 'Account_Name' },
    { module: 'Deals', field: 'Account_Name' },
  ],
  Contacts: [{ module: 'Deals', field: 'Contact_Name' }],
};

function related(view: View, desk: VendorDesk, moduleName: string, id: string): Html[] {
  return (RELATED[moduleName] ?? []).map(({ module, field }) => {
    const own = recordsOf(desk, module)
      .all()
      .filter((record) => (record[field] as { id?: string } | null)?.id === id);
    const name = module === 'Contacts' ? 'Full_Name' : 'Deal_Name';
    return html`<h2>${module}</h2>${
      own.length === 0
        ? empty(view.t('None.', 'Aucun.'))
        : html`<ul class="links">${own.map((record) => html`<li><a href="${view.to(`/crm/${module}/${record.id}`)}">${String(record[name])}</a></li>`)}</ul>`
    }`;
  });
}
