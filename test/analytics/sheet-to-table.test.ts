import { googleSheets } from '../../server/connectors/google-sheets/connector.ts';
import { zohoAnalytics } from '../../server/connectors/zoho-analytics/connector.ts';
import type { Connector } from '../../server/core/connector.ts';
import { sheetToTable } from '../../server/flows/sheet-to-table/flow.ts';
import { openFlow } from '../desk/flow-rig.ts';

const SALES = '184620000000002001';
const SHEET = '1LumenVentes2026kT4wQe8mZxYv0pRrUiOaSdFgHjKlBnC';

const takers = {
  source: googleSheets as unknown as Connector,
  target: zohoAnalytics as unknown as Connector,
};

let flow: Awaited<ReturnType<typeof openFlow>>;
beforeAll(async () => {
  flow = await openFlow(sheetToTable as never, takers, {
    spreadsheetId: SHEET,
    workspace: SALES,
    table: 'Ventes 2026',
  });
});
afterAll(() => flow.close());

it('makes a table of a sheet, in the types of its cells', async () => {
  console.log(await flow.preview());
  await flow.accept('source', [
    {
      key: 'k1',
      topic: sheetToTable.id,
      recordId: `${SALES}/Ventes 2026`,
      body: { slot: '2026-11-29T06:00:00Z' },
    },
  ]);
  await flow.rig.settled();
  console.log(JSON.stringify(await flow.runs(), null, 1));
  console.log(
    JSON.stringify((await flow.tables('zoho-analytics')).views?.at(-1)),
    JSON.stringify((await flow.tables('zoho-analytics')).data?.at(-1)).slice(0, 600),
  );
  console.log(await flow.rig.database.query(`select s.name, s.state, s.error from steps s`));
});
