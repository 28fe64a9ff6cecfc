import type { Scenario } from '../core/scenario.ts';
import { appendRow } from '../google-sheets/edit.ts';
import { LEADS_SPREADSHEET_ID } from '../google-sheets/seed.ts';
import { nothing, read } from './parameters.ts';

export const sheetBadRow: Scenario = {
  id: 'sheet-bad-row',
  titles: { en: 'A bad row appears in the sheet', fr: 'Une mauvaise ligne apparaît dans la feuille' },
  description: {
    en: 'A row without a last name and with a broken e-mail address: the others must go on.',
    fr: 'Une ligne sans nom et avec une adresse e-mail cassée : les autres doivent passer.',
  },
  async play(stage) {
    read(stage, nothing);
    const desk = stage.desk('google-sheets');
    const email = `pas une adresse ${desk.digits('', 4)}`;
    const number = appendRow(desk, { values: ['Capucine', null, email, null, null, 'Web Site', '???'] });
    return {
      sentence: {
        en: `A row without a last name and with the e-mail “${email}” is now row ${number} of the sheet.`,
        fr: `Une ligne sans nom et avec l’e-mail « ${email} » est maintenant la ligne ${number} de la feuille.`,
      },
      spreadsheetId: LEADS_SPREADSHEET_ID,
      row: number,
      email,
    };
  },
};
