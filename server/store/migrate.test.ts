import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase, type TestDatabase } from '../../test/postgres/test-database.ts';
import { type Database, openDatabase } from './database.ts';
import { migrate } from './migrate.ts';

const OURS = join(import.meta.dirname, 'migrations');
let test: TestDatabase;
let database: Database;
let folder: string;
beforeEach(async () => {
  test = await createTestDatabase();
  database = openDatabase(test.connectionString, { onError() {} });
  folder = await mkdtemp(join(tmpdir(), 'liaison-migrations-'));
  await cp(OURS, folder, { recursive: true });
});
afterEach(async () => {
  await database.close();
  await test.drop();
  await rm(folder, { recursive: true });
});
const add = (name: string, text: string) => writeFile(join(folder, name), text);

describe('migrations', () => {
  it('are applied once, in order, and noted', async () => {
    await add('9001_first.sql', 'create table first (a int);');
    await add('9002_second.sql', 'alter table first add b int; insert into first values (1, 2);');
    await add('notes.txt', 'not a migration');
    expect(await migrate(database, folder)).toEqual(['9001_first.sql', '9002_second.sql']);
    expect(await migrate(database, folder)).toEqual([]);
    expect(await database.query('select * from first')).toEqual([{ a: 1, b: 2 }]);
    const noted = await database.query('select name from liaison_migrations where applied_at is not null');
    expect(noted).toHaveLength((await readdir(OURS)).length + 2);
  });

  it('are applied once although many processes start at the same moment', async () => {
    await database.query('drop table liaison_migrations');
    await rm(folder, { recursive: true });
    folder = await mkdtemp(join(tmpdir(), 'liaison-migrations-'));
    await add('9001_first.sql', 'create table first (a int);');
    await add('9002_second.sql', 'insert into first values (1);');
    const others = [1, 2, 3].map(() => openDatabase(test.connectionString, { onError() {} }));
    const applied = await Promise.all(others.map((other) => migrate(other, folder)));
    expect(applied.flat().sort()).toEqual(['9001_first.sql', '9002_second.sql']);
    expect(await database.query('select * from first')).toEqual([{ a: 1 }]);
    await Promise.all(others.map((other) => other.close()));
  });

  it('keep nothing of a file that fails, and go on from it once it is right', async () => {
    await add('9001_first.sql', 'create table first (a int);');
    await add('9002_wrong.sql', 'create table half (a int); select nonsense;');
    await expect(migrate(database, folder)).rejects.toThrow(/as it was before 9002_wrong\.sql: .*nonsense/);
    expect(
      await database.query(
        `select to_regclass('first') is null as first, to_regclass('half') is null as half`,
      ),
    ).toEqual([{ first: false, half: true }]);
    await add('9002_wrong.sql', 'create table half (a int);');
    expect(await migrate(database, folder)).toEqual(['9002_wrong.sql']);
  });

  it('refuse a file that was changed after it had been applied, but not its line ends', async () => {
    await add('9001_first.sql', 'create table first (\na int);');
    await migrate(database, folder);
    await add('9001_first.sql', 'create table first (\r\na int);');
    expect(await migrate(database, folder)).toEqual([]);
    await add('9001_first.sql', 'create table first (a int, b int);');
    await expect(migrate(database, folder)).rejects.toThrow(/9001_first\.sql was changed/);
  });

  it('refuse the database of a newer Liaison', async () => {
    await add('9001_first.sql', 'create table first (a int);');
    await migrate(database, folder);
    await rm(join(folder, '9001_first.sql'));
    await expect(migrate(database, folder)).rejects.toThrow(/newer Liaison .*9001_first\.sql/);
  });
});
