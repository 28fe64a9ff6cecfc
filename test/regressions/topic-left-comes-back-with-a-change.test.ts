import { NEWSLETTER, TOPICS } from '../../sandbox/zoho-campaigns/seed.ts';
import { zohoCampaigns } from '../../server/connectors/zoho-campaigns/connector.ts';
import { subscriber } from '../../server/connectors/zoho-campaigns/subscriber-object.ts';
import { openSandbox } from '../conformance/sandbox-connection.ts';

const TOPIC = TOPICS[0]?.id ?? '';
const OPTIONS = { list: NEWSLETTER, topic: TOPIC, optOut: 'list' };
const EVE = 'eve@essai.example';

it('somebody who left a topic and stayed in the list does not get it back with a change of theirs', async () => {
  const sandbox = await openSandbox('topic-left', { only: ['zoho-campaigns', 'zoho-accounts'] });
  try {
    const { client } = await sandbox.connect(zohoCampaigns);
    const topicsOf = async (): Promise<unknown> =>
      (await sandbox.state('zoho-campaigns')).memberships?.find(({ email }) => email === EVE)?.topics;
    await subscriber.create(client, [{ marker: 'm', values: { contact_email: EVE } }], OPTIONS);
    expect(await topicsOf()).toEqual([TOPIC]);
    await sandbox.act('zoho-campaigns', { act: 'leave-topic', email: EVE, topic: TOPIC });
    const values = { phone: '+33 4 65 71 99 99' };
    const change = { id: EVE, version: null, values, whole: values };
    expect(await subscriber.update(client, [change], OPTIONS)).toMatchObject([{ ok: true }]);
    expect(await topicsOf()).toEqual([]);
    // Nor with the CRM's person of the same address, who is new there.
    const { client: later } = await sandbox.connect(zohoCampaigns);
    const again = await subscriber.create(later, [{ marker: 'n', values: { contact_email: EVE } }], OPTIONS);
    expect(again).toMatchObject([{ ok: false, error: { kind: 'retry-later' } }]);
    expect(await topicsOf()).toEqual([]);
  } finally {
    await sandbox.close();
  }
});
