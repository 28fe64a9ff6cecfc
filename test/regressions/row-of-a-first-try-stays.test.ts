import { SALES_SHEET, SALES_SPREADSHEET_ID } from '../../sandbox/google-sheets/sales-sheet.ts';
import { SALES_WORKSPACE } from '../../sandbox/zoho-analytics/seed.ts';
import { googleSheets } from '../../server/connectors/google-sheets/connector.ts';
import { zohoAnalytics } from '../../server/connectors/zoho-analytics/connector.ts';
import type { RunContext } from '../../server/core/flow.ts';
import { carrySheet } from '../../server/flows/sheet-to-table/carry-sheet.ts';
import { sheetToTable } from '../../server/flows/sheet-to-table/flow.ts';
import type { Settings } from '../../server/flows/sheet-to-table/settings.ts';
import type { Step } from '../../server/flows/sheet-to-table/steps.ts';
import { openFlow } from '../desk/flow-rig.ts';

/** A row that the first try of a run added stayed in the table where it had gone from the sheet before the next try. */

type Context = RunContext<Settings, Step>;
let flow: Awaited<ReturnType<typeof openFlow>>;
/** What somebody does when the second lot is about to be sent, lots of all tries counted. */
let edit: () => Promise<unknown> = async () => {};
beforeAll(async () => {
  let asked = 0;
  const small = {
    ...sheetToTable,
    run(context: Context) {
      const isOn = async () => {
        asked += 1;
        if (asked === 2) await edit();
        return context.isOn();
      };
      const within = (one: Context): Context => ({
        ...one,
        isOn,
        forItem: (item) => within(one.forItem(item)),
      });
      return carrySheet(within(context), { cells: 21, rows: 10 });
    },
  };
  flow = await openFlow(small as never, { source: googleSheets as never, target: zohoAnalytics as never });
  await flow.sandbox.act('zoho-analytics', { act: 'pace', ms: 0 });
});
afterAll(() => flow.close());

const paste = (...numbers: (string | number)[]) =>
  flow.sandbox.act('google-sheets', {
    ...{ act: 'paste', spreadsheetId: SALES_SPREADSHEET_ID, sheet: SALES_SHEET },
    rows: [['Numéro'], ...numbers.map((one) => [one])],
  });
const begin = async (table: string) => {
  const slot = `2026-11-30T06:00:00Z`;
  const recordId = `${SALES_WORKSPACE}/${table}`;
  const columns = [{ header: 'Numéro', field: 'integer' }];
  flow.set({
    spreadsheetId: SALES_SPREADSHEET_ID,
    workspace: SALES_WORKSPACE,
    table,
    way: 'append',
    columns,
  });
  await flow.accept('source', [{ key: table, topic: sheetToTable.id, recordId, body: { slot } }]);
  await flow.rig.settled();
};
async function numbersOf(name: string) {
  const { views = [], data = [] } = await flow.tables('zoho-analytics');
  const view = views.find((one) => one.name === name);
  const rows = data.find((held) => held.view === view?.id)?.rows as (string | null)[][];
  return rows.map(([number]) => Number(number)).toSorted((one, other) => one - other);
}
const GIVEN_UP = {
  ...{ status: 'success', summary: '' },
  data: { jobId: '1', jobCode: '1003', jobStatus: 'ERROR OCCURRED', jobInfo: 'Disk full' },
};

it('where an answer was lost and rows went from the sheet before the lot was sent again', async () => {
  await paste(1, 2, 3, 4, 5, 6, 7, 8);
  edit = () => paste(1, '', 3, 'vier', 5);
  await flow.sandbox.fault('zoho-analytics', {
    ...{ commitThenFail: 'reset', path: '/data$', methods: ['POST'], count: 1 },
  });
  await begin('Réponse perdue');
  const [run] = await flow.runs();
  expect(run?.error).toBeNull();
  expect(run?.summary?.en).toBe('3 rows in “Réponse perdue”, 1 refused.');
  expect(await numbersOf('Réponse perdue')).toEqual([1, 3, 5]);
});

it('where an import was given up, and the sheet is another one at the retry', async () => {
  await paste(...Array.from({ length: 25 }, (_, at) => at + 1));
  await flow.sandbox.fault('zoho-analytics', { path: '/importjobs/', status: 200, count: 1, body: GIVEN_UP });
  await begin('Abandon');
  await paste(101, '', 103);
  await flow.replayShelved(`${SALES_WORKSPACE}/Abandon`);
  expect((await flow.runs()).find(({ recordId }) => recordId.endsWith('/Abandon'))?.summary?.en).toBe(
    '2 rows in “Abandon”.',
  );
  expect(await numbersOf('Abandon')).toEqual([101, 103]);
  // Nothing is remembered of a run that is over.
  const left = await flow.rig.database.query(`select subject from early_facts where subject like 'sent %'`);
  expect(left).toEqual([]);
});
