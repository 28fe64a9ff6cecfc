import { notion } from '../../server/connectors/notion/connector.ts';
import { zohoCrm } from '../../server/connectors/zoho-crm/connector.ts';
import { recordPage } from '../../server/flows/record-page/flow.ts';
import { openFlow, type Row } from '../desk/flow-rig.ts';

const PROJECTS = 'b2000000-1a2b-4c3d-8e4f-000000000001';
type Flow = Awaited<ReturnType<typeof openFlow>>;
let flow: Flow;

beforeAll(async () => {
  flow = await openFlow(
    recordPage as never,
    { source: zohoCrm as never, target: notion as never },
    {
      dataSource: PROJECTS,
    },
  );
});
afterAll(() => flow.close());

it('a deal gets a page', async () => {
  const { Deals = [] } = await flow.tables('zoho-crm');
  console.log(Object.keys(await flow.tables('zoho-crm')), JSON.stringify(Deals[0]).slice(0, 1500));
  const id = String((Deals[0] as Row).id);
  flow.set({
    properties: [
      { header: 'Montant', field: 'Amount' },
      { header: 'Responsable', field: 'Owner' },
      { header: 'Client', field: 'Account_Name' },
      { header: 'Étape', field: 'Stage' },
      { header: 'Clôture', field: 'Closing_Date' },
    ],
    body: '# {Deal_Name}\nMontant : {Amount+Currency}\n- {Owner}',
  });
  await flow.accept('source', [{ key: 'one', topic: 'Deals.update', recordId: id, body: { id } }]);
  await flow.rig.settled();
  console.log(JSON.stringify(await flow.runs(), null, 1));
  const tables = await flow.tables('notion');
  console.log(JSON.stringify(tables.pages?.at(-1), null, 1), JSON.stringify(tables.blocks));
});
