import { SALES_SPREADSHEET_ID } from '../../sandbox/google-sheets/sales-sheet.ts';
import { SALES_WORKSPACE } from '../../sandbox/zoho-analytics/seed.ts';
import { googleSheets } from '../../server/connectors/google-sheets/connector.ts';
import { zohoAnalytics } from '../../server/connectors/zoho-analytics/connector.ts';
import type { RunContext } from '../../server/core/flow.ts';
import { carrySheet } from '../../server/flows/sheet-to-table/carry-sheet.ts';
import { sheetToTable } from '../../server/flows/sheet-to-table/flow.ts';
import type { Settings } from '../../server/flows/sheet-to-table/settings.ts';
import type { Step } from '../../server/flows/sheet-to-table/steps.ts';
import { openFlow } from '../desk/flow-rig.ts';

/** Rows that two integrations added to one table in the same hour were written over each other: their keys were the same. */

type Context = RunContext<Settings, Step>;
let flow: Awaited<ReturnType<typeof openFlow>>;
/** The rig has one integration: of which one a run is, is said here. */
let integration = '';
const asIts = (context: Context): Context => ({
  ...context,
  event: { ...context.event, topic: integration },
  forItem: (item) => asIts(context.forItem(item)),
});
beforeAll(async () => {
  const one = { ...sheetToTable, run: (context: Context) => carrySheet(asIts(context)) };
  flow = await openFlow(one as never, { source: googleSheets as never, target: zohoAnalytics as never });
  await flow.sandbox.act('zoho-analytics', { act: 'pace', ms: 0 });
});
afterAll(() => flow.close());

it('what two integrations add to one table in the same hour stands there, all of it', async () => {
  const [slot, table] = ['2026-11-30T06:00:00Z', 'Ensemble'];
  const recordId = `${SALES_WORKSPACE}/${table}`;
  flow.set({ spreadsheetId: SALES_SPREADSHEET_ID, workspace: SALES_WORKSPACE, table, way: 'append' });
  for (integration of ['sheet-to-table', 'another']) {
    const key = `${integration} ${slot}`;
    await flow.accept('source', [{ key, topic: sheetToTable.id, recordId, body: { slot } }]);
    await flow.rig.settled();
  }
  expect((await flow.runs()).map(({ summary }) => summary?.en)).toEqual(
    Array(2).fill('240 rows in “Ensemble”.'),
  );
  const { views = [], data = [] } = await flow.tables('zoho-analytics');
  const view = views.find(({ name }) => name === table);
  expect(data.find((held) => held.view === view?.id)?.rows).toHaveLength(480);
});
