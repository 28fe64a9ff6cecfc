import type { Scenario } from '../core/scenario.ts';
import type { VendorDesk } from '../core/simulator.ts';
import { appendRow } from '../google-sheets/edit.ts';
import type { Cell } from '../google-sheets/rows.ts';
import { LEADS_SHEET, LEADS_SPREADSHEET_ID } from '../google-sheets/seed.ts';
import { nothing, read } from './parameters.ts';

const FIRST_NAMES = ['Apolline', 'Yanis', 'Héloïse', 'Gwenaëlle', 'Björn', 'Inés'] as const;
const LAST_NAMES = ['Roux-Meunier', 'Kowalczyk', 'D’Aubigné', 'Le Goff', 'Sørensen', 'Peña'] as const;

export const sheetRow: Scenario = {
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
