import type { VendorDesk } from '../core/simulator.ts';
import { counted, empty, moment, pill, rawRecord } from '../page/format.ts';
import { html } from '../page/html.ts';
import { layout } from '../page/layout.ts';
import { anchorOf, table } from '../page/table.ts';
import type { VendorPages } from '../page/vendor-pages.ts';
import type { View } from '../page/view.ts';
import { blocksOf } from './blocks.ts';
import { notionTables, type PageRow, type SourceRow } from './rows.ts';
import { shownValue } from './shown-value.ts';
import { titleOf } from './views.ts';

const PATH = '/view/notion';
const SHOWN = 100;

/** The workspace's data sources as tables, and what stands in each page. */
export const notionPages: VendorPages = {
  place: { path: PATH, en: 'Notion', fr: 'Notion' },
  opens: {
    host: /(^|\.)notion\.so$/,
    page(_view, { pathname }) {
      const [id] = /[0-9a-f]{32}$/.exec(pathname.replaceAll('-', '')) ?? [];
      if (id === undefined) return PATH;
      return `${PATH}#${anchorOf(id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'))}`;
    },
  },
  mount(mount) {
    mount('get', PATH, (view) => {
      const desk = view.desk('notion');
      if (!desk) return undefined;
      const { sources, databases } = notionTables(desk);
      const shown = sources.all().filter(({ databaseId }) => databases.get(databaseId)?.shared);
      return layout(view, {
        title: 'Notion',
        rawOf: 'notion',
        live: html`${shown.map((source) => html`<h2>${source.name}</h2>${pagesOf(view, desk, source)}`)}`,
      });
    });
  },
};

function pagesOf(view: View, desk: VendorDesk, source: SourceRow) {
  const rows = notionTables(desk)
    .pages.all()
    .filter(({ sourceId }) => sourceId === source.id)
    .toReversed()
    .slice(0, SHOWN);
  if (rows.length === 0) return empty(view.t('No page yet.', 'Aucune page pour l’instant.'));
  const filled = source.properties.filter(
    ({ id, type }) => type !== 'title' && rows.some(({ values }) => values[id] !== undefined),
  );
  return table(
    source.name,
    [
      {
        title: view.t('Page', 'Page'),
        cell: (row: PageRow) =>
          html`<b>${titleOf(row) || view.t('Untitled', 'Sans titre')}</b>${row.inTrash ? html` ${pill(view.t('In the trash', 'À la corbeille'), 'bad')}` : ''}${bodyOf(view, desk, row)}`,
      },
      ...filled.map((property) => ({
        title: property.name,
        cell: (row: PageRow) => shownValue(desk, property, row),
      })),
      {
        title: view.t('Changed', 'Modifiée'),
        cell: (row: PageRow) => moment(view, new Date(row.editedAt).toISOString()),
      },
      { title: '', cell: (row: PageRow) => rawRecord(view, row.id, row) },
    ],
    rows,
    ({ id }) => id,
  );
}

function bodyOf(view: View, desk: VendorDesk, page: PageRow) {
  const blocks = blocksOf(desk, page.id);
  if (blocks.length === 0) return '';
  return html`<details><summary>${counted(view, blocks.length, 'line', 'ligne')}</summary>${blocks.map(({ text }) => html`${text.join('')}<br>`)}</details>`;
}
