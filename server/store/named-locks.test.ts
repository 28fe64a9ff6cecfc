import { createTestDatabase, type TestDatabase } from '../../test/postgres/test-database.ts';
import { type Database, openDatabase } from './database.ts';
import { type NamedLocks, namedLocks } from './named-locks.ts';

let test: TestDatabase;
let database: Database;
/** Sessions that were opened for locks, by their process at PostgreSQL. */
let opened: number[];
let locks: NamedLocks;

beforeAll(async () => {
  test = await createTestDatabase();
  database = openDatabase(test.connectionString, { onError: () => {} });
});
afterAll(async () => {
  await database.close();
  await test.drop();
});
beforeEach(() => {
  opened = [];
  locks = namedLocks({
    async dedicated() {
      const session = await database.dedicated();
      const { rows } = await session.query<{ pid: number }>('select pg_backend_pid() as pid');
      opened.push(...rows.map(({ pid }) => pid));
      return session;
    },
  });
});
afterEach(() => locks.end());

const isFree = async (name: string): Promise<boolean> =>
  database.transaction(async (sql) => {
    const [row] = await sql.query<{ free: boolean }>(
      'select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as free',
      [name],
    );
    return row?.free === true;
  });

it('holds each lock for as long as its work takes, all of them by one session', async () => {
  for (const name of ['one', 'two', 'three']) {
    expect(await locks.under(name, () => isFree(name))).toBe(false);
    expect(await isFree(name)).toBe(true);
  }
  expect(opened).toHaveLength(1);
});

it('opens no session where nothing is locked', async () => {
  await locks.end();
  expect(opened).toEqual([]);
});

it('lets go of the lock of work that failed, and hands its failure on', async () => {
  const failing = locks.under('fails', () => Promise.reject(new Error('the vendor said no')));
  await expect(failing).rejects.toThrow('the vendor said no');
  expect(await isFree('fails')).toBe(true);
  expect(opened).toHaveLength(1);
});

it('goes on by another session where one was lost in the middle of its work', async () => {
  const done = await locks.under('lost', async () => {
    await database.query('select pg_terminate_backend($1, 5000)', [opened[0]]);
    return 'done';
  });
  expect(done).toBe('done');
  expect(await locks.under('next', () => isFree('next'))).toBe(false);
  expect(opened).toHaveLength(2);
});
