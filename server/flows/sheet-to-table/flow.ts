import { TABLES } from '../../connectors/zoho-analytics/connector.ts';
import { type Automation, defineAutomation } from '../../core/flow.ts';
import { spreadsheet, tab } from '../sheet-row-to-lead/setting-sources.ts';
import { carrySheet } from './carry-sheet.ts';
import { lookAtClock } from './look-at-clock.ts';
import { previewSheet } from './preview-sheet.ts';
import { plannedWords } from './schedule.ts';
import { columns, headers, matching, table, types, workspace } from './setting-sources.ts';
import { type Settings, settings } from './settings.ts';
import { type Step, steps } from './steps.ts';
import { sheetTrial } from './try-sheet.ts';

/** How often the clock is looked at, in seconds. */
const EVERY_SECONDS = 30;

/** A tab of a Google Sheet as a table of Zoho Analytics, on a schedule. */
export const sheetToTable: Automation<Settings, Step> = defineAutomation<Settings, Step>({
  kind: 'automation',
  id: 'sheet-to-table',
  titles: { en: 'Google Sheet to Zoho Analytics', fr: 'Google Sheet vers Zoho Analytics' },
  direction: {
    en: 'A tab of a Google Sheet is carried into a table of Zoho Analytics, hourly or daily.',
    fr: 'Un onglet d’un tableur Google est porté dans une table de Zoho Analytics, chaque heure ou chaque jour.',
  },
  purpose: 'figures',
  native: {
    en: 'Zoho Analytics imports Google Sheets by itself, on a schedule too, without any of its API units. Use it when the columns and their types never change, and a row that is left out or read otherwise does no harm. Liaison reads types from the formats of the cells and texts by the spreadsheet’s locale, names each row that could not be taken with its reason, stops where a column was renamed or removed, does not replace a table with an empty sheet, and tells you when a run fails.',
    fr: 'Zoho Analytics importe lui-même les tableurs Google, y compris à intervalles réguliers, sans dépenser d’unités d’API. Utilisez-le si les colonnes et leurs types ne changent jamais et si une ligne omise ou lue autrement est sans conséquence. Liaison lit les types dans le format des cellules et les textes selon les paramètres régionaux du tableur, nomme chaque ligne qui n’a pu être prise avec sa raison, s’arrête si une colonne a été renommée ou retirée, ne remplace pas une table par un tableur vide, et vous prévient si une exécution échoue.',
  },
  nativePage: 'https://www.zoho.com/analytics/help/import-from-google-drive.html',
  roles: { source: { connector: 'google-sheets' }, target: { connector: 'zoho-analytics' } },
  settings,
  chosenFirst: true,
  vendorSettings: {
    spreadsheetId: spreadsheet,
    sheet: tab,
    'columns.header': headers,
    'columns.field': types,
    columns,
    workspace,
    table,
    matching,
  },
  preview: previewSheet,
  trial: sheetTrial,
  freshness: TABLES,
  trigger: {
    kind: 'poll',
    connector: 'google-sheets',
    everySeconds: () => EVERY_SECONDS,
    beginsAnew: true,
    when: plannedWords,
    poll: lookAtClock,
    record({ recordId, body }) {
      if (recordId === null) return null;
      return { object: 'row' in body ? 'googleSheets.rows' : TABLES, id: recordId };
    },
  },
  steps,
  run: (context) => carrySheet(context),
});
