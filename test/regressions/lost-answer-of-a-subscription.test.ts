import { NEWSLETTER, TOPICS } from '../../sandbox/zoho-campaigns/seed.ts';
import { zohoCampaigns } from '../../server/connectors/zoho-campaigns/connector.ts';
import { subscriber } from '../../server/connectors/zoho-campaigns/subscriber-object.ts';
import { openSandbox } from '../conformance/sandbox-connection.ts';

const OPTIONS = { list: NEWSLETTER, topic: TOPICS[0]?.id ?? '', optOut: 'list' };
const draft = (email: string) => ({ marker: email, values: { contact_email: email } });

it('a person whose subscription was not answered is looked at again, and not counted as one who was refused', async () => {
  const sandbox = await openSandbox('lost-subscription', { only: ['zoho-campaigns', 'zoho-accounts'] });
  try {
    const { client, exchanges } = await sandbox.connect(zohoCampaigns);
    await client.topics();
    const path = 'json/listsubscribe$';
    await sandbox.fault('zoho-campaigns', { path, commitThenFail: '500', count: 1 });
    const drafts = ['un@essai.example', 'info@essai.example', 'deux@essai.example'].map(draft);
    const [lost, ...rest] = await subscriber.create(client, drafts, OPTIONS);
    expect(lost).toMatchObject({ ok: false, ofCall: true, error: { details: { mayHaveHappened: true } } });
    // Nothing more is sent to an application that does not answer.
    for (const one of rest)
      expect(one).toMatchObject({ ok: false, ofCall: true, error: { details: { mayHaveHappened: false } } });
    expect(exchanges.filter(({ url }) => url.includes('/listsubscribe?'))).toHaveLength(1);
    const ids = (await sandbox.ledger('zoho-campaigns')).map(({ id }) => id);
    expect(ids).toEqual([`${NEWSLETTER} un@essai.example`]);
  } finally {
    await sandbox.close();
  }
});
