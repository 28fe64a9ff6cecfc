import { type Html, html, type Part } from './html.ts';

export interface Column<Row> {
  readonly title: string;
  readonly cell: (row: Row) => Part;
  /** Right-aligned, with figures of one width. */
  readonly number?: boolean;
}

/**
 * A table that scrolls sideways by itself where the screen is narrow.
 *
 * @param idOf the record that a row shows: an address may lead to it.
 */
export function table<Row>(
  caption: string,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  idOf?: (row: Row) => string,
): Html {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${caption}"><table>
<caption class="hidden">${caption}</caption>
<thead><tr>${columns.map(({ title, number }) => html`<th scope="col"${number ? html` class="number"` : ''}>${title}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr${idOf && html` id="${anchorOf(idOf(row))}"`}>${columns.map(({ cell, number }) => html`<td${number ? html` class="number"` : ''}>${cell(row)}</td>`)}</tr>`)}</tbody>
</table></div>`;
}

/** What the address of a page ends with that leads to one record on it. */
export const anchorOf = (id: string): string => `r-${id}`;
