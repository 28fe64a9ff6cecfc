import { randomBytes, randomUUID } from 'node:crypto';
import { createTestDatabase, type TestDatabase } from '../../test/postgres/test-database.ts';
import { parseKeyring } from '../vault/keyring.ts';
import { storeConnection } from '../vault/testing/stored-connection.ts';
import { connectionItself, grantOf, openVault } from '../vault/vault.ts';
import { claims } from './claims.ts';
import { type Database, openDatabase } from './database.ts';
import { linkedRecords, saveLinks } from './links.ts';
import { saveOrganisation } from './organisations.ts';

/** What many runs ask of the database in one statement: each is answered as if it had asked alone. */

const FLOW = 'flow';

let test: TestDatabase;
let databases: readonly [Database, Database];
let organisationId: string;

beforeAll(async () => {
  test = await createTestDatabase();
  const open = () => openDatabase(test.connectionString, { max: 4, onError: () => {} });
  databases = [open(), open()];
});
afterAll(async () => {
  await Promise.all(databases.map((one) => one.close()));
  await test.drop();
});
beforeEach(async () => {
  organisationId = randomUUID();
  await saveOrganisation(databases[0], {
    id: organisationId,
    externalId: organisationId,
    name: 'Atelier Lumen',
    locale: 'fr-FR',
    timeZone: 'Europe/Paris',
    currency: 'EUR',
  });
});

async function newRun(state = 'waiting'): Promise<string> {
  const id = randomUUID();
  await databases[0].query(
    `with event as (
       insert into inbox (organisation_id, connector, event_key, topic, content_type)
       values ($2, 'x', $1::text, 'x', 'application/json') returning id)
     insert into runs (id, organisation_id, integration, record_object, record_id, event_id, state)
     select $1::uuid, $2, $3, 'x', 'x', id, $4 from event`,
    [id, organisationId, FLOW, state],
  );
  return id;
}

describe('claims', () => {
  const wish = (identity: string, runId: string) => ({ organisationId, integration: FLOW, identity, runId });

  it('of one thing are the first one’s, and its own again', async () => {
    const [first, second] = [await newRun(), await newRun()];
    const asked = [wish('a', first), wish('a', second), wish('b', second), wish('a', first)];
    expect(await claims(databases[0], asked)).toEqual([true, false, true, true]);
    expect(await claims(databases[0], asked)).toEqual([true, false, true, true]);
    expect(await claims(databases[0], [wish('a', second), wish('b', first)])).toEqual([false, false]);
  });

  it('of a run that was set aside may be taken over', async () => {
    const [shelved, other] = [await newRun('shelved'), await newRun()];
    await claims(databases[0], [wish('a', shelved)]);
    expect(await claims(databases[0], [wish('a', other)])).toEqual([true]);
  });

  it('of two processes that claim the same things in other orders are each one’s', async () => {
    const runs = [await newRun(), await newRun()] as const;
    const identities = Array.from({ length: 200 }, (_, index) => `thing ${index}`);
    for (let round = 0; round < 5; round += 1) {
      const asked = identities.map((identity) => `${round} ${identity}`);
      const [left, right] = await Promise.all([
        claims(
          databases[0],
          asked.map((identity) => wish(identity, runs[0])),
        ),
        claims(
          databases[1],
          asked.toReversed().map((identity) => wish(identity, runs[1])),
        ),
      ]);
      const mirrored = right.toReversed();
      expect(left.map((mine, index) => Number(mine) + Number(mirrored[index]))).toEqual(asked.map(() => 1));
    }
  });
});

describe('links', () => {
  const left = (leftId: string, integration = FLOW) => ({ organisationId, integration, leftId });

  it('are told in the order in which they were asked for, and none of another integration', async () => {
    await saveLinks(databases[0], [
      { ...left('a'), rightId: '1' },
      { ...left('b'), rightId: '2' },
      { ...left('a', 'another'), rightId: '3' },
    ]);
    const asked = [
      left('b'),
      left('unknown'),
      left('a'),
      left('b'),
      left('a', 'another'),
      left('b', 'another'),
    ];
    expect(await linkedRecords(databases[0], asked)).toEqual(['2', null, '1', '2', '3', null]);
    const elsewhere = { ...left('a'), organisationId: randomUUID() };
    expect(await linkedRecords(databases[0], [elsewhere])).toEqual([null]);
  });

  it('of one record that are stored together are the later one', async () => {
    await saveLinks(databases[0], [
      { ...left('a'), rightId: 'early' },
      { ...left('a'), rightId: 'late' },
    ]);
    expect(await linkedRecords(databases[0], [left('a')])).toEqual(['late']);
  });
});

it('secrets are each their owner’s, by name, and those that are not there are none', async () => {
  const [database] = databases;
  const vault = await openVault(database, parseKeyring(randomBytes(32).toString('base64')));
  const one = await storeConnection(database, 'one');
  const two = await storeConnection(database, 'two');
  await vault.put(database, grantOf(one), 'tokens', 'of one');
  await vault.put(database, grantOf(two), 'tokens', 'of two');
  await vault.put(database, connectionItself(two), 'hook', 'of the second’s deliveries');
  const read = vault.reader(database);
  const told = await Promise.all(
    [
      read(grantOf(two), 'tokens'),
      read(grantOf(one), 'tokens'),
      read(grantOf(one), 'hook'),
      read(connectionItself(two), 'hook'),
      read(connectionItself(two), 'tokens'),
    ].map(async (secret) => (await secret)?.text ?? null),
  );
  expect(told).toEqual(['of two', 'of one', null, 'of the second’s deliveries', null]);
});
