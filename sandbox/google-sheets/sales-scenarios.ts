import { accounts } from '../company/index.ts';
import { type Scenario, ScenarioRefused } from '../core/scenario.ts';
import { nothing, read } from '../scenarios/parameters.ts';
import { appendRow, editCell } from './edit.ts';
import { cellsOf } from './rows.ts';
import { SALES_SHEET, SALES_SPREADSHEET_ID } from './sales-sheet.ts';
import { serialOf } from './shown-text.ts';

const PLACE = { spreadsheetId: SALES_SPREADSHEET_ID, sheet: SALES_SHEET };

const atNextRun = {
  en: 'It is carried into the table at the next run, which comes at its hour; turning the integration off and on again begins one at once.',
  fr: 'Elle est portée dans la table à la prochaine exécution, à son heure\u00a0; désactiver puis réactiver l’intégration en lance une aussitôt.',
};

const sale: Scenario = {
  id: 'sheet-sale',
  titles: {
    en: 'A sale is entered in the team’s sheet',
    fr: 'Une vente est saisie dans le tableur de l’équipe',
  },
  description: {
    en: 'Claire adds a row at the end of the sheet of sales that the analyst has as a table in Zoho Analytics.',
    fr: 'Claire ajoute une ligne à la fin du tableur des ventes, que l’analyste a comme table dans Zoho Analytics.',
  },
  expect: atNextRun,
  async play(stage) {
    read(stage, nothing);
    const desk = stage.desk('google-sheets');
    const today = stage.clock();
    const serial = serialOf(today.getUTCFullYear(), today.getUTCMonth() + 1, today.getUTCDate());
    const customer = accounts[Number(desk.digits('', 3)) % accounts.length]?.name ?? '';
    const before = cellsOf(desk, SALES_SPREADSHEET_ID, 0).length;
    const number = String(before).padStart(5, '0');
    const row = appendRow(desk, {
      ...PLACE,
      values: [
        ...[number, { number: serial, format: 'DATE' } as const, customer, 3],
        ...[{ number: 149.7, format: 'CURRENCY' } as const, false],
        { number: serial + 0.5, format: 'DATE_TIME' },
      ],
    });
    return {
      sentence: {
        en: `Sale ${number} of ${customer} is now row ${row} of the sheet “${SALES_SHEET}”.`,
        fr: `La vente ${number} de ${customer} est maintenant la ligne ${row} de la feuille «\u00a0${SALES_SHEET}\u00a0».`,
      },
      row,
      number,
    };
  },
};

/** The column of amounts. */
const AMOUNT = 'E1';
const NAMES = ['Montant', 'Montant TTC'] as const;

const renamed: Scenario = {
  id: 'sheet-column-renamed',
  titles: {
    en: 'A column of the team’s sheet is renamed',
    fr: 'Une colonne du tableur de l’équipe est renommée',
  },
  description: {
    en: 'Somebody calls the column “Montant” of the sheet of sales “Montant TTC”, and back at the next time.',
    fr: 'Quelqu’un renomme la colonne «\u00a0Montant\u00a0» du tableur des ventes en «\u00a0Montant TTC\u00a0», et inversement la fois suivante.',
  },
  expect: {
    en: 'The next run writes nothing and says which column is gone and what it seems to be called now.',
    fr: 'La prochaine exécution n’écrit rien, et dit quelle colonne manque et comment elle semble s’appeler.',
  },
  async play(stage) {
    read(stage, nothing);
    const desk = stage.desk('google-sheets');
    const now = cellsOf(desk, SALES_SPREADSHEET_ID, 0)[0]?.[4];
    const name = now === NAMES[0] ? NAMES[1] : NAMES[0];
    if (now === undefined || now === null)
      throw new ScenarioRefused('The sheet of sales has no column of amounts any more. Reset the sandbox.');
    editCell(desk, { ...PLACE, cell: `${SALES_SHEET}!${AMOUNT}`, value: name });
    return {
      sentence: {
        en: `The column “${String(now)}” of the sheet “${SALES_SHEET}” is called “${name}” now.`,
        fr: `La colonne «\u00a0${String(now)}\u00a0» de la feuille «\u00a0${SALES_SHEET}\u00a0» s’appelle maintenant «\u00a0${name}\u00a0».`,
      },
      name,
    };
  },
};

export const salesScenarios: readonly Scenario[] = [sale, renamed];
