import { googleSheets } from '../../connectors/google-sheets/connector.ts';
import { zohoCrm } from '../../connectors/zoho-crm/connector.ts';
import { fillableFields } from '../../connectors/zoho-crm/fillable-fields.ts';
import { wholeRows } from '../../core/table-rows.ts';
import {
  type FlowTrial,
  MOST_OFFERED,
  type Played,
  type TrialRecord,
  type TrialSource,
  type TrialWarning,
} from '../../core/trial.ts';
import { findTab } from './find-tab.ts';
import { readHeader } from './header-row.ts';
import { fullName } from './lead-of-row.ts';
import { cursorOf, noSpreadsheet, rowBody } from './poll-rows.ts';
import { KEY } from './row-identity.ts';
import { changedRows } from './rows.ts';
import type { Settings } from './settings.ts';
import { isWhole, type SheetRow, sheetRows } from './sheet-rows.ts';
import { readMemory } from './tab-memory.ts';

type Source = TrialSource<Settings>;

const MOST_SHOWN = 5;

/** The tab as a look would read it now. */
async function looked({ client, settings, cursor }: Source) {
  if (settings.spreadsheetId === '') throw noSpreadsheet();
  const found = await findTab(client(googleSheets), settings, readMemory(cursor));
  const { grid, known } = found;
  const columns = wholeRows(settings.columns);
  const mapped = new Set(columns.map(({ field }) => field));
  const before = (known?.fields ?? []).filter((field) => mapped.has(field));
  const header = readHeader(grid.rows, columns, grid.tab.title, before);
  return { found, header, rows: sheetRows(grid.rows, columns, header.places) };
}

/** A row is named by its line, as people see it. */
const recordIn = ({ place, values }: SheetRow): TrialRecord => ({
  id: String(place),
  title: fullName(values) || values[KEY] || '—',
  detail: {
    en: [`Row ${place}`, values[KEY]].filter(Boolean).join(', '),
    fr: [`Ligne ${place}`, values[KEY]].filter(Boolean).join(', '),
  },
});

const holds = ({ place, values }: SheetRow, text: string): boolean =>
  [String(place), ...Object.values(values)].some((one) => one.toLowerCase().includes(text.toLowerCase()));

async function records(source: Source, search: string | null): Promise<TrialRecord[]> {
  const { rows } = await looked(source);
  return rows
    .filter((row) => isWhole(row.values) && (search === null || holds(row, search)))
    .reverse()
    .slice(0, MOST_OFFERED)
    .map(recordIn);
}

/** The row as the next look would tell it: under the id that it has, or that it would be given. */
async function event(source: Source, record: string) {
  const { found, header, rows } = await looked(source);
  const row = rows.find(({ place }) => String(place) === record);
  if (row === undefined) return null;
  const { grid, known } = found;
  const before = cursorOf(known);
  const rules = { leave: false, takeLeft: true, whole: isWhole };
  const { changes, cursor } = changedRows(before, rows, rules, [...header.places.keys()]);
  const id = cursor.rows.find(({ place }) => place === row.place)?.id ?? '';
  const change = changes.find(({ place }) => place === row.place) ?? {
    ...{ id, edits: 0, place: row.place, values: row.values, isNew: false },
    ...((row.unready ?? []).length > 0 ? { waitsFor: row.unready ?? [] } : {}),
  };
  const fields = fillableFields(await source.client(zohoCrm).fields('Leads'));
  const prefix = known?.prefix ?? `${source.settings.spreadsheetId}/gid-${grid.tab.gid}`;
  return { topic: '', recordId: `${prefix}/${id}`, body: rowBody(change, rows, found, fields) };
}

/** What becomes of a row that was looked at before: a run begins with its next edit only. */
async function warnings({ source, event: tried, remembered }: Played<Settings>): Promise<TrialWarning[]> {
  const { known } = (await looked(source)).found;
  const rowId = tried.recordId ?? '';
  const row = known?.rows.find(({ id }) => rowId === `${known.prefix}/${id}`);
  if (remembered.has(rowId)) return [{ sentence: DONE }];
  const isLeft = row === undefined ? known === null && source.settings.begin === 'new' : row.left === true;
  return isLeft && source.settings.begin === 'new' ? [{ sentence: LEFT }] : [];
}

const DONE = {
  en: 'This row became a lead already: a run begins when it is edited, and corrects that lead.',
  fr: 'Cette ligne est déjà devenue un prospect\u00a0: une exécution commence quand elle est modifiée, et corrige ce prospect.',
};

const LEFT = {
  en: 'This row was there before: it stays as it is, because only what comes from now on is taken. To take it too, choose so in the settings.',
  fr: 'Cette ligne était déjà là\u00a0: elle reste en l’état, car seul ce qui arrive désormais est pris. Pour la prendre aussi, choisissez-le dans les réglages.',
};

/** Rows of the chosen tab, the lowest first. */
export const rowTrial: FlowTrial<Settings> = {
  records,
  event,
  warnings,
  async standing(source) {
    const { rows } = await looked(source);
    return { count: rows.length, shown: rows.slice(0, MOST_SHOWN).map(recordIn), setting: 'begin' };
  },
};
