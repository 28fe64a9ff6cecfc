import { randomUUID } from 'node:crypto';
import { createTestDatabase, type TestDatabase } from '../../test/postgres/test-database.ts';
import { type Database, openDatabase } from '../store/database.ts';
import { saveOrganisation } from '../store/organisations.ts';
import { dueSyncs, ensureSync, saveSync } from '../store/syncs.ts';
import { afterConnect } from './after-connect.ts';

let test: TestDatabase;
let database: Database;

beforeAll(async () => {
  test = await createTestDatabase();
  database = openDatabase(test.connectionString, { max: 3, onError: () => {} });
});
afterAll(async () => {
  await database.close();
  await test.drop();
});

async function organisation(): Promise<string> {
  const id = randomUUID();
  await saveOrganisation(database, {
    id,
    externalId: id,
    name: 'Atelier Lumen',
    locale: 'fr-FR',
    timeZone: 'Europe/Paris',
    currency: 'EUR',
  });
  return id;
}

/** A sync that lacked its account, and would look again in an hour. */
async function stopped(organisationId: string, phase: 'live' | 'paused'): Promise<void> {
  await ensureSync(database, organisationId, 'contacts');
  await saveSync(database, { organisationId, integration: 'contacts' }, { phase, nextIn: 3_600 });
}

const parts = (replayed: unknown[] = []) => ({
  database,
  bindRoles: async () => {},
  forget: () => {},
  keepSubscriptions: async () => {},
  replay: async (...asked: unknown[]) => replayed.push(asked),
});

it('a sync that stood still for want of an account looks at once when there is one', async () => {
  const [own, other, paused] = [await organisation(), await organisation(), await organisation()];
  await stopped(own, 'live');
  await stopped(other, 'live');
  await stopped(paused, 'paused');
  for (const id of [own, paused]) await afterConnect(parts(), id);
  expect(await dueSyncs(database, 10)).toEqual([{ organisationId: own, integration: 'contacts' }]);
});

it('runs are taken up after vendors deliver again, with nothing remembered of the former connection', async () => {
  const order: string[] = [];
  await afterConnect(
    {
      database,
      bindRoles: async () => void order.push('roles'),
      forget: () => order.push('forget'),
      keepSubscriptions: async () => void order.push('subscriptions'),
      replay: async () => order.push('replay'),
    },
    await organisation(),
  );
  expect(order).toEqual(['roles', 'forget', 'subscriptions', 'replay']);
});
