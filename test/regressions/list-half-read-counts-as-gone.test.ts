import { NEWSLETTER, TOPICS } from '../../sandbox/zoho-campaigns/seed.ts';
import type { ZohoCampaignsClient } from '../../server/connectors/zoho-campaigns/client.ts';
import { zohoCampaigns } from '../../server/connectors/zoho-campaigns/connector.ts';
import { subscriber } from '../../server/connectors/zoho-campaigns/subscriber-object.ts';
import { LiaisonError } from '../../server/core/errors.ts';
import { openSandbox } from '../conformance/sandbox-connection.ts';

const OPTIONS = { list: NEWSLETTER, topic: TOPICS[0]?.id ?? '', optOut: 'list' };
/** On the second page of the list. */
const LATE = 'contact-00299@clients.example';
const values = { phone: '+33 4 65 71 99 97' };
const change = (id: string) => ({ id, version: null, values, whole: values });

async function among450(work: (client: ZohoCampaignsClient) => Promise<void>): Promise<void> {
  const sandbox = await openSandbox('half-read', { only: ['zoho-campaigns', 'zoho-accounts'] });
  try {
    await sandbox.seed('zoho-campaigns', { contacts: 450, replace: true });
    await work((await sandbox.connect(zohoCampaigns)).client);
  } finally {
    await sandbox.close();
  }
}

it('after a page of the list could not be read, the next lot of the turn reads it again, and nobody on it counts as gone', () =>
  among450(async (client) => {
    let isOut = true;
    const subscribers: ZohoCampaignsClient['subscribers'] = async (list, standing, from) => {
      if (!isOut || standing !== 'active' || from === 1) return client.subscribers(list, standing, from);
      isOut = false;
      throw new LiaisonError('retry-later', { sentence: { en: 'no answer', fr: 'pas de réponse' } });
    };
    const turn: ZohoCampaignsClient = Object.create(client, { subscribers: { value: subscribers } });
    const lot = [change(LATE)];
    await expect(subscriber.update(turn, lot, OPTIONS)).rejects.toMatchObject({ kind: 'retry-later' });
    expect(isOut).toBe(false);
    expect(await subscriber.update(turn, lot, OPTIONS)).toMatchObject([{ ok: true }]);
  }));

it('people whom the turn itself takes out of the first page hide nobody at the head of the next', () =>
  among450(async (client) => {
    const rows = (await client.subscribers(NEWSLETTER, 'active', 1)) ?? [];
    const next = (await client.subscribers(NEWSLETTER, 'active', rows.length + 1)) ?? [];
    const [first, ...out] = rows.slice(0, 21).map(({ email }) => email);
    expect(await subscriber.update(client, [change(first ?? '')], OPTIONS)).toMatchObject([{ ok: true }]);
    const opted = out.map((id) => ({ ...change(id), values: { opted_out: true } }));
    await subscriber.update(client, [change(first ?? ''), ...opted], OPTIONS);
    const heads = next.slice(0, 20).map(({ email }) => change(email));
    const outcomes = await subscriber.update(client, heads, OPTIONS);
    expect(outcomes.filter(({ ok }) => !ok)).toEqual([]);
  }));
