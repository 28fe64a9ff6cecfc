import { SALES_SPREADSHEET_ID } from '../../sandbox/google-sheets/sales-sheet.ts';
import { SALES_WORKSPACE } from '../../sandbox/zoho-analytics/seed.ts';
import { googleSheets } from '../../server/connectors/google-sheets/connector.ts';
import { zohoAnalytics } from '../../server/connectors/zoho-analytics/connector.ts';
import { sheetToTable } from '../../server/flows/sheet-to-table/flow.ts';
import { openFlow } from '../desk/flow-rig.ts';

/** After two imports that Zoho gave up, every second retry told the first one's failure again, and sent nothing. */

let flow: Awaited<ReturnType<typeof openFlow>>;
beforeAll(async () => {
  flow = await openFlow(sheetToTable as never, {
    source: googleSheets as never,
    target: zohoAnalytics as never,
  });
  await flow.sandbox.act('zoho-analytics', { act: 'pace', ms: 0 });
});
afterAll(() => flow.close());

const GIVEN_UP = {
  ...{ status: 'success', summary: '' },
  data: { jobId: '1', jobCode: '1003', jobStatus: 'ERROR OCCURRED', jobInfo: 'Disk full' },
};

it('each retry of an import that was given up sends it again', async () => {
  const [slot, table] = ['2026-11-30T06:00:00Z', 'Abandon'];
  const recordId = `${SALES_WORKSPACE}/${table}`;
  flow.set({ spreadsheetId: SALES_SPREADSHEET_ID, workspace: SALES_WORKSPACE, table, way: 'append' });
  const sent = async () =>
    (await flow.sandbox.ledger('zoho-analytics')).filter(({ object }) => object === 'import').length;

  await flow.sandbox.fault('zoho-analytics', { path: '/importjobs/', status: 200, body: GIVEN_UP });
  await flow.accept('source', [{ key: slot, topic: sheetToTable.id, recordId, body: { slot } }]);
  await flow.rig.settled();
  const counts = [await sent()];
  for (const _retry of [1, 2, 3]) {
    await flow.replayShelved();
    counts.push(await sent());
    expect((await flow.runs()).map(({ state }) => state)).toEqual(['shelved']);
  }
  expect(counts).toEqual([1, 2, 3, 4]);

  await flow.sandbox.fault('zoho-analytics', null);
  await flow.replayShelved();
  expect((await flow.runs()).map(({ summary }) => summary?.en)).toEqual(['240 rows in “Abandon”.']);
});
