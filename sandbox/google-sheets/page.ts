import { join } from 'node:path';
import type { VendorDesk } from '../core/simulator.ts';
import { empty } from '../page/format.ts';
import { type Html, html } from '../page/html.ts';
import { layout } from '../page/layout.ts';
import type { Mount } from '../page/mount.ts';
import { anchorOf } from '../page/table.ts';
import type { VendorPages } from '../page/vendor-pages.ts';
import type { View } from '../page/view.ts';
import { shownCell } from './rendering.ts';
import { cellsOf, type SheetRow, type SpreadsheetRow, sheetsTables } from './rows.ts';

/** Each spreadsheet as a grid with its letters and numbers. */
export function sheetPage(mount: Mount): void {
  mount('get', '/view/sheets', (view) => {
    const desk = view.desk('google-sheets');
    if (!desk) return undefined;
    const books = sheetsTables(desk).spreadsheets.all();
    return layout(view, {
      title: 'Google Sheets',
      look: 'sheet',
      rawOf: 'google-sheets',
      live:
        books.length === 0
          ? empty(view.t('There is no spreadsheet.', 'Il n’y a aucune feuille de calcul.'))
          : books.map(
              (book) => html`<h2 id="${anchorOf(book.id)}">${book.title}</h2>${sheets(view, desk, book)}`,
            ),
    });
  });
}

function sheets(view: View, desk: VendorDesk, book: SpreadsheetRow): Html | Html[] {
  if (!book.shared)
    return empty(view.t('Not shared with the connected account.', 'Pas partagée avec le compte connecté.'));
  return book.sheets.map((sheet) => html`<h3>${sheet.title}</h3>${grid(view, desk, book, sheet)}`);
}

function grid(view: View, desk: VendorDesk, book: SpreadsheetRow, sheet: SheetRow): Html {
  const rows = cellsOf(desk, book.id, sheet.sheetId);
  if (rows.length === 0) return empty(view.t('This sheet is empty.', 'Cette feuille est vide.'));
  const width = Math.max(...rows.map((row) => row.length));
  const columns = Array.from({ length: width }, (_, index) => index);
  return html`<div class="scroll grid" tabindex="0" role="region" aria-label="${sheet.title}"><table>
<thead><tr><th></th>${columns.map((index) => html`<th scope="col">${letters(index)}</th>`)}</tr></thead>
<tbody>${rows.map(
    (row, index) =>
      html`<tr><th scope="row">${index + 1}</th>${columns.map((column) => html`<td>${shownCell(row[column] ?? null, book.locale)}</td>`)}</tr>`,
  )}</tbody></table></div>`;
}

/** 0 is A, 25 is Z, 26 is AA. */
function letters(index: number): string {
  const rest = Math.floor(index / 26) - 1;
  return `${rest >= 0 ? letters(rest) : ''}${String.fromCharCode(65 + (index % 26))}`;
}

/** The sheets, and where links to them lead. */
export const sheetPages: VendorPages = {
  place: { path: '/view/sheets', en: 'Sheet', fr: 'Feuille' },
  mount: sheetPage,
  opens: {
    host: /^docs\.google\.com$/,
    page(view, { pathname }) {
      const [, id = ''] = /\/d\/([^/]+)/.exec(pathname) ?? [];
      const desk = view.desk('google-sheets');
      return desk && sheetsTables(desk).spreadsheets.get(id)
        ? `/view/sheets#${anchorOf(id)}`
        : '/view/sheets';
    },
  },
  style: join(import.meta.dirname, 'page.css'),
};
