import { createHash } from 'node:crypto';
import type { KeyAccount } from '../core/account-of-key.ts';
import type { Connector } from '../core/connector.ts';
import { type ConnectionRow, connectionById, listConnections } from '../store/connections.ts';
import { grantById } from '../store/grants.ts';
import { bindRoles } from '../store/integration-roles.ts';
import { integrationsOf, saveIntegration } from '../store/integrations.ts';
import { KEY } from '../vault/tokens-text.ts';
import { grantOf } from '../vault/vault.ts';
import { connectWithKey } from './key.ts';
import { nameAccounts } from './name-accounts.ts';
import { connectInSandbox } from './sandbox.ts';
import { behave, failureOf, startRig } from './testing/rig.ts';

/** Accounts that are opened with keys, as their vendor names them, or as it does not. */

let rig: Awaited<ReturnType<typeof startRig>>;
let keyed: Connector;
let organisationId: string;

beforeEach(async () => {
  rig = await startRig();
  behave(rig.vendor);
  keyed = {
    ...rig.keyed,
    authorisation: {
      kind: 'key',
      header: 'Bearer {token}',
      instructions: { en: '', fr: '' },
      trial: /^rk_test_/,
    },
  };
  rig.connectors.set('keyed', keyed);
  organisationId = (await connectInSandbox(rig.deps, { organisationId: null, connector: rig.crm }))
    .organisationId;
});
afterEach(() => rig.close());

/** Who each key opens; a key that is not here is no good. */
const opens = (keys: Readonly<Record<string, KeyAccount>>): void => {
  const { answer } = rig.vendor;
  rig.vendor.answer = (request, response, body) => {
    if (!(request.url ?? '').startsWith('/keyed/')) return answer(request, response, body);
    const account = keys[(request.headers.authorization ?? '').replace('Bearer ', '')];
    response.writeHead(account === undefined ? 401 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(account ?? { error: 'invalid token' }));
  };
};
const connect = (key: string, connectionId?: string): Promise<ConnectionRow> =>
  connectWithKey(rig.deps, {
    organisationId,
    connector: keyed,
    key,
    ...(connectionId === undefined ? {} : { connectionId }),
  });
const ids = async (): Promise<string[]> =>
  (await listConnections(rig.deps.database, organisationId))
    .filter(({ connector }) => connector === 'keyed')
    .map(({ account }) => account.id);

/** A connection as it was made when an organisation had one account of the vendor, under the connector's name. */
async function nameless(key: string): Promise<ConnectionRow> {
  opens({ [key]: { id: 'keyed', name: 'Keyed' } });
  const made = await connect(key);
  await rig.deps.database.query(
    `update connections set account = '{"id":"keyed","name":"Keyed"}' where id = $1`,
    [made.id],
  );
  await rig.deps.database.query(`update grants set account = '{"id":"keyed","name":"Keyed"}' where id = $1`, [
    made.grantId,
  ]);
  await saveIntegration(rig.deps.database, {
    organisationId,
    id: 'payments',
    flow: 'payments',
    enabled: true,
    settings: {},
  });
  await bindRoles(rig.deps.database, { organisationId, integration: 'payments' }, { source: made.id });
  const row = await connectionById(rig.deps.database, made.id);
  if (row === null) throw new Error('no connection');
  return row;
}
const role = async () => {
  const [integration] = await integrationsOf(rig.deps.database, organisationId);
  return integration?.roles.map(({ accountId, connectionId }) => [accountId, connectionId]);
};

describe('two keys', () => {
  it('of two accounts are two connections, of one account one that is renewed', async () => {
    opens({
      rk_live_one: { id: 'acct_1', name: 'Atelier' },
      rk_live_another: { id: 'acct_1', name: 'Atelier' },
      rk_live_two: { id: 'acct_2', name: 'Studio' },
    });
    const one = await connect('rk_live_one');
    await connect('rk_live_two');
    expect((await connect('rk_live_another')).id).toBe(one.id);
    expect(await ids()).toEqual(['acct_1', 'acct_2']);
    expect((await rig.deps.vault.read(rig.deps.database, grantOf(one), KEY))?.text).toBe('rk_live_another');
    await failureOf(connect('rk_live_two', one.id));
  });

  it('of one account’s real and test data are two connections', async () => {
    opens({
      rk_live_one: { id: 'acct_1', name: 'Atelier' },
      rk_test_one: { id: 'acct_1', name: 'Atelier' },
    });
    await connect('rk_live_one');
    expect((await connect('rk_test_one')).account.name).toBe('Atelier (test)');
    expect(await ids()).toEqual(['acct_1', 'acct_1:test']);
  });

  it('of which the vendor says nothing are told apart by themselves; another key for one keeps its account', async () => {
    const unsaid = { id: 'keyed', name: 'Keyed', isUnsaid: true };
    opens({ rk_live_one: unsaid, rk_live_two: unsaid, rk_live_rolled: unsaid });
    const one = await connect('rk_live_one');
    await connect('rk_live_two');
    expect((await connect('rk_live_one')).id).toBe(one.id);
    const before = await ids();
    expect(new Set(before).size).toBe(2);
    const digest = createHash('sha256').update('rk_live_one').digest('hex');
    expect(before[0]).toBe(`key-${digest.slice(0, 16)}`);
    expect((await connect('rk_live_rolled', one.id)).id).toBe(one.id);
    expect(await ids()).toEqual(before);
    expect((await listConnections(rig.deps.database, organisationId)).at(-1)?.account).not.toHaveProperty(
      'isUnsaid',
    );
  });
});

describe('a connection of before accounts had names', () => {
  it('is named with its own key, and keeps its id, its hook, its grant and its roles', async () => {
    const before = await nameless('rk_test_old');
    opens({ rk_test_old: { id: 'acct_1', name: 'Atelier' } });
    await nameAccounts(rig.deps);
    const after = await connectionById(rig.deps.database, before.id);
    expect(after).toMatchObject({ hookKey: before.hookKey, grantId: before.grantId });
    expect(after?.account).toEqual({ id: 'acct_1:test', name: 'Atelier (test)' });
    expect((await grantById(rig.deps.database, before.grantId))?.account.id).toBe('acct_1:test');
    expect(await role()).toEqual([['acct_1:test', before.id]]);
  });

  it('is named before a key of another account is kept beside it', async () => {
    const before = await nameless('rk_live_old');
    opens({ rk_live_old: { id: 'acct_1', name: 'Atelier' }, rk_live_new: { id: 'acct_2', name: 'Studio' } });
    expect((await connect('rk_live_new')).id).not.toBe(before.id);
    expect(await ids()).toEqual(['acct_1', 'acct_2']);
    expect(await role()).toEqual([['acct_1', before.id]]);
  });

  it('is renewed by another key of its account, and is not doubled', async () => {
    const before = await nameless('rk_live_old');
    opens({ rk_live_old: { id: 'acct_1', name: 'Atelier' }, rk_live_new: { id: 'acct_1', name: 'Atelier' } });
    expect((await connect('rk_live_new')).id).toBe(before.id);
    expect(await ids()).toEqual(['acct_1']);
  });

  it.each(['said to be for it', 'pasted as any'])(
    'whose key is dead is renewed by one that is %s',
    async (how) => {
      const before = await nameless('rk_live_old');
      await rig.deps.database.query(`update connections set state = 'reconnect' where id = $1`, [before.id]);
      opens({ rk_live_new: { id: 'acct_1', name: 'Atelier' } });
      const renewed = await connect('rk_live_new', how === 'pasted as any' ? undefined : before.id);
      expect(renewed).toMatchObject({ id: before.id, state: 'active', hookKey: before.hookKey });
      expect(await role()).toEqual([['acct_1', before.id]]);
    },
  );

  it('that was disconnected leaves its roles to the account that is connected next', async () => {
    const before = await nameless('rk_live_old');
    await rig.deps.database.query('delete from connections where id = $1', [before.id]);
    opens({ rk_live_new: { id: 'acct_1', name: 'Atelier' } });
    await connect('rk_live_new');
    expect(await role()).toEqual([['acct_1', null]]);
  });

  it('keeps its name while its vendor does not answer', async () => {
    const before = await nameless('rk_live_old');
    opens({});
    await nameAccounts(rig.deps);
    expect((await connectionById(rig.deps.database, before.id))?.account.id).toBe('keyed');
  });
});
