import type { GoogleSheetsClient } from '../../connectors/google-sheets/client.ts';
import type { Tab, TabSize, Tabs } from '../../connectors/google-sheets/grid.ts';
import type { Cell, Manner } from '../../core/cells/cell.ts';
import { foldText } from '../../core/cells/fold-text.ts';
import { LiaisonError } from '../../core/errors.ts';
import { columnLetters } from '../sheet-row-to-lead/columns.ts';
import { noSpreadsheet } from '../sheet-row-to-lead/poll-rows.ts';
import { isType, type Type } from './column-types.ts';
import { proposedType } from './propose-types.ts';
import { goneColumns, noColumns, noTab, twiceInSheet } from './sentences.ts';
import type { Settings } from './settings.ts';

export interface PlannedColumn {
  readonly header: string;
  readonly type: Type;
  /** From 0. */
  readonly place: number;
}

/** What is read of a tab, and how. */
export interface SheetPlan extends Manner {
  readonly spreadsheetId: string;
  readonly gid: number;
  readonly title: string;
  /** How far the tab reaches, empty rows counted. */
  readonly rowCount: number;
  readonly columns: readonly PlannedColumn[];
  /** Every header of the first row, by its place; empty: none. */
  readonly headers: readonly string[];
}

/** What was so at the last run. */
interface KnownSheet {
  readonly gid: number;
  /** Of the tab. */
  readonly title?: string | undefined;
  readonly headers: readonly string[];
}

/** As many rows say what their columns hold. */
const SAMPLED = 200;
/** Headers beyond are not looked for. */
const MOST_COLUMNS = 400;

type Wish = Pick<Settings, 'spreadsheetId' | 'sheet' | 'columns'>;

/**
 * The tab of the settings with its columns, as they stand now. It stays the same tab when it is renamed or moved.
 *
 * @param known as the last run saw it; null: there was none.
 * @throws LiaisonError that names the tab or the columns that are not there.
 */
export async function planSheet(
  client: GoogleSheetsClient,
  wish: Wish,
  known: KnownSheet | null,
): Promise<SheetPlan> {
  const { spreadsheetId } = wish;
  if (spreadsheetId === '') throw noSpreadsheet();
  const book = await client.tabs(spreadsheetId);
  const tab = tabOf(book, wish, known);
  const last = columnLetters(Math.max(1, Math.min(tab.columnCount, MOST_COLUMNS)) - 1);
  const to = Math.max(1, Math.min(tab.rowCount, wish.columns.length === 0 ? SAMPLED + 1 : 1));
  const { header, rows, locale, timeZone } = await client.part(spreadsheetId, tab.title, {
    from: 1,
    to,
    last,
  });
  const headers = header.map(({ shown }) => shown.trim());
  const columns = columnsOf(headers, wish, tab, known, rows.slice(1));
  return {
    ...{ spreadsheetId, gid: tab.gid, title: tab.title, rowCount: tab.rowCount },
    ...{ locale, timeZone, columns, headers },
  };
}

function tabOf({ tabs }: Tabs, { sheet }: Wish, known: KnownSheet | null): Tab & TabSize {
  const named =
    sheet === ''
      ? undefined
      : (tabs.find(({ title }) => title === sheet) ??
        tabs.find(({ title }) => foldText(title) === foldText(sheet)));
  const before = known === null ? undefined : tabs.find(({ gid }) => gid === known.gid);
  const found = named ?? before ?? (sheet === '' && known === null ? tabs[0] : undefined);
  if (found === undefined)
    throw new LiaisonError('rejected', { sentence: noTab(known?.title ?? sheet, tabs) });
  return found;
}

function columnsOf(
  headers: readonly string[],
  { columns }: Wish,
  { title }: Tab,
  known: KnownSheet | null,
  rows: readonly (readonly Cell[])[],
): PlannedColumn[] {
  const wished =
    columns.length > 0
      ? columns.filter(({ header, field }) => header !== '' && isType(field))
      : headers.flatMap((header, place) =>
          header === '' ? [] : [{ header, field: proposedType(rows.map((row) => row[place])) }],
        );
  const places = wished.map(({ header }) =>
    headers.flatMap((one, place) => (foldText(one) === foldText(header) ? [place] : [])),
  );
  const twice = wished.find((_one, at) => (places[at] ?? []).length > 1);
  if (twice !== undefined)
    throw new LiaisonError('rejected', { sentence: twiceInSheet(twice.header, title) });
  const gone = wished.filter((_one, at) => places[at]?.length === 0).map(({ header }) => header);
  if (gone.length > 0)
    throw new LiaisonError('rejected', { sentence: goneColumns(gone, title, headers, known?.headers ?? []) });
  if (wished.length === 0) throw new LiaisonError('rejected', { sentence: noColumns(title) });
  return wished.map(({ header, field }, at) => ({
    header,
    type: field as Type,
    place: places[at]?.[0] ?? 0,
  }));
}

/** Headers that came since the last run and are not sent. */
export function newHeaders({ headers, columns }: SheetPlan, known: KnownSheet | null): string[] {
  if (known === null) return [];
  const sent = new Set(columns.map(({ place }) => place));
  return headers.filter((one, place) => one !== '' && !sent.has(place) && !known.headers.includes(one));
}
