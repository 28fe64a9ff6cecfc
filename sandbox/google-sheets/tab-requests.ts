import type { SheetRow } from './rows.ts';
import { newSheet, shownProperties } from './spreadsheets.ts';
import { fieldsOf, part, type Refuse, type Request, sheetOf } from './workbook.ts';

/** Changes of tabs, and of the spreadsheet itself. */
export const TAB_REQUESTS: Readonly<Record<string, Request>> = {
  addSheet(book, wish, refuse) {
    const { title, index, sheetId } = part(wish, 'properties');
    const { sheets } = book.spreadsheet;
    const name = typeof title === 'string' ? title : `Sheet${sheets.length + 1}`;
    refuseTaken(sheets, name, null, refuse);
    const id = typeof sheetId === 'number' ? sheetId : book.newSheetId();
    if (sheets.some((sheet) => sheet.sheetId === id)) refuse(`Sheet with id ${id} already exists.`);
    const made = newSheet(name, id);
    const at = typeof index === 'number' ? index : sheets.length;
    book.spreadsheet = { ...book.spreadsheet, sheets: sheets.toSpliced(at, 0, made) };
    book.cells.set(id, []);
    return { addSheet: { properties: shownProperties(made, book.spreadsheet.sheets.indexOf(made)) } };
  },

  deleteSheet(book, { sheetId }, refuse) {
    const sheet = sheetOf(book, sheetId, refuse);
    const sheets = book.spreadsheet.sheets.filter((one) => one !== sheet);
    if (sheets.length === 0) refuse("You can't remove all the sheets in a document.");
    book.spreadsheet = { ...book.spreadsheet, sheets };
    book.cells.set(sheet.sheetId, []);
    return {};
  },

  updateSheetProperties(book, wish, refuse) {
    const properties = part(wish, 'properties');
    const fields = fieldsOf(wish, refuse);
    const sheet = sheetOf(book, properties.sheetId ?? 0, refuse);
    const { sheets } = book.spreadsheet;
    const title = fields.has('title') ? String(properties.title ?? '') : sheet.title;
    if (title === '') refuse('The sheet name cannot be empty.');
    refuseTaken(sheets, title, sheet, refuse);
    const renamed = { ...sheet, title };
    const from = sheets.indexOf(sheet);
    const wanted = fields.has('index') ? Number(properties.index ?? 0) : from;
    if (wanted > sheets.length) refuse(`index[${wanted}] is out of range.`);
    // Indexes are counted before the move.
    const to = wanted > from ? wanted - 1 : wanted;
    book.spreadsheet = {
      ...book.spreadsheet,
      sheets: sheets.toSpliced(from, 1).toSpliced(fields.has('index') ? to : from, 0, renamed),
    };
    return {};
  },

  updateSpreadsheetProperties(book, wish, refuse) {
    const fields = fieldsOf(wish, refuse);
    const given = part(wish, 'properties');
    const changed = (['title', 'locale', 'timeZone'] as const).flatMap((name) =>
      fields.has(name) ? [[name, String(given[name] ?? '')] as const] : [],
    );
    book.spreadsheet = { ...book.spreadsheet, ...Object.fromEntries(changed) };
    return {};
  },
};

function refuseTaken(sheets: readonly SheetRow[], title: string, own: SheetRow | null, refuse: Refuse): void {
  const taken = sheets.some((sheet) => sheet !== own && sheet.title.toLowerCase() === title.toLowerCase());
  if (taken) refuse(`A sheet with the name "${title}" already exists. Please enter another name.`);
}
