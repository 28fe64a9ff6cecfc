import { empty } from '../page/format.ts';
import { type Html, html } from '../page/html.ts';
import { withQuery } from '../page/view.ts';
import { catalogueOf } from '../zoho-crm/catalogue.ts';
import { recordsOf } from '../zoho-crm/record.ts';
import { board } from './board.ts';
import type { CrmView } from './crm-view.ts';
import { findForm, matching } from './find.ts';
import { pluralOf, type Tab } from './modules.ts';
import { rowsOf } from './rows.ts';
import { crmShell } from './shell.ts';
import { widgetButton, widgetPanel } from './widget-frame.ts';

const SHOWN = 200;

/** A module's records, the newest first; deals also by stage. */
export function listPage(view: CrmView, tab: Tab, look: 'board' | 'table', typed = ''): Html {
  const module = catalogueOf(view.crm).module(tab);
  const all = recordsOf(view.crm, tab).all().toReversed();
  const records = module ? matching(view, module, all, typed) : all;
  const shown = records.slice(0, SHOWN);
  const content =
    records.length === 0 || !module
      ? empty(
          typed === ''
            ? view.t('There is no record here.', 'Il n’y a aucun enregistrement ici.')
            : view.t(
                'No record matches this search.',
                'Aucun enregistrement ne correspond à cette recherche.',
              ),
        )
      : look === 'board'
        ? board(view, records)
        : rowsOf(view, module, shown, { tickable: true });
  return crmShell(view, {
    title: pluralOf(view, tab),
    at: tab,
    content: html`<div class="heading"><h1>${pluralOf(view, tab)}</h1><span class="count">${countOf(view, records.length)}</span>
<div class="actions">${look === 'table' && widgetButton(view, { entity: tab, ids: 'ticked', position: 'ListView' })}${lookSwitch(view, tab, look)}${rawSwitch(view)}</div></div>
${look === 'table' && findForm(view, `/crm/${tab}`, typed)}<div data-live>${view.raw ? rawRows(view) : content}</div>
${look === 'table' && widgetPanel(view)}`,
  });
}

function countOf(view: CrmView, all: number): string {
  const words = view.t(all === 1 ? 'record' : 'records', all < 2 ? 'enregistrement' : 'enregistrements');
  return all > SHOWN
    ? view.t(`${all} ${words}, the newest ${SHOWN}`, `${all} ${words}, les ${SHOWN} derniers`)
    : `${all} ${words}`;
}

function lookSwitch(view: CrmView, tab: Tab, look: 'board' | 'table'): Html | false {
  if (tab !== 'Deals') return false;
  return look === 'board'
    ? html`<a href="${view.to('/crm/Deals')}">${view.t('as a list', 'en liste')}</a>`
    : html`<a href="${view.to('/crm')}">${view.t('as a board', 'en tableau')}</a>`;
}

function rawSwitch(view: CrmView): Html {
  const target = view.raw ? view.to(view.path) : withQuery(view.to(view.path), 'raw', '1');
  return html`<a href="${target}">${view.raw ? view.t('as people see it', 'comme on le voit') : view.t('raw', 'brut')}</a>`;
}

function rawRows(view: CrmView): Html {
  return html`<pre class="rows">${JSON.stringify(view.parts.tables.state('zoho-crm'), null, 2)}</pre>`;
}
