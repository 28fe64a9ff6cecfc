import type { VendorDesk } from '../core/simulator.ts';
import type { Query } from '../google/query.ts';
import { badRequest } from '../google/refusal.ts';
import { parseA1 } from './a1.ts';
import { findSpreadsheet } from './find-spreadsheet.ts';
import { gridData } from './grid-data.ts';
import type { Operation } from './operation.ts';
import { SheetsRefusal } from './refusal.ts';
import { type SheetRow, type SpreadsheetRow, sheetsTables } from './rows.ts';

const ROWS = 1000;
const COLUMNS = 26;

/** https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets */
export const spreadsheetOperations: readonly Operation[] = [
  {
    method: 'GET',
    path: /^\/v4\/spreadsheets\/(?<id>[^/:]+)$/,
    query: ['ranges', 'includeGridData', 'excludeTablesInBandedRanges'],
    body: [],
    writes: false,
    run({ desk, spreadsheetId, query }) {
      const spreadsheet = findSpreadsheet(desk, spreadsheetId);
      const areas = query.all('ranges').map((range) => parseA1(range, spreadsheet.sheets));
      return shownSpreadsheet(spreadsheet, {
        keeps: ({ sheetId }) => areas.length === 0 || areas.some(({ sheet }) => sheet.sheetId === sheetId),
        ...(wantsGrid(query)
          ? {
              data: (sheet) => {
                const own = areas.filter((area) => area.sheet.sheetId === sheet.sheetId);
                return (own.length > 0 ? own : [wholeOf(sheet)]).map((area) =>
                  gridData(desk, spreadsheet, area),
                );
              },
            }
          : {}),
      });
    },
  },
  {
    method: 'POST',
    path: /^\/v4\/spreadsheets$/,
    query: [],
    body: ['properties', 'sheets'],
    writes: true,
    run({ desk, body }) {
      const spreadsheet = newSpreadsheet(desk, body);
      sheetsTables(desk).spreadsheets.put(spreadsheet.id, spreadsheet);
      desk.wrote({
        operation: 'POST /v4/spreadsheets',
        object: 'spreadsheet',
        id: spreadsheet.id,
        action: 'create',
        marker: null,
        record: spreadsheet,
      });
      return shownSpreadsheet(spreadsheet);
    },
  },
];

export function newSheet(title: string, sheetId: number): SheetRow {
  return { sheetId, title, rowCount: ROWS, columnCount: COLUMNS };
}

function newSpreadsheet(desk: VendorDesk, body: Readonly<Record<string, unknown>>): SpreadsheetRow {
  const properties = membersOf(body.properties, 'spreadsheet.properties', ['title', 'locale', 'timeZone']);
  const wanted = Array.isArray(body.sheets) && body.sheets.length > 0 ? body.sheets : [{}];
  const titles = wanted.map((sheet, index) => {
    const at = `spreadsheet.sheets[${index}]`;
    const inner = membersOf(membersOf(sheet, at, ['properties']).properties, `${at}.properties`, ['title']);
    return inner.title === undefined ? `Sheet${index + 1}` : String(inner.title);
  });
  const twice = titles.find((title, index) => titles.indexOf(title) !== index);
  if (twice !== undefined)
    throw new SheetsRefusal(400, `Invalid spreadsheet.sheets: the name "${twice}" is there twice.`);
  return {
    id: desk.id('1', 43),
    title: String(properties.title ?? 'Untitled spreadsheet'),
    locale: String(properties.locale ?? 'en_US'),
    timeZone: String(properties.timeZone ?? 'Etc/GMT'),
    shared: true,
    sheets: titles.map((title, index) => newSheet(title, index === 0 ? 0 : Number(desk.digits('', 9)))),
  };
}

export function membersOf(
  value: unknown,
  at: string,
  taken: readonly string[],
): Readonly<Record<string, unknown>> {
  if (value === undefined) return {};
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw badRequest([`Invalid value at '${at}'`]);
  const unknown = Object.keys(value).filter((name) => !taken.includes(name));
  if (unknown.length > 0)
    throw badRequest(
      unknown.map(
        (name) => `Invalid JSON payload received. Unknown name "${name}" at '${at}': Cannot find field.`,
      ),
    );
  return value as Readonly<Record<string, unknown>>;
}

interface Shown {
  readonly keeps?: (sheet: SheetRow) => boolean;
  readonly data?: (sheet: SheetRow) => object[];
}

export function shownSpreadsheet(
  spreadsheet: SpreadsheetRow,
  { keeps = () => true, data }: Shown = {},
): object {
  const { id, title, locale, timeZone, sheets } = spreadsheet;
  return {
    spreadsheetId: id,
    properties: { title, locale, autoRecalc: 'ON_CHANGE', timeZone },
    sheets: sheets.flatMap((sheet, index) =>
      keeps(sheet)
        ? [
            {
              properties: shownProperties(sheet, index),
              ...(data === undefined ? {} : { data: data(sheet) }),
            },
          ]
        : [],
    ),
    spreadsheetUrl: `https://docs.google.com/spreadsheets/d/${id}/edit`,
  };
}

export function shownProperties({ sheetId, title, rowCount, columnCount }: SheetRow, index: number): object {
  return { sheetId, title, index, sheetType: 'GRID', gridProperties: { rowCount, columnCount } };
}

/** A field mask decides alone: the parameter counts where there is none. */
function wantsGrid(query: Query): boolean {
  const fields = query.one('fields');
  if (fields === undefined) return query.one('includeGridData') === 'true';
  return fields === '*' || /\bdata\b|sheets(?:$|,|\.\*)/.test(fields);
}

const wholeOf = (sheet: SheetRow) => ({
  sheet,
  top: 0,
  left: 0,
  bottom: sheet.rowCount,
  right: sheet.columnCount,
});
