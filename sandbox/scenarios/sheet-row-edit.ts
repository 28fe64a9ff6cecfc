import { type Scenario, ScenarioRefused } from '../core/scenario.ts';
import { editCell } from '../google-sheets/edit.ts';
import { cellsOf } from '../google-sheets/rows.ts';
import { LEADS_SHEET, LEADS_SPREADSHEET_ID } from '../google-sheets/seed.ts';
import { nothing, read } from './parameters.ts';

/** The column of phone numbers. */
const PHONE = 'D';

export const sheetRowEdit: Scenario = {
  id: 'sheet-row-edit',
  titles: { en: 'A row of the sheet is corrected', fr: 'Une ligne de la feuille est corrigée' },
  description: {
    en: 'Inès enters the phone number of the last person in the sheet, a new one each time.',
    fr: 'Inès saisit le téléphone de la dernière personne de la feuille, un nouveau à chaque fois.',
  },
  async play(stage) {
    read(stage, nothing);
    const desk = stage.desk('google-sheets');
    const rows = cellsOf(desk, LEADS_SPREADSHEET_ID, 0);
    // The last one that a person could be: rows without a name are the bad ones.
    const index = rows.findLastIndex(
      (row, at) => at > 0 && Boolean(row[1]) && String(row[2] ?? '').includes('@'),
    );
    const row = rows[index];
    if (!row) throw new ScenarioRefused('The sheet has no row that could be corrected. Reset the sandbox.');
    const digits = desk.digits('', 4);
    const phone = `+33 6 39 98 ${digits.slice(0, 2)} ${digits.slice(2)}`;
    const cell = `${PHONE}${index + 1}`;
    editCell(desk, { cell: `${LEADS_SHEET}!${cell}`, value: phone });
    const name = [row[0], row[1]].filter(Boolean).join(' ');
    return {
      sentence: {
        en: `Inès Delorme set the phone number of ${name} to ${phone} (cell ${cell}).`,
        fr: `Inès Delorme a saisi le téléphone de ${name} : ${phone} (cellule ${cell}).`,
      },
      spreadsheetId: LEADS_SPREADSHEET_ID,
      row: index + 1,
      email: row[2],
      phone,
    };
  },
};
