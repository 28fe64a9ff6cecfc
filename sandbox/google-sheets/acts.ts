import type { VendorDesk } from '../core/simulator.ts';
import { appendRow, editCell } from './edit.ts';
import { type Cell, putCells, sheetsTables } from './rows.ts';

/** What a person does in a spreadsheet: `wish.spreadsheetId` and `wish.sheet` say where. */
export function actInSheets(desk: VendorDesk, wish: Readonly<Record<string, unknown>>): object {
  const place = { spreadsheetId: String(wish.spreadsheetId), sheet: String(wish.sheet) };
  switch (wish.act) {
    case 'edit-cell':
      editCell(desk, { ...place, cell: `${place.sheet}!${String(wish.cell)}`, value: wish.value as Cell });
      return {};
    case 'add-row':
      return { row: appendRow(desk, { ...place, values: wish.values as Cell[] }) };
    /** Pastes over the whole tab, which grows with it. */
    case 'paste':
      return paste(desk, place, wish.rows as Cell[][]);
    default:
      throw new Error(`Nobody does ${String(wish.act)} in a spreadsheet.`);
  }
}

function paste(
  desk: VendorDesk,
  { spreadsheetId, sheet }: { readonly spreadsheetId: string; readonly sheet: string },
  rows: readonly (readonly Cell[])[],
): object {
  const { spreadsheets } = sheetsTables(desk);
  const book = spreadsheets.get(spreadsheetId);
  const found = book?.sheets.find(({ title }) => title === sheet);
  if (!book || !found) throw new Error(`Google Sheets has no sheet "${sheet}" in ${spreadsheetId}.`);
  const rowCount = Math.max(found.rowCount, rows.length);
  const sheets = book.sheets.map((one) => (one === found ? { ...one, rowCount } : one));
  spreadsheets.put(spreadsheetId, { ...book, sheets });
  putCells(desk, spreadsheetId, found.sheetId, rows);
  return { rows: rows.length };
}
