import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { connectors } from '../../server/connectors/index.ts';
import { createDirectory } from '../../server/directory.ts';
import { bindAccounts, offeredRoles } from '../../server/engine/bind-roles.ts';
import { hears } from '../../server/engine/hears.ts';
import { hint } from '../../server/engine/sync/hint.ts';
import { flows, syncs } from '../../server/flows/index.ts';
import { connectionById } from '../../server/store/connections.ts';
import { dueCursors } from '../../server/store/cursors.ts';
import { type Database, openDatabase } from '../../server/store/database.ts';
import { knownKeys } from '../../server/store/gaps.ts';
import { insertEvents } from '../../server/store/inbox.ts';
import { integrationsOf } from '../../server/store/integrations.ts';
import { linkedRecords } from '../../server/store/links.ts';
import { migrate } from '../../server/store/migrate.ts';
import { nameAccount } from '../../server/store/name-account.ts';
import { recordsNamed } from '../../server/store/record-names.ts';
import { loggedRuns } from '../../server/store/run-log.ts';
import { countLinks } from '../../server/store/sync-links.ts';
import { passesOf } from '../../server/store/sync-passes.ts';
import { countRecords } from '../../server/store/sync-records.ts';
import { syncOf } from '../../server/store/syncs.ts';
import { createTestDatabase, type TestDatabase } from '../postgres/test-database.ts';

/** A database that Liaison filled when each flow had one set-up and each connector one account. */

const MIGRATIONS = new URL('../../server/store/migrations/', import.meta.url).pathname;
const LAST = '0018';
const CONTACTS = 'contacts-google-crm';
const DEALS = 'deal-won-to-slack';
const PAYMENTS = 'stripe-payment-to-books';
const SHEET = 'sheet-row-to-lead';

let test: TestDatabase;
let database: Database;
let organisationId: string;
let before: Record<string, number>;

/** Of every table that is there before and after. */
const COUNTED = [
  'inbox',
  'runs',
  'steps',
  'claims',
  'links',
  'cursors',
  'syncs',
  'sync_links',
  'sync_records',
];
const MORE = ['sync_keys', 'sync_writes', 'sync_passes', 'sync_companions', 'connections', 'subscriptions'];

async function counts(sql: { query: Database['query'] }): Promise<Record<string, number>> {
  const tables = [...COUNTED, ...MORE];
  const [row] = await sql.query<Record<string, number>>(
    `select ${tables.map((table) => `(select count(*)::int from ${table}) as ${table}`).join(', ')}`,
  );
  return row ?? {};
}

beforeAll(async () => {
  test = await createTestDatabase();
  const folder = await mkdtemp(join(tmpdir(), 'liaison-migrations-'));
  const client = new pg.Client({ connectionString: test.connectionString });
  await client.connect();
  await client.query('drop schema public cascade; create schema public');
  await client.end();
  database = openDatabase(test.connectionString, { max: 4, onError() {} });
  for (const name of await readdir(MIGRATIONS))
    if (name.slice(0, LAST.length) <= LAST) await cp(join(MIGRATIONS, name), join(folder, name));
  await migrate(database, folder);
  await rm(folder, { recursive: true });
  await database.query(await readFile(new URL('database-of-0018.sql', import.meta.url).pathname, 'utf8'));
  before = await counts(database);
  await migrate(database, MIGRATIONS);
  const [row] = await database.query<{ id: string }>('select id from organisations');
  organisationId = row?.id ?? '';
  await bindAccounts(database, offeredRoles(flows, syncs), new Map(connectors.map((one) => [one.id, one])));
});
afterAll(async () => {
  await database?.close();
  await test?.drop();
});

const directory = () =>
  createDirectory({
    database,
    flows,
    syncs,
    connectors: new Map(),
    now: Date.now,
    openConnection: () => {
      throw new Error('no vendor in this test');
    },
    hookSecrets: async () => () => [],
  });

it('keeps every row, and doubles none', async () => {
  expect(before.sync_links).toBe(62);
  expect(await counts(database)).toEqual(before);
});

it('has one integration of each flow that it used, with the flow’s id, its settings and its accounts', async () => {
  const rows = await integrationsOf(database, organisationId);
  expect(rows.map(({ id, flow, name }) => [id, flow, name])).toEqual(
    expect.arrayContaining([CONTACTS, DEALS, PAYMENTS, SHEET].map((id) => [id, id, null])),
  );
  expect(rows.find(({ id }) => id === SHEET)?.settings).toMatchObject({ begin: 'all' });
  const connections = await database.query<{ id: string; connector: string; account: string }>(
    `select id, connector, account->>'id' as account from connections`,
  );
  for (const { id, roles } of rows) {
    expect([id, roles.length]).not.toEqual([id, 0]);
    for (const { connector, connectionId, accountId } of roles)
      expect(connections).toContainEqual({ id: connectionId, connector, account: accountId });
  }
});

it('lists the syncs that nobody had touched, as it did, and none of an organisation that came later', async () => {
  const listed = await integrationsOf(database, organisationId);
  // Those that there were then; a flow that came later is set up by whoever wants it.
  for (const id of ['contacts-google-crm', 'calendar-google-crm', 'mailchimp-crm'])
    expect(listed).toContainEqual(expect.objectContaining({ id, flow: id, name: null, owner: null }));
  const later = '22222222-2222-4222-8222-222222222222';
  await database.query(
    `insert into organisations (id, external_id, name, locale, time_zone, currency)
     values ($1, 'later', 'Later', 'fr-FR', 'Europe/Paris', 'EUR')`,
    [later],
  );
  expect(await integrationsOf(database, later)).toEqual([]);
});

it('finds its links, its pairs and their states, and goes on where its cursors were', async () => {
  const key = { organisationId, integration: CONTACTS };
  expect(await countLinks(database, key)).toBe(62);
  expect(await countRecords(database, key)).toMatchObject({ inSync: 62, failing: 0, excluded: 4 });
  const sync = await syncOf(database, organisationId, CONTACTS);
  expect([sync?.phase, sync?.left.cursor !== null, sync?.right.cursor !== null]).toEqual([
    'live',
    true,
    true,
  ]);
  const [link] = await database.query<{ leftId: string; rightId: string }>(
    `select left_id as "leftId", right_id as "rightId" from links where integration = $1`,
    [SHEET],
  );
  const left = { organisationId, integration: SHEET, leftId: link?.leftId ?? '' };
  expect(await linkedRecords(database, [left])).toEqual([link?.rightId]);
  await database.query('update cursors set next_at = now()');
  const cursors = await dueCursors(database, [...flows.keys()], 10);
  expect(cursors.map(({ integration, flow }) => [integration, flow]).sort()).toEqual(
    [DEALS, SHEET, PAYMENTS].sort().map((id) => [id, id]),
  );
  expect(cursors.find(({ integration }) => integration === SHEET)?.cursor).not.toBeNull();
});

it('shows its history under the names that it had', async () => {
  const runs = await loggedRuns(database, organisationId, { limit: 50 });
  expect(runs).toHaveLength(before.runs ?? 0);
  expect(new Set(runs.map(({ integration, flow }) => `${integration} ${flow}`))).toEqual(
    new Set([DEALS, PAYMENTS, SHEET].map((id) => `${id} ${id}`)),
  );
  const labels = runs.filter(({ flow }) => flow === SHEET).map(({ recordLabel }) => recordLabel);
  expect(labels).toContainEqual({ en: 'Mehdi Ait Ouarab · row 5', fr: 'Mehdi Ait Ouarab · ligne 5' });
  expect(labels.filter((label) => typeof label === 'string')).toEqual([]);
  for (const sought of ['ouarab row', 'ouarab ligne'])
    expect(
      await recordsNamed(database, organisationId, sought, { limit: 9, hidden: new Set() }),
    ).toMatchObject([{ label: { en: 'Mehdi Ait Ouarab · row 5', fr: 'Mehdi Ait Ouarab · ligne 5' } }]);
  const passes = await passesOf(database, { organisationId, integration: CONTACTS }, 10);
  expect(passes.map(({ kind }) => kind).sort()).toEqual(['apply', 'preview']);
});

it('takes deliveries at the addresses that vendors have, and knows again what was delivered', async () => {
  const hooks = await database.query<{ connector: string; key: string; id: string }>(
    'select connector, hook_key as key, id from connections',
  );
  for (const { connector, key, id } of hooks)
    expect(await directory().findDoor(connector, key)).toMatchObject({ id, organisationId });
  const events = await database.query<{
    connectionId: string | null;
    connector: string;
    eventKey: string;
    topic: string;
    recordId: string | null;
    contentType: string;
    body: string;
  }>(
    `select connection_id as "connectionId", connector, event_key as "eventKey", topic, record_id as "recordId",
       content_type as "contentType", body from inbox`,
  );
  const doors = new Map(
    await Promise.all(
      hooks.map(
        async ({ connector, key }) => [connector, await directory().findDoor(connector, key)] as const,
      ),
    ),
  );
  const again = events.map((event) => ({
    ...event,
    organisationId,
    account: doors.get(event.connector)?.account ?? '',
  }));
  expect(again.length).toBe(before.inbox);
  expect(await insertEvents(database, again, [])).toBe(0);
  expect((await counts(database)).inbox).toBe(before.inbox);
});

it('knows again what was delivered by an account that was removed and is connected anew', async () => {
  const [event] = await database.query<{ connector: string; eventKey: string }>(
    `update inbox set account = '', connection_id = gen_random_uuid() where id = (select min(id) from inbox)
     returning connector, event_key as "eventKey"`,
  );
  const base = {
    organisationId,
    connectionId: null,
    topic: 'x',
    recordId: null,
    contentType: 'application/json',
    body: '{}',
  };
  const wish = {
    ...base,
    connector: event?.connector ?? '',
    eventKey: event?.eventKey ?? '',
    account: 'anew',
  };
  await insertEvents(database, [wish], []);
  expect((await counts(database)).inbox).toBe(before.inbox);
  // An event of its own is taken, once.
  const own = { ...wish, eventKey: 'own' };
  await insertEvents(database, [own, own, { ...own, account: 'another' }], []);
  expect((await counts(database)).inbox).toBe((before.inbox ?? 0) + 2);
});

it('names its account of Stripe, which had none, and goes on with its hook, its role and what was delivered', async () => {
  const [row] = await database.query<{ id: string }>(`select id from connections where connector = 'stripe'`);
  const former = await connectionById(database, row?.id ?? '');
  if (former === null) throw new Error('no connection');
  const account = { id: 'acct_1', name: 'Atelier Lumen' };
  expect(await nameAccount(database, former, 'stripe', account)).toBe(true);
  expect(await nameAccount(database, former, 'stripe', account)).toBe(false);
  expect(await directory().findDoor('stripe', former.hookKey)).toMatchObject({
    id: former.id,
    account: 'acct_1',
  });
  const payments = (await integrationsOf(database, organisationId)).find(({ id }) => id === PAYMENTS);
  const source = payments?.roles.find(({ role }) => role === 'source');
  expect(source).toMatchObject({ accountId: 'acct_1', connectionId: former.id });
  await database.query(
    `update inbox set account = 'stripe' where connector = 'stripe' and event_key like 'evt_%'`,
  );
  const known = await database.query<{ eventKey: string }>(
    `select event_key as "eventKey" from inbox where connector = 'stripe' and account = 'stripe'`,
  );
  expect(known.length).toBeGreaterThan(0);
  const inbox = (await counts(database)).inbox;
  const again = {
    organisationId,
    connectionId: former.id,
    connector: 'stripe',
    account: 'acct_1',
    topic: 'x',
  };
  const told = known.map(({ eventKey }) => ({
    ...again,
    eventKey,
    recordId: null,
    contentType: '',
    body: '{}',
  }));
  expect(await insertEvents(database, told, [])).toBe(0);
  expect((await counts(database)).inbox).toBe(inbox);
  const swept = { ...again, integration: PAYMENTS, side: 'first' as const, flow: PAYMENTS, topics: [] };
  const keys = known.map(({ eventKey }) => eventKey);
  expect(await knownKeys(database, swept, keys)).toEqual(new Set(keys));
  // What was under way when the name was given still finds its integration, and no other account's.
  const underWay = { account: 'stripe', connector: 'stripe', connectionId: former.id };
  expect(payments && hears(payments, 'source', underWay)).toBe(true);
  expect(payments && hears(payments, 'source', { ...underWay, connectionId: organisationId })).toBe(false);
});

it('a delivery wakes the sync that it concerns', async () => {
  await database.query(`update syncs set next_at = now() + interval '1 hour'`);
  const { account } = (await directory().findDoor('zoho-crm', await hookOf('zoho-crm'))) ?? { account: '' };
  const row = { organisationId, account, connector: 'zoho-crm', topic: 'Contacts.update', recordId: '1' };
  await hint(database, directory(), [row]);
  expect(await database.query('select integration, side from sync_hints')).toEqual([
    { integration: CONTACTS, side: 'right' },
  ]);
});

const hookOf = async (connector: string): Promise<string> => {
  const [row] = await database.query<{ key: string }>(
    'select hook_key as key from connections where connector = $1',
    [connector],
  );
  return row?.key ?? '';
};
