import { join } from 'node:path';
import { createTestDatabase, type TestDatabase } from '../../test/postgres/test-database.ts';
import { type Database, openDatabase } from './database.ts';
import { holdMode, turnIntoProduction } from './deployment-mode.ts';
import { tablesOf } from './migrate.ts';

const MIGRATIONS = join(import.meta.dirname, 'migrations');

let test: TestDatabase;
let database: Database;
beforeEach(async () => {
  test = await createTestDatabase();
  database = openDatabase(test.connectionString, { max: 2, onError() {} });
});
afterEach(async () => {
  await database.close();
  await test.drop();
});

const organisations = () => database.query('select id from organisations');
const invent = () =>
  database.query(
    `insert into organisations (id, external_id, name, locale, time_zone, currency)
     values (gen_random_uuid(), '1', 'Atelier', 'fr-FR', 'Europe/Paris', 'EUR')`,
  );

describe('a database', () => {
  it('that was the sandbox’s is refused to production, with nothing changed, and stays the sandbox’s', async () => {
    await holdMode(database, 'sandbox');
    await invent();
    await expect(holdMode(database, 'production')).rejects.toMatchObject({
      sentence: { en: expect.stringContaining('sandbox'), fr: expect.stringContaining('bac à sable') },
    });
    await holdMode(database, 'sandbox');
    expect(await organisations()).toHaveLength(1);
  });

  it('that is production’s is refused to the sandbox, which is told what to set', async () => {
    await holdMode(database, 'production');
    await expect(holdMode(database, 'sandbox')).rejects.toMatchObject({
      sentence: { en: expect.stringContaining('LIAISON_MODE=production') },
    });
    await holdMode(database, 'production');
  });

  it('of the sandbox turns into production’s with nothing of the sandbox left', async () => {
    await holdMode(database, 'sandbox');
    await database.query(`insert into deployment (name, value) values ('vault-check', '{}')`);
    await invent();
    expect(await turnIntoProduction(database, await tablesOf(MIGRATIONS))).toBe(true);
    expect(await organisations()).toEqual([]);
    expect(await database.query('select name from deployment')).toEqual([{ name: 'mode' }]);
    await holdMode(database, 'production');
  });

  it('of production is never emptied', async () => {
    await holdMode(database, 'production');
    await invent();
    expect(await turnIntoProduction(database, await tablesOf(MIGRATIONS))).toBe(false);
    expect(await organisations()).toHaveLength(1);
  });
});

it('every table of the database is one that the migrations name: none is forgotten when it is emptied', async () => {
  const rows = await database.query<{ name: string }>(
    // The parts of a table are emptied with it.
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition`,
  );
  const made = rows.map(({ name }) => name).filter((name) => name !== 'liaison_migrations');
  expect(await tablesOf(MIGRATIONS)).toEqual(made.sort());
});
