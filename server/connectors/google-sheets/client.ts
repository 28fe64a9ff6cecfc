import { sheets } from '@googleapis/sheets';
import { z } from 'zod';
import type { ConnectorHttp } from '../../core/connector.ts';
import { readAnswer } from '../../core/read-answer.ts';
import { vendorCall } from '../../core/vendor-call.ts';
import { googleUser } from '../families/google/user.ts';
import { VENDOR } from './failures.ts';
import {
  GRID_FIELDS,
  gridOf,
  partOf,
  type SheetGrid,
  type SheetPart,
  TAB_FIELDS,
  type Tabs,
  tabsOf,
} from './grid.ts';

export type GoogleSheetsClient = ReturnType<typeof googleSheetsClient>;

const cell = z
  .union([z.string(), z.number(), z.boolean(), z.null()])
  .transform((value) => String(value ?? ''));
const valuesSchema = z.object({ values: z.array(z.array(cell)).default([]) });

/** Quoted, because a tab may be called `A1`, or have spaces. */
const quoted = (tab: string): string => `'${tab.replaceAll("'", "''")}'`;

/** Google Sheets, API version 4. Rejects with LiaisonErrors only. */
export function googleSheetsClient(http: ConnectorHttp) {
  // No `auth`: the library would look for credentials on the machine, and the token is added on the way out.
  const api = sheets({ version: 'v4', fetchImplementation: http.fetch, retry: false }).spreadsheets;

  async function tabs(spreadsheetId: string): Promise<Tabs> {
    return tabsOf((await vendorCall(() => api.get({ spreadsheetId, fields: TAB_FIELDS }))).data);
  }

  return {
    /**
     * The cells of a tab, or of a range of it (`A1:F`), row by row as text. Empty cells at the end of a row,
     * and empty rows at the end, are left out by Google.
     *
     * @param as what people see (`formatted`, in the sheet's own locale) or what is stored.
     */
    async values(
      spreadsheetId: string,
      tab: string,
      { range, as = 'formatted' }: { range?: string; as?: 'formatted' | 'unformatted' } = {},
    ): Promise<string[][]> {
      const valueRenderOption = as === 'formatted' ? 'FORMATTED_VALUE' : 'UNFORMATTED_VALUE';
      const where = range === undefined ? quoted(tab) : `${quoted(tab)}!${range}`;
      const answer = await vendorCall(() =>
        api.values.get({ spreadsheetId, range: where, valueRenderOption }),
      );
      return readAnswer(valuesSchema, answer.data, VENDOR).values;
    },

    /** The tabs that hold cells, in their order, and how the spreadsheet's people write. */
    tabs,

    /** Titles of the tabs, in their order. */
    async sheetTitles(spreadsheetId: string): Promise<string[]> {
      return (await tabs(spreadsheetId)).tabs.map(({ title }) => title);
    },

    /**
     * One tab whole, in one call: what each cell stores beside what people see of it, so that a failed formula
     * is told from a text, a day from a number, and both are of one moment.
     */
    async grid(spreadsheetId: string, tab: string): Promise<SheetGrid> {
      const request = { spreadsheetId, ranges: [quoted(tab)], fields: GRID_FIELDS };
      return gridOf((await vendorCall(() => api.get(request))).data);
    },

    /**
     * Rows of a tab, from one to another (counted from 1, both within the tab), with the first row beside them: in one
     * call, so that what stands under a header is told by the header of the same moment.
     *
     * @param last letters of the last column that is wanted.
     */
    async part(
      spreadsheetId: string,
      tab: string,
      { from, to, last }: { readonly from: number; readonly to: number; readonly last: string },
    ): Promise<SheetPart> {
      const ranges = [`${quoted(tab)}!A1:${last}1`, `${quoted(tab)}!A${from}:${last}${to}`];
      // Spaces for readers' eyes would be most of the answer.
      const request = { spreadsheetId, ranges, fields: GRID_FIELDS, prettyPrint: false };
      return partOf((await vendorCall(() => api.get(request))).data);
    },

    /** The Google account that consented. */
    user: () => googleUser(http),
  };
}
