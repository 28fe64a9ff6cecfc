import type { GoogleSheetsClient } from '../../connectors/google-sheets/client.ts';
import type { FillableField } from '../../connectors/zoho-crm/fillable-fields.ts';
import { LiaisonError } from '../../core/errors.ts';
import type { PollResult } from '../../core/flow.ts';
import { wholeRows } from '../../core/table-rows.ts';
import { choiceOf, type FoundTab, findTab } from './find-tab.ts';
import { readHeader } from './header-row.ts';
import { lookWords } from './look-words.ts';
import { readValues } from './read-values.ts';
import { NAMES } from './row-identity.ts';
import { changedRows, NOTHING_SEEN, type RowChange, type RowsCursor } from './rows.ts';
import type { Settings } from './settings.ts';
import { isWhole, type SheetRow, sheetRows } from './sheet-rows.ts';
import { type Memory, readMemory, type TabMemory, withTab } from './tab-memory.ts';

/** The fields of the CRM's leads; null: the CRM could not be asked, and each row asks it itself. */
type AskFields = () => Promise<readonly FillableField[] | null>;

/** Reads the chosen tab whole, in one call where nothing about it changed, and says which rows are new or edited. */
export async function pollRows(
  client: GoogleSheetsClient,
  settings: Settings,
  stored: unknown,
  askFields: AskFields,
): Promise<PollResult> {
  const { spreadsheetId } = settings;
  const columns = wholeRows(settings.columns);
  if (spreadsheetId === '') throw noSpreadsheet();
  const memory = readMemory(stored);
  const found = await findTab(client, settings, memory);
  const { grid, known } = found;
  const mapped = new Set(columns.map(({ field }) => field));
  const before = (known?.fields ?? []).filter((field) => mapped.has(field));
  const header = readHeader(grid.rows, columns, grid.tab.title, before);
  const rows = sheetRows(grid.rows, columns, header.places);
  const rules = {
    leave: known === null && settings.begin === 'new',
    takeLeft: settings.begin === 'all',
    whole: isWhole,
  };
  const { changes, cursor } = changedRows(cursorOf(known), rows, rules, [...header.places.keys()]);
  const { title, index } = grid.tab;
  const prefix = known?.prefix ?? `${spreadsheetId}/gid-${grid.tab.gid}`;
  const tab: TabMemory = {
    spreadsheetId,
    ...grid.tab,
    title,
    index,
    prefix,
    missing: [...header.missing],
    ...asStored(cursor),
  };
  const told = lookWords({
    ...changesOf(found, memory),
    title,
    left: rules.leave ? cursor.rows.filter((row) => row.left).length : 0,
    missing: header.missing.filter((one) => !(known?.missing ?? []).includes(one)),
  });
  const fields = changes.length === 0 ? null : await askFields();
  return {
    cursor: { ...withTab(memory, tab, choiceOf(settings)), told: memory.told + told.length } satisfies Memory,
    events: [
      ...told.map((sentence, at) => ({
        key: `${spreadsheetId} told ${memory.told + at + 1}`,
        recordId: `${spreadsheetId}/gid-${grid.tab.gid}`,
        body: { tab: title, told: sentence },
      })),
      ...changes.map((change) => ({
        key: `${prefix} ${change.id} ${change.edits}`,
        recordId: `${prefix}/${change.id}`,
        body: rowBody(change, rows, found, fields),
      })),
    ],
  };
}

export const cursorOf = (known: TabMemory | null): RowsCursor => known ?? NOTHING_SEEN;

const asStored = ({ given, rows, gone, fields }: RowsCursor) => ({
  given,
  rows: [...rows],
  ...(gone === undefined ? {} : { gone: [...gone] }),
  ...(fields === undefined ? {} : { fields: [...fields] }),
});

/** What has changed about the tab since the last look. */
function changesOf({ grid, known, first }: FoundTab, memory: Memory) {
  const { reading } = memory;
  const last = memory.tabs.find(
    (tab) => tab.spreadsheetId === reading?.spreadsheetId && tab.gid === reading.gid,
  );
  const isOther = last !== undefined && last.gid !== grid.tab.gid;
  return {
    titleBefore: known !== null && known.title !== grid.tab.title ? known.title : undefined,
    tabBefore: isOther ? last.title : undefined,
    first: known?.index === 0 && grid.tab.index > 0 ? first?.title : undefined,
  };
}

/** What a run is made of: the values in the CRM's kinds where all can be read, and the cells. */
export function rowBody(
  change: RowChange,
  rows: readonly SheetRow[],
  { grid }: FoundTab,
  fields: readonly FillableField[] | null,
): Record<string, unknown> {
  const { place, waitsFor, instead } = change;
  const cells = rows.find((row) => row.place === place)?.cells ?? [];
  const manner = { locale: grid.locale, timeZone: grid.timeZone };
  const read = fields === null ? null : readValues(cells, fields, manner);
  return {
    row: place,
    cells,
    manner,
    ...(read === null || read.unfit.length > 0 ? {} : { values: read.values }),
    ...(waitsFor === undefined ? {} : { waitsFor }),
    ...(instead === undefined
      ? {}
      : {
          instead: NAMES.map((name) => instead[name])
            .reverse()
            .filter(Boolean)
            .join(' '),
        }),
  };
}

export function noSpreadsheet(): LiaisonError {
  return new LiaisonError('rejected', {
    sentence: {
      en: 'No spreadsheet is chosen: paste its address into the flow’s settings.',
      fr: 'Aucun tableur n’est choisi\u00a0: collez son adresse dans les réglages du flux.',
    },
  });
}
