import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { alertSettings } from '../../server/store/alert-settings.ts';
import { type Database, openDatabase } from '../../server/store/database.ts';
import { MIGRATIONS, migrate } from '../../server/store/migrate.ts';
import { insertConnection } from '../postgres/insert-connection.ts';
import { createTestDatabase, type TestDatabase } from '../postgres/test-database.ts';

/** Places for alerts that were chosen when there was one account of each application. */

let test: TestDatabase;
let database: Database;

beforeAll(async () => {
  test = await createTestDatabase();
  const client = new pg.Client({ connectionString: test.connectionString });
  await client.connect();
  await client.query('drop schema public cascade; create schema public');
  await client.end();
  database = openDatabase(test.connectionString, { max: 2, onError() {} });
});
afterAll(async () => {
  await database.close();
  await test.drop();
});

it('are places of the account that there was, and keep how the last message there ended', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'liaison-migrations-'));
  for (const name of await readdir(MIGRATIONS))
    if (name < '0024') await cp(join(MIGRATIONS, name), join(folder, name));
  await migrate(database, folder);
  await rm(folder, { recursive: true });
  const organisationId = '11111111-1111-4111-8111-111111111111';
  await database.query(
    `insert into organisations (id, external_id, name, locale, time_zone, currency)
     values ($1, 'x', 'Atelier', 'fr-FR', 'Europe/Paris', 'EUR')`,
    [organisationId],
  );
  for (const id of ['T1', 'T2'])
    await insertConnection(database, { organisationId, connector: 'slack', account: { id, name: id } });
  const at = '2026-11-24T09:00:00.000Z';
  const outcome = { at, error: null };
  await database.query(
    'insert into alert_settings (organisation_id, destinations, outcomes) values ($1, $2, $3)',
    [
      organisationId,
      JSON.stringify([
        { connector: 'slack', target: 'C1', title: '#ventes' },
        { email: 'admin@atelier.example' },
        { connector: 'zoho-crm', target: 'u1' },
      ]),
      JSON.stringify({ 'slack C1': outcome, 'mail admin@atelier.example': outcome, 'zoho-crm u1': outcome }),
    ],
  );
  await migrate(database, MIGRATIONS);
  expect(await alertSettings(database, organisationId)).toEqual({
    destinations: [
      { connector: 'slack', target: 'C1', title: '#ventes', account: 'T1' },
      { email: 'admin@atelier.example' },
      // Nobody was connected: whoever is, is meant.
      { connector: 'zoho-crm', target: 'u1' },
    ],
    outcomes: { 'slack C1 @T1': outcome, 'mail admin@atelier.example': outcome, 'zoho-crm u1': outcome },
  });
});
