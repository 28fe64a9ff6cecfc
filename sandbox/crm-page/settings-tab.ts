import { type Html, html } from '../page/html.ts';
import type { CrmView } from './crm-view.ts';
import { crmShell } from './shell.ts';
import { widgetFrame } from './widget-frame.ts';

/** Liaison's settings as a web tab: the widget is told of no record. */
export function settingsTab(view: CrmView): Html {
  return crmShell(view, {
    title: view.t('Settings', 'Réglages'),
    at: 'settings',
    content: html`<h1 class="hidden">${view.t('Liaison’s settings', 'Réglages de Liaison')}</h1>
<div class="web-tab">${widgetFrame(view, { page: 'settings', pageLoad: {} })}</div>`,
  });
}
