import { z } from 'zod';
import type { GoogleSheetsClient } from '../../connectors/google-sheets/client.ts';
import { LiaisonError } from '../../core/errors.ts';
import type { PollResult } from '../../core/flow.ts';
import { locateFields, parseColumns, readRow } from './columns.ts';
import type { Settings } from './flow.ts';
import { changedRows, NOTHING_SEEN, type SeenRow } from './rows.ts';

/** What is stored between looks. A cursor of any other shape counts as lost: the sheet is then read as new. */
const cursorSchema = z.object({
  /** Which sheet it is of: another one starts anew, with ids of its own. */
  source: z.string(),
  given: z.number().int(),
  rows: z.array(
    z.object({
      id: z.string(),
      edits: z.number(),
      place: z.number(),
      values: z.record(z.string(), z.string()),
    }),
  ),
});

const rejected = (en: string, fr: string): LiaisonError =>
  new LiaisonError('rejected', { sentence: { en, fr } });

/** The first row names the columns; every other one that is not blank is a row of somebody. */
function seenRows(cells: readonly (readonly string[])[], settings: Settings): SeenRow[] {
  const columns = parseColumns(settings.columns);
  const places = locateFields(cells[0] ?? [], columns);
  if (!places.has('Last_Name')) {
    const header = columns.find((column) => column.field === 'Last_Name')?.header ?? 'Last_Name';
    throw rejected(
      `The sheet’s first row has no column “${header}”. Name the column so, or correct the flow’s columns.`,
      `La première ligne du tableur n’a pas de colonne « ${header} ». Nommez-la ainsi, ou corrigez les colonnes du flux.`,
    );
  }
  return cells.slice(1).flatMap((row, index) => {
    const values = readRow(row, places);
    return Object.keys(values).length === 0 ? [] : [{ place: index + 2, values }];
  });
}

/** Reads the sheet whole, in one call, and says which rows are new or edited since the cursor. */
export async function pollRows(
  client: GoogleSheetsClient,
  settings: Settings,
  stored: unknown,
): Promise<PollResult> {
  const { spreadsheetId } = settings;
  if (spreadsheetId === '') {
    throw rejected(
      'No spreadsheet is chosen: enter its id in the flow’s settings.',
      'Aucun tableur n’est choisi : indiquez son identifiant dans les réglages du flux.',
    );
  }
  const sheet = settings.sheet === '' ? ((await client.sheetTitles(spreadsheetId))[0] ?? '') : settings.sheet;
  const source = `${spreadsheetId}/${sheet}`;
  const parsed = cursorSchema.safeParse(stored);
  const before = parsed.success && parsed.data.source === source ? parsed.data : NOTHING_SEEN;
  const cells = await client.values(spreadsheetId, sheet);
  const { changes, cursor } = changedRows(before, seenRows(cells, settings), 'Email');
  return {
    cursor: { source, ...cursor },
    events: changes.map((row) => ({
      key: `${source} ${row.id} ${row.edits}`,
      recordId: `${source}/${row.id}`,
      body: { row: row.place, values: row.values },
    })),
  };
}
