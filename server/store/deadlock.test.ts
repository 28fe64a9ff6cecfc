import { createTestDatabase, type TestDatabase } from '../../test/postgres/test-database.ts';
import { type Database, openDatabase } from './database.ts';
import { againAfterDeadlock } from './deadlock.ts';

let test: TestDatabase;
let database: Database;

beforeAll(async () => {
  test = await createTestDatabase();
  database = openDatabase(test.connectionString, { max: 4, onError: () => {} });
  await database.query('create table pair (id int primary key, count int not null default 0)');
  await database.query('insert into pair (id) values (1), (2)');
});
afterAll(async () => {
  await database.close();
  await test.drop();
});

/** Counts both rows, in this order; the first time not before the other one holds its first row. */
function counting(order: readonly number[], meeting: () => Promise<void>) {
  let attempts = 0;
  return againAfterDeadlock(() => {
    attempts += 1;
    return database.transaction(async (sql) => {
      await sql.query('update pair set count = count + 1 where id = $1', [order[0]]);
      if (attempts === 1) await meeting();
      await sql.query('update pair set count = count + 1 where id = $1', [order[1]]);
    });
  });
}

it('two transactions that wait for each other are both done, each once', async () => {
  const both = Promise.withResolvers<void>();
  let held = 0;
  const meeting = () => {
    held += 1;
    if (held === 2) both.resolve();
    return both.promise;
  };
  await Promise.all([counting([1, 2], meeting), counting([2, 1], meeting)]);
  expect(await database.query('select count from pair')).toEqual([{ count: 2 }, { count: 2 }]);
});

it('what failed for another reason is not done again', async () => {
  let attempts = 0;
  const work = againAfterDeadlock(() => {
    attempts += 1;
    return database.transaction((sql) => sql.query('insert into pair (id) values (1)'));
  });
  await expect(work).rejects.toMatchObject({ code: '23505' });
  expect(attempts).toBe(1);
});
