import { googleSheets } from '../../connectors/google-sheets/connector.ts';
import { zohoCrm } from '../../connectors/zoho-crm/connector.ts';
import { fillableFields } from '../../connectors/zoho-crm/fillable-fields.ts';
import type { FlowPreview, SettingSource } from '../../core/flow.ts';
import { wholeRows } from '../../core/table-rows.ts';
import { findTab } from './find-tab.ts';
import { readHeader } from './header-row.ts';
import { fullName } from './lead-of-row.ts';
import { noSpreadsheet } from './poll-rows.ts';
import { readValues } from './read-values.ts';
import { KEY } from './row-identity.ts';
import type { Settings } from './settings.ts';
import { isWhole, type SheetRow, sheetRows } from './sheet-rows.ts';
import { readMemory } from './tab-memory.ts';

const MOST_SHOWN = 5;

const lineOf = ({ place, values }: SheetRow): string =>
  `${place}. ${[fullName(values) || '—', values[KEY]].filter(Boolean).join(', ')}`;

/** The rows that are there now: how many, the first of them, and what could not be read of them. */
export async function previewRows({ client, settings }: SettingSource<Settings>): Promise<FlowPreview> {
  if (settings.spreadsheetId === '') throw noSpreadsheet();
  const { grid } = await findTab(client(googleSheets), settings, readMemory(null));
  const columns = wholeRows(settings.columns);
  const { places } = readHeader(grid.rows, columns, grid.tab.title, []);
  const rows = sheetRows(grid.rows, columns, places);
  const fields = fillableFields(await client(zohoCrm).fields('Leads'));
  const unfit = rows.flatMap(({ cells }) => readValues(cells, fields, grid).unfit);
  const nameless = rows.filter(({ values }) => !isWhole(values));
  const shown = rows.slice(0, MOST_SHOWN).map(lineOf);
  const { title } = grid.tab;
  const count = rows.length;
  return {
    title: { en: 'The rows that are there', fr: 'Les lignes déjà présentes' },
    text: [...shown, ...(count > MOST_SHOWN ? ['…'] : [])].join('\n'),
    basis: {
      en: `${count} ${count === 1 ? 'row is' : 'rows are'} in the tab “${title}” now.`,
      fr: `${count} ${count > 1 ? 'lignes sont' : 'ligne est'} actuellement dans l’onglet «\u00a0${title}\u00a0».`,
    },
    warnings: [
      ...unfit.slice(0, MOST_SHOWN).map(({ sentence }) => sentence),
      ...(nameless.length === 0
        ? []
        : [
            {
              en: `Without a last name, and so no lead: row ${nameless
                .map(({ place }) => place)
                .slice(0, MOST_SHOWN)
                .join(', ')}.`,
              fr: `Sans nom, et donc sans prospect\u00a0: ligne ${nameless
                .map(({ place }) => place)
                .slice(0, MOST_SHOWN)
                .join(', ')}.`,
            },
          ]),
    ],
  };
}
