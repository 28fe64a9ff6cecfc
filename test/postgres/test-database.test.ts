import { openDatabase } from '../../server/store/database.ts';
import { createTestDatabase } from './test-database.ts';

describe('a test database', () => {
  it('is migrated, empty and apart from the next one', async () => {
    const [one, two] = await Promise.all([createTestDatabase(), createTestDatabase()]);
    const first = openDatabase(one.connectionString, { onError() {} });
    const second = openDatabase(two.connectionString, { onError() {} });
    await first.query(`insert into deployment (name, value) values ('x', '1')`);
    expect(await first.query('select name from deployment')).toHaveLength(1);
    expect(await second.query('select name from deployment')).toHaveLength(0);
    await Promise.all([first.close(), second.close()]);
    await Promise.all([one.drop(), two.drop()]);
  });
});
