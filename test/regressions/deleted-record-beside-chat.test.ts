import { randomUUID } from 'node:crypto';
import { zohoCrm } from '../../server/connectors/zoho-crm/connector.ts';
import { zohoSalesIq } from '../../server/connectors/zoho-salesiq/connector.ts';
import { recordsBesideChat } from '../../server/flows/records-beside-chat/flow.ts';
import { openFlow } from '../desk/flow-rig.ts';

const PORTAL = 'atelierlumen';
const EMAIL = 'effacee@exemple.example';

it('a lead that was deleted is not shown to operators any more, though the search of the CRM still finds it', async () => {
  const roles = { source: zohoCrm as never, target: zohoSalesIq as never };
  const flow = await openFlow(recordsBesideChat as never, roles, { portal: PORTAL });
  try {
    const { client: crm } = await flow.sandbox.connect(zohoCrm);
    const { id } = await crm.createOne('Leads', { Last_Name: 'Effacée', Company: 'Essai', Email: EMAIL }, []);
    await flow.sandbox.act('zoho-salesiq', { act: 'visit', email: EMAIL });
    const tell = async (topic: string): Promise<void> => {
      await flow.accept('source', [{ key: randomUUID(), topic, recordId: id, body: { ids: [id] } }]);
      await flow.rig.settled();
    };
    const shown = async (): Promise<unknown> => {
      const { visitors = [] } = await flow.tables('zoho-salesiq');
      const visitor = visitors.find((one) => one.email === EMAIL && one.portal === PORTAL);
      return (visitor?.customerInfo as { CRM?: string } | undefined)?.CRM;
    };
    await tell('Leads.insert');
    expect(await shown()).toContain('Effacée');
    // The record itself is gone; the index of the search does not know it yet.
    await flow.sandbox.fault('zoho-crm', { methods: ['GET'], path: `/Leads/${id}$`, status: 404 });
    await tell('Leads.delete');
    expect(await shown()).toBe('plus de fiche');
  } finally {
    await flow.close();
  }
});
