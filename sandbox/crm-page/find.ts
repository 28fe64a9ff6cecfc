import { type Html, html } from '../page/html.ts';
import type { CrmModule } from '../zoho-crm/modules.ts';
import { type CrmRecord, shown } from '../zoho-crm/record.ts';
import type { CrmView } from './crm-view.ts';
import { COLUMNS } from './rows.ts';

/** Neither case nor accents tell two words apart. */
const folded = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

const textOf = (value: unknown): string =>
  typeof value === 'object' && value !== null && 'name' in value ? String(value.name) : String(value ?? '');

/** The records of which the list shows every word that was typed, wherever in it. */
export function matching(
  view: CrmView,
  module: CrmModule,
  records: readonly CrmRecord[],
  typed: string,
): readonly CrmRecord[] {
  const words = folded(typed).split(/\s+/).filter(Boolean);
  if (words.length === 0) return records;
  const columns = COLUMNS[module.apiName] ?? [module.nameField];
  return records.filter((record) => {
    const text = folded(
      Object.values(shown(view.crm, module, record, columns))
        .map(textOf)
        .join(' '),
    );
    return words.every((word) => text.includes(word));
  });
}

/** The box above a list; it asks for the same page again, so that a search can be kept as a link. */
export function findForm(view: CrmView, path: string, typed: string): Html {
  const lang = new URL(view.to(path), 'http://sandbox').searchParams.get('lang');
  return html`<form class="find" role="search" method="get" action="${path}">${lang !== null && html`<input type="hidden" name="lang" value="${lang}">`}
<input type="search" name="q" value="${typed}" aria-label="${view.t('Search this list', 'Rechercher dans la liste')}" placeholder="${view.t('Name, company, e-mail…', 'Nom, société, e-mail…')}">
<button>${view.t('Search', 'Rechercher')}</button>${typed !== '' && html` <a href="${view.to(path)}">${view.t('Show all', 'Tout afficher')}</a>`}</form>`;
}
