import { randomBytes, randomUUID } from 'node:crypto';
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { insertConnection } from '../../test/postgres/insert-connection.ts';
import { createTestDatabase, type TestDatabase } from '../../test/postgres/test-database.ts';
import { hookSecrets } from '../connect/hook-secrets.ts';
import { parseKeyring } from '../vault/keyring.ts';
import { seal } from '../vault/seal.ts';
import { storeConnection } from '../vault/testing/stored-connection.ts';
import { belongingOf, connectionItself, grantOf, openVault } from '../vault/vault.ts';
import {
  connectionByHookKey,
  connectionsOf,
  deleteConnection,
  listConnections,
  saveConnection,
} from './connections.ts';
import { type Database, openDatabase } from './database.ts';
import { deleteUnusedGrant, grantsOf, markGrantReconnect } from './grants.ts';
import { migrate } from './migrate.ts';
import { refreshDelay } from './token-refreshes.ts';
import { saveUser } from './users.ts';

const MIGRATIONS = join(import.meta.dirname, 'migrations');
const FIRST_WITH_GRANTS = '0021';

let test: TestDatabase;
let database: Database;
let before: string;

beforeEach(async () => {
  test = await createTestDatabase();
  database = openDatabase(test.connectionString, { max: 2, onError: () => {} });
  await database.query('drop schema public cascade');
  await database.query('create schema public');
  before = await mkdtemp(join(tmpdir(), 'liaison-migrations-'));
  for (const name of await readdir(MIGRATIONS)) {
    if (name < FIRST_WITH_GRANTS) await cp(join(MIGRATIONS, name), join(before, name));
  }
  await migrate(database, before);
});
afterEach(async () => {
  await database.close();
  await test.drop();
  await rm(before, { recursive: true });
});

const keyring = parseKeyring(randomBytes(32).toString('base64'));

/** A connection as it was stored when each had an access of its own. */
async function oldConnection(organisationId: string, connector: string, state = 'active') {
  const id = randomUUID();
  await database.query(
    `insert into connections (id, organisation_id, connector, hook_key, account, data_centre, state)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      id,
      organisationId,
      connector,
      `hook-${connector}`,
      JSON.stringify({ id: `account-${connector}`, name: 'Atelier Lumen' }),
      connector.startsWith('zoho') ? 'eu' : null,
      state,
    ],
  );
  const secrets = {
    [connector === 'stripe' ? 'key' : 'tokens']: `access ${connector}`,
    'hook:hmac-sha256': JSON.stringify([`delivery ${connector}`]),
  };
  for (const [name, text] of Object.entries(secrets)) {
    const { sealed, keyId } = seal(keyring, belongingOf(organisationId, id, name), text);
    await database.query(
      'insert into secrets (connection_id, name, sealed, key_id, version) values ($1, $2, $3, $4, 7)',
      [id, name, sealed, keyId],
    );
  }
  await database.query('insert into token_refreshes (connection_id) values ($1)', [id]);
  return id;
}

it('a database of before keeps every connection: its id, its hook address, its secrets, its count of refreshes', async () => {
  const organisationId = randomUUID();
  await database.query(
    `insert into organisations (id, external_id, name, locale, time_zone, currency)
     values ($1, 'zgid', 'Atelier', 'fr-FR', 'Europe/Paris', 'EUR')`,
    [organisationId],
  );
  const ids: Record<string, string> = {};
  for (const connector of ['zoho-crm', 'zoho-books', 'google-people', 'google-calendar', 'slack', 'stripe']) {
    ids[connector] = await oldConnection(organisationId, connector);
  }
  ids.mailchimp = await oldConnection(organisationId, 'mailchimp', 'reconnect');

  await migrate(database, MIGRATIONS);

  const rows = await listConnections(database);
  expect(Object.fromEntries(rows.map(({ connector, id }) => [connector, id]))).toEqual(ids);
  const vault = await openVault(database, keyring);
  for (const row of rows) {
    const { connector } = row;
    expect(row).toMatchObject({
      grantId: row.id,
      // Its tokens stay good only under the registration that they were given to.
      registration: connector,
      owner: null,
      dataCentre: connector.startsWith('zoho') ? 'eu' : null,
      state: connector === 'mailchimp' ? 'reconnect' : 'active',
    });
    expect((await connectionByHookKey(database, connector, `hook-${connector}`))?.id).toBe(row.id);
    const name = connector === 'stripe' ? 'key' : 'tokens';
    expect(await vault.read(database, grantOf(row), name)).toMatchObject({
      text: `access ${connector}`,
      version: 7,
    });
    expect((await hookSecrets(vault, database, row))('hmac-sha256')).toEqual([`delivery ${connector}`]);
    expect(await refreshDelay(database, row.grantId, { count: 1, perMs: 600_000 })).toBeGreaterThan(0);
  }
  const families = (await grantsOf(database, organisationId)).map(({ family }) => family);
  expect(families.sort()).toEqual(['google', 'google', 'mailchimp', 'slack', 'stripe', 'zoho', 'zoho']);
});

it('a grant outlives one of the connections that stand on it, and goes with its tokens when the last one went', async () => {
  await migrate(database, MIGRATIONS);
  const first = await storeConnection(database, 'acme-mail');
  const { organisationId, grantId, account } = first;
  const second = await saveConnection(database, {
    id: randomUUID(),
    organisationId,
    connector: 'acme-files',
    grantId,
    owner: null,
    hookKey: 'other',
    account,
  });
  const vault = await openVault(database, keyring);
  await vault.put(database, grantOf(first), 'tokens', 'both');
  await vault.put(database, connectionItself(second), 'hook:hmac-sha256', '["its own"]');
  expect(await deleteUnusedGrant(database, grantId)).toBe(false);

  await markGrantReconnect(database, grantId);
  expect((await listConnections(database)).map(({ state }) => state)).toEqual(['reconnect', 'reconnect']);

  await deleteConnection(database, first.id);
  expect(await deleteUnusedGrant(database, grantId)).toBe(false);
  expect((await vault.read(database, grantOf(second), 'tokens'))?.text).toBe('both');
  await deleteConnection(database, second.id);
  expect(await deleteUnusedGrant(database, grantId)).toBe(true);
  expect(await database.query('select name from secrets')).toEqual([]);
});

it('one account stands once for the organisation and once for each person, whatever number of connections are made', async () => {
  await migrate(database, MIGRATIONS);
  const { organisationId, id } = await storeConnection(database, 'acme');
  const user = await saveUser(database, {
    id: randomUUID(),
    organisationId,
    externalId: 'u1',
    name: 'Inès Marchetti',
    email: null,
    locale: null,
    role: 'rep',
  });
  const account = { id: 'account-1', name: 'Account One' };
  const wish = { organisationId, connector: 'acme', account };
  expect((await insertConnection(database, wish)).id).toBe(id);
  const own = await insertConnection(database, { ...wish, owner: user.id });
  expect((await insertConnection(database, { ...wish, owner: user.id })).id).toBe(own.id);
  expect(own.id).not.toBe(id);
  expect((await connectionsOf(database, organisationId, 'acme')).map((row) => row.id)).toEqual([id]);
  expect(await listConnections(database, organisationId)).toHaveLength(2);
});
