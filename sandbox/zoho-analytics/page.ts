import { counted, empty } from '../page/format.ts';
import { type Html, html } from '../page/html.ts';
import { layout } from '../page/layout.ts';
import { anchorOf, table } from '../page/table.ts';
import type { VendorPages } from '../page/vendor-pages.ts';
import type { View } from '../page/view.ts';
import { analyticsTables, type ColumnRow, type Value } from './rows.ts';

const PATH = '/view/analytics';
/** Of a table, the last rows: enough to see what an import did. */
const SHOWN = 50;

/** The tables of each workspace, as people read them. */
export const analyticsPages: VendorPages = {
  place: { path: PATH, en: 'Analytics', fr: 'Analytics' },
  opens: {
    host: /^analytics\.zoho/,
    page(_view, { pathname }) {
      const id = /\/view\/(\d+)/.exec(pathname)?.[1];
      return id === undefined ? PATH : `${PATH}#${anchorOf(id)}`;
    },
  },
  mount(mount) {
    mount('get', PATH, (view) => {
      const desk = view.desk('zoho-analytics');
      if (!desk) return undefined;
      const { workspaces, views, data } = analyticsTables(desk);
      const live = workspaces.all().map((workspace) => {
        const own = views.all().filter((one) => one.workspace === workspace.id && one.type === 'Table');
        return html`<h2>${workspace.name}</h2>${own.map(
          ({ id, name, columns }) =>
            html`<h3 id="${anchorOf(id)}">${name}</h3>${rowsOf(view, name, columns, data.get(id)?.rows ?? [])}`,
        )}`;
      });
      return layout(view, { title: 'Zoho Analytics', rawOf: 'zoho-analytics', live });
    });
  },
};

function rowsOf(
  view: View,
  name: string,
  columns: readonly ColumnRow[],
  rows: readonly (readonly Value[])[],
): Html {
  if (rows.length === 0) return empty(view.t('The table holds no rows.', 'La table n’a aucune ligne.'));
  const shown = rows.slice(-SHOWN);
  return html`<p>${counted(view, rows.length, 'row', 'ligne')}</p>${table<readonly Value[]>(
    name,
    columns.map((column, index) => ({
      title: column.name,
      cell: (row) => row[index] ?? '–',
      number: ['NUMBER', 'POSITIVE_NUMBER', 'DECIMAL_NUMBER', 'CURRENCY', 'PERCENT'].includes(column.type),
    })),
    shown,
  )}`;
}
