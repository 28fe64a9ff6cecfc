import { type Scenario, ScenarioRefused } from '../core/scenario.ts';
import type { VendorDesk } from '../core/simulator.ts';
import { nothing, read } from '../scenarios/parameters.ts';
import { appendRow, editCell } from './edit.ts';
import { type Cell, cellsOf } from './rows.ts';
import { salesScenarios } from './sales-scenarios.ts';
import { LEADS_SHEET, LEADS_SPREADSHEET_ID } from './seed.ts';

const FIRST_NAMES = ['Apolline', 'Yanis', 'Héloïse', 'Gwenaëlle', 'Björn', 'Inés'] as const;
const LAST_NAMES = ['Roux-Meunier', 'Kowalczyk', 'D’Aubigné', 'Le Goff', 'Sørensen', 'Peña'] as const;

const sheetRow: Scenario = {
  id: 'sheet-row',
  titles: { en: 'A row appears in the sheet', fr: 'Une ligne apparaît dans la feuille' },
  description: {
    en: 'Somebody fills in the form on the company’s site; the form adds a row to the sheet of leads.',
    fr: 'Quelqu’un remplit le formulaire du site ; le formulaire ajoute une ligne à la feuille des leads.',
  },
  async play(stage) {
    read(stage, nothing);
    const desk = stage.desk('google-sheets');
    const { name, email, row } = newcomer(desk);
    const number = appendRow(desk, { values: row });
    return {
      sentence: {
        en: `${name} (${email}) wrote through the site: row ${number} of the sheet “${LEADS_SHEET}”.`,
        fr: `${name} (${email}) a écrit par le site : ligne ${number} de la feuille « ${LEADS_SHEET} ».`,
      },
      spreadsheetId: LEADS_SPREADSHEET_ID,
      row: number,
      email,
    };
  },
};

function newcomer(desk: VendorDesk): { name: string; email: string; row: Cell[] } {
  const number = desk.digits('', 6);
  const first = FIRST_NAMES[Number(number) % FIRST_NAMES.length] ?? FIRST_NAMES[0];
  const last = LAST_NAMES[Math.floor(Number(number) / 7) % LAST_NAMES.length] ?? LAST_NAMES[0];
  const email = `contact.${number}@prospect.example`;
  const row = [first, last, email, null, `Maison ${last}`, 'Web Site', 'Bonjour, pouvez-vous me rappeler ?'];
  return { name: `${first} ${last}`, email, row };
}

/** The column of phone numbers. */
const PHONE = 'D';

const sheetRowEdit: Scenario = {
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

const sheetBadRow: Scenario = {
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

/** In the order in which the page shows them. */
export const sheetScenarios: readonly Scenario[] = [sheetRow, sheetRowEdit, sheetBadRow, ...salesScenarios];
