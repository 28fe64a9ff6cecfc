import { execFileSync } from 'node:child_process';
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

it('a pool that was closed reports nothing of connections that the database ends meanwhile', async () => {
  const errors: Error[] = [];
  const pool = openDatabase(test.connectionString, { onError: (error) => errors.push(error) });
  const [own] = await pool.query<{ pid: number }>('select pg_backend_pid() as pid');
  // While this process stands still: it closes its pool before it reads that the session was ended.
  const script = `import pg from 'pg';
    const client = new pg.Client(process.argv[1]);
    await client.connect();
    await client.query('select pg_terminate_backend($1, 5000)', [process.argv[2]]);
    await client.end();`;
  execFileSync(process.execPath, [
    '--input-type=module',
    '-e',
    script,
    test.connectionString,
    String(own?.pid),
  ]);
  await pool.close();
  // A round trip later it has read it.
  await database.query('select 1');
  expect(errors).toEqual([]);
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
