import { type Html, html } from '../page/html.ts';
import type { CrmView } from './crm-view.ts';

export interface WidgetFrame {
  /** Address below the server's, without `serviceOrigin`: the browser adds its own page's. */
  readonly page: 'record' | 'settings';
  /** What the widget hears at PageLoad; for a button it is made at the click. */
  readonly pageLoad: Readonly<Record<string, unknown>>;
}

export const widgetAddress = (view: CrmView, page: WidgetFrame['page']): string =>
  `${view.liaisonUrl}/widget/${page}.html`;

/** The place of a widget; the page's script puts the frame into it and speaks with it. */
export function widgetFrame(view: CrmView, { page, pageLoad }: WidgetFrame): Html {
  return html`<div class="widget" data-widget="${widgetAddress(view, page)}" data-page-load="${JSON.stringify(pageLoad)}"></div>`;
}

/** A button that opens the widget beside the page. The records are its own, or those ticked in a list. */
export function widgetButton(
  view: CrmView,
  { entity, ids, position }: { entity: string; ids: readonly string[] | 'ticked'; position: string },
): Html {
  const own = ids === 'ticked' ? html` data-ticked` : html` data-ids="${JSON.stringify(ids)}"`;
  return html`<button type="button" class="quiet" data-open-widget="${widgetAddress(view, 'record')}" data-entity="${entity}" data-position="${position}"${own}>Liaison</button>`;
}

/** Where a button's widget opens. */
export function widgetPanel(view: CrmView): Html {
  return html`<dialog class="panel" id="widget-panel" aria-labelledby="widget-panel-title" data-none="${view.t('Tick at least one record first.', 'Cochez d’abord au moins un enregistrement.')}">
<header><h2 id="widget-panel-title">Liaison</h2><button type="button" class="plain" data-close aria-label="${view.t('Close', 'Fermer')}">×</button></header>
<div class="widget" data-panel-widget></div></dialog>`;
}
