import { createTestDatabase, type TestDatabase } from '../../test/postgres/test-database.ts';
import { storeConnection } from '../vault/testing/stored-connection.ts';
import { saveHealth } from './connection-health.ts';
import { connectionById, markReconnect, reviveConnections } from './connections.ts';
import { type Database, openDatabase } from './database.ts';

let test: TestDatabase;
let database: Database;

beforeAll(async () => {
  test = await createTestDatabase();
  database = openDatabase(test.connectionString, { max: 2, onError: () => {} });
});
afterAll(async () => {
  await database.close();
  await test.drop();
});

async function refused(vendorMessage: string) {
  const connection = await storeConnection(database);
  const sentence = { en: 'Refused.', fr: 'Refusé.' };
  const failure = { kind: 'reconnect' as const, sentence, vendorMessage };
  await saveHealth(database, [{ id: connection.id, successAt: null, failureAt: new Date(), failure }]);
  await markReconnect(database, connection.id);
  return connection;
}

it('connections that failed for this server’s registration are taken up again; revoked ones wait for an admin', async () => {
  const unregistered = await refused('invalid_client');
  const revoked = await refused('invalid_grant');
  expect(await reviveConnections(database, ['invalid_client'])).toEqual([unregistered.organisationId]);
  expect((await connectionById(database, unregistered.id))?.state).toBe('active');
  expect((await connectionById(database, revoked.id))?.state).toBe('reconnect');
  expect(await reviveConnections(database, ['invalid_client'])).toEqual([]);
});
