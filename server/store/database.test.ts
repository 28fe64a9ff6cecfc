import { once } from 'node:events';
import { createTestDatabase, type TestDatabase } from '../../test/postgres/test-database.ts';
import { type Database, openDatabase } from './database.ts';

let test: TestDatabase;
let database: Database;
beforeEach(async () => {
  test = await createTestDatabase();
  database = openDatabase(test.connectionString, { onError() {} });
});
afterEach(async () => {
  await database.close();
  await test.drop();
});

describe('a connection that dies while its transaction does something else', () => {
  it('fails that transaction and nothing more: the process lives, the next transaction works', async () => {
    const watching = await database.dedicated();
    const doomed = database.transaction(async (sql) => {
      await sql.query(`insert into deployment (name, value) values ('half-done', '1')`);
      const [own] = await sql.query<{ pid: number }>('select pg_backend_pid() as pid');
      const pid = own?.pid;
      await watching.query('listen gone');
      await watching.query('select pg_terminate_backend($1, 5000)', [pid]);
      // A round trip of another session: by now ours has been told.
      const told = once(watching, 'notification');
      await watching.query('notify gone');
      await told;
      return sql.query('select 1');
    });
    await expect(doomed).rejects.toThrow();
    await watching.end();
    const rows = await database.transaction((sql) =>
      sql.query(`select from deployment where name = 'half-done'`),
    );
    expect(rows).toEqual([]);
  });
});
