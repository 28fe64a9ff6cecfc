import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase, type TestDatabase } from '../../test/postgres/test-database.ts';
import { type Database, openDatabase } from '../store/database.ts';
import { sandboxHome } from './home.ts';

let test: TestDatabase;
let database: Database;
let folder: string;
beforeEach(async () => {
  test = await createTestDatabase();
  database = openDatabase(test.connectionString, { onError() {} });
  folder = await mkdtemp(join(tmpdir(), 'liaison-home-'));
});
afterEach(async () => {
  await database.close();
  await test.drop();
  await rm(folder, { recursive: true, force: true });
});

describe('the folder of a shared sandbox', () => {
  it('is that of one server for all, also when they start at once, each with a folder that is not there yet', async () => {
    const own = ['a', 'b', 'c', 'd'].map((name) => join(folder, name));
    const homes = await Promise.all(own.map((each) => sandboxHome(database, each)));
    expect(new Set(homes).size).toBe(1);
    expect(own).toContain(homes[0]);
    expect(await sandboxHome(database, join(folder, 'later'))).toBe(homes[0]);
  });

  it('is another’s when it was removed', async () => {
    const first = await sandboxHome(database, join(folder, 'first'));
    await rm(first, { recursive: true });
    const second = join(folder, 'second');
    expect(await sandboxHome(database, second)).toBe(second);
    expect(await sandboxHome(database, join(folder, 'first'))).toBe(second);
  });

  it('is asked for in words when it cannot be made', async () => {
    const refused = sandboxHome(database, join(import.meta.filename, 'inside'));
    await expect(refused).rejects.toMatchObject({
      sentence: { en: expect.stringContaining('is not a folder') },
    });
  });
});
