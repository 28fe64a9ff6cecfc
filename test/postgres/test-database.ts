import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { withDatabase } from './test-server.ts';

export interface TestDatabase {
  readonly connectionString: string;
  /** Ends every session on it and removes it. */
  drop(): Promise<void>;
}

/**
 * A fresh, migrated database of one suite's own.
 *
 * @example
 * let test: TestDatabase;
 * beforeAll(async () => { test = await createTestDatabase(); });
 * afterAll(() => test.drop());
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { LIAISON_TEST_SERVER: server, LIAISON_TEST_TEMPLATE: template } = process.env;
  if (!server || !template) throw new Error('test databases exist only in a Jest run of this project');
  const name = `test_${randomBytes(8).toString('hex')}`;
  await administer(server, `create database ${name} template ${template} strategy file_copy`);
  return {
    connectionString: withDatabase(server, name),
    drop: () => administer(server, `drop database ${name} with (force)`),
  };
}

async function administer(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}
