import { type Html, html } from '../page/html.ts';
import { workflowRulesOf } from '../zoho-crm/automation-rows.ts';
import { stagesOf } from '../zoho-crm/stages.ts';
import type { CrmView } from './crm-view.ts';
import { crmShell } from './shell.ts';

/**
 * What an administrator sets in the CRM: the stages of its deals, and its workflow rules.
 *
 * @param refused why what was just asked for was not done.
 */
export function setupPage(view: CrmView, refused?: string): Html {
  const { t } = view;
  return crmShell(view, {
    title: t('Setup', 'Configuration'),
    at: 'setup',
    content: html`<h1>${t('Setup', 'Configuration')}</h1>
${refused === undefined ? '' : html`<p class="refused" role="alert">${refused}</p>`}
<section><h2>${t('Stages of deals', 'Étapes des affaires')}</h2><ul class="setup-list">${stagesOf(
      view.crm,
    ).map(
      ({ id, value }) => html`<li><form method="post" action="/crm/-/stages/${id}">
<label><span class="hidden">${t('Stage', 'Étape')}</span><input name="value" value="${value}" required maxlength="120"></label>
<button name="do" value="rename">${t('Rename', 'Renommer')}</button>
<button name="do" value="delete" formnovalidate>${t('Delete', 'Supprimer')}</button></form></li>`,
    )}</ul>
<form method="post" action="/crm/-/stages"><label>${t('New stage', 'Nouvelle étape')} <input name="value" required maxlength="120"></label>
<button>${t('Add', 'Ajouter')}</button></form></section>
<section><h2>${t('Workflow rules', 'Règles de workflow')}</h2>${rules(view)}</section>`,
  });
}

function rules(view: CrmView): Html {
  const { t } = view;
  const all = workflowRulesOf(view.crm).all();
  if (all.length === 0) return html`<p>${t('There are none.', 'Il n’y en a aucune.')}</p>`;
  return html`<ul class="setup-list">${all.map(
    ({
      id,
      name,
      status,
    }) => html`<li><form method="post" action="/crm/-/rules/${id}"><span>${name} · ${status.active ? t('active', 'active') : t('switched off', 'désactivée')}</span>
<button name="do" value="${status.active ? 'off' : 'on'}">${status.active ? t('Switch off', 'Désactiver') : t('Switch on', 'Activer')}</button>
<button name="do" value="delete">${t('Delete', 'Supprimer')}</button></form></li>`,
  )}</ul>`;
}
