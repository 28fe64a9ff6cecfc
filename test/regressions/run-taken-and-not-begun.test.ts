import { randomUUID } from 'node:crypto';
import { type Database, openDatabase } from '../../server/store/database.ts';
import { take } from '../../server/store/queue.ts';
import { insertRuns } from '../../server/store/runs.ts';
import { insertConnection } from '../postgres/insert-connection.ts';
import { createTestDatabase, type TestDatabase } from '../postgres/test-database.ts';
import { until } from '../system/liaison-process.ts';

/**
 * A run whose transaction ended while a taking began was taken in the queue and handed to nobody: its line was not to be
 * seen yet. Two of a hundred runs waited up to five seconds so, until they were found to be forgotten.
 */

const organisationId = randomUUID();
let test: TestDatabase;
let database: Database;
let event = '';

beforeAll(async () => {
  test = await createTestDatabase();
  database = openDatabase(test.connectionString, { max: 2, onError: () => {} });
  await database.query(
    `insert into organisations (id, external_id, name, locale, time_zone, currency) values ($1, '1', 'A', 'fr-FR', 'Europe/Paris', 'EUR')`,
    [organisationId],
  );
  await insertConnection(database, {
    organisationId,
    connector: 'zoho-crm',
    account: { id: 'crm', name: 'crm' },
  });
  const [row] = await database.query<{ id: string }>(
    `insert into inbox (organisation_id, connection_id, connector, event_key, topic, record_id, content_type, body)
     select $1::uuid, id, 'zoho-crm', 'e', 'Deals.edit', '1', 'application/json', '{}' from connections returning id`,
    [organisationId],
  );
  event = String(row?.id);
});
afterAll(async () => {
  await database.close();
  await test.drop();
});

it('what a taking takes is handed over, also what was committed since it began', async () => {
  const run = {
    id: randomUUID(),
    organisationId,
    integration: 'won',
    recordObject: 'zohoCrm.deals',
    recordId: 'd1',
    eventId: event,
  };
  const taking = await database.transaction(async (sql) => {
    await sql.query('lock table queue in access exclusive mode');
    const begun = take(database.repeatable, '7', { count: 5, lane: 50, organisation: 50, held: [] });
    // It has begun, and comes no further than to the queue.
    await until(async () => {
      const [row] = await sql.query<{ waits: boolean }>(
        `select exists (select from pg_locks where relation = 'queue'::regclass and not granted) as waits`,
      );
      return row?.waits;
    });
    await insertRuns(sql, [run]);
    return { begun };
  });
  expect((await taking.begun).map(({ id, event: { topic } }) => [id, topic])).toEqual([
    [run.id, 'Deals.edit'],
  ]);
});
