import { randomUUID } from 'node:crypto';
import { openapiDocument } from '../../server/api/openapi.ts';
import { FACT_TYPES } from '../../server/core/facts/facts.ts';
import { MESSAGES } from '../../server/core/facts/message.ts';
import { SAMPLE_MESSAGES } from '../../server/flows/fact-samples.ts';
import { loggedDispatches } from '../../server/store/dispatch-log.ts';
import { eraseRunsOf, eraseToldOf } from '../../server/store/erase-records.ts';
import { parseKeyring } from '../../server/vault/keyring.ts';
import { openReceiverSecrets } from '../../server/vault/receiver-secrets.ts';
import { rotate } from '../../server/vault/rotate.ts';
import { openVault } from '../../server/vault/vault.ts';
import { ORGANISATION } from '../engine/rig.ts';
import { insertConnection } from '../postgres/insert-connection.ts';
import { openReceiverRig, type ReceiverRig, telling, until, VAULT_KEY, won } from './rig.ts';

describe('what is sent', () => {
  it.each(FACT_TYPES)('of %s is described, and its sample is what the description says', (type) => {
    const { schema } = MESSAGES[type];
    expect(schema.parse(SAMPLE_MESSAGES[type])).toEqual(SAMPLE_MESSAGES[type]);
    expect(() => schema.parse({ ...SAMPLE_MESSAGES[type], data: {} })).toThrow();
  });

  it('stands in the API’s document as JSON Schema, with its headers', () => {
    const { webhooks } = openapiDocument('1') as {
      webhooks: Record<string, { post: Record<string, unknown> }>;
    };
    expect(Object.keys(webhooks)).toEqual([...FACT_TYPES, 'test']);
    expect(webhooks['deal.won']?.post).toMatchObject({
      parameters: [{ name: 'webhook-id' }, { name: 'webhook-timestamp' }, { name: 'webhook-signature' }],
      requestBody: {
        content: { 'application/json': { schema: { properties: { type: { const: 'deal.won' } } } } },
      },
    });
  });
});

describe('what is kept', () => {
  let rig: ReceiverRig;
  beforeEach(async () => {
    rig = await openReceiverRig();
  });
  afterEach(() => rig.close());

  const log = (id: string) => loggedDispatches(rig.database, id, { limit: 100 });

  it('is erased with the log of a record, and not sent any more', async () => {
    const { id } = await rig.receiver();
    const engine = await rig.engine([telling(({ event }) => won(event.recordId ?? ''))]);
    await rig.send(engine, 'asks');
    await rig.send(engine, 'stays');
    await rig.settled();
    const records = [{ object: 'vendor.thing', id: 'asks' }];
    const sought = { organisationId: ORGANISATION.id, connector: 'vendor', account: '', records };
    await rig.database.transaction((sql) => eraseRunsOf(sql, sought, { en: 'Erased.', fr: 'Effacé.' }));
    rig.dispatcher();
    await until(async () => (await log(id)).every(({ state }) => state === 'done'));
    expect(rig.came('hooks.example.com').map(({ data }) => data.record)).toMatchObject([{ id: 'stays' }]);
    expect(
      JSON.stringify(await rig.database.query('select * from dispatches where state = $1', ['failed'])),
    ).not.toContain('Müller');
  });

  it('of syncs is erased by whom it names, of the account that asks', async () => {
    const { id } = await rig.receiver();
    await insertConnection(rig.database, { organisationId: ORGANISATION.id, connector: 'shop' });
    await rig.database.query(
      `insert into integration_roles (organisation_id, integration, role, connector, account_id) values ($1, 'won', 'source', 'shop', 'account')`,
      [ORGANISATION.id],
    );
    await rig.tell(won('customer-1'), won('customer-2'));
    const sought = { organisationId: ORGANISATION.id, connector: 'shop', account: 'account', records: [] };
    const person = { id: 'customer-1', email: null, phone: null };
    await eraseToldOf(rig.database, { ...sought, account: 'another' }, null);
    expect(await log(id)).toHaveLength(2);
    await eraseToldOf(rig.database, sought, person);
    expect((await log(id)).map(({ data }) => data)).toEqual([won('customer-2').data]);
    await eraseToldOf(rig.database, sought, null);
    expect(await log(id)).toEqual([]);
  });

  it('goes with the organisation, its secrets too', async () => {
    await rig.receiver();
    await rig.tell(won('d1'));
    await rig.database.query('delete from organisations where id = $1', [ORGANISATION.id]);
    for (const table of ['receivers', 'receiver_secrets', 'dispatches'])
      expect(await rig.database.query(`select * from ${table}`)).toEqual([]);
  });

  it('of secrets is sealed: nothing of it stands in the database, and another key takes over while servers work', async () => {
    const { id, secret } = await rig.receiver();
    const other = await rig.receiver({ id: randomUUID() });
    const rows = await rig.database.query<{ sealed: Buffer }>('select sealed from receiver_secrets');
    expect(rows[0]?.sealed.includes(Buffer.from(secret))).toBe(false);
    const next = `next:${Buffer.alloc(32, 9).toString('base64')}`;
    expect(await rotate(rig.database, parseKeyring(`${next},${VAULT_KEY}`))).toBeGreaterThan(0);
    const vault = await openVault(rig.database, parseKeyring(next));
    expect(await openReceiverSecrets(vault, rig.database, id)).toEqual([secret]);
    // Moved to another receiver it does not open.
    await rig.database.query('update receiver_secrets set receiver_id = $2 where receiver_id = $1', [
      id,
      other.id,
    ]);
    await expect(openReceiverSecrets(vault, rig.database, other.id)).rejects.toThrow('does not open');
  });
});
