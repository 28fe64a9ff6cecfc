import { randomUUID } from 'node:crypto';
import { type Database, openDatabase, type Sql } from '../../server/store/database.ts';
import { take } from '../../server/store/queue.ts';
import { insertRuns, lockWaitingRuns, type NewRun } from '../../server/store/runs.ts';
import { insertConnection } from '../postgres/insert-connection.ts';
import { createTestDatabase, type TestDatabase } from '../postgres/test-database.ts';

/**
 * Whether a run of an event's record waits already was asked by a plan that was made while the queue was all but empty:
 * of a backlog, the whole was then read for each record.
 */

const BACKLOG = 1_000;
const AT_ONCE = 50;
const organisationId = randomUUID();
let test: TestDatabase;
let database: Database;
let event = '';

beforeAll(async () => {
  test = await createTestDatabase();
  database = openDatabase(test.connectionString, { max: 1, onError: () => {} });
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
  await database.query('vacuum analyze queue');
});
afterAll(async () => {
  await database.close();
  await test.drop();
});

const shares = { count: 5, lane: 50, organisation: 50, held: [] };
let made = 0;
const runs = (): NewRun[] =>
  Array.from({ length: AT_ONCE }, () => {
    made += 1;
    return {
      id: randomUUID(),
      organisationId,
      integration: 'won',
      recordObject: 'zohoCrm.deals',
      recordId: `d${made}`,
      eventId: event,
    };
  });

/** Rows of the queue that the transaction read, of what this session read before as well. */
async function readOfQueue(sql: Sql): Promise<number> {
  const [row] = await sql.query<{ read: number }>(
    `select (seq_tup_read + idx_tup_fetch)::int as read from pg_stat_xact_user_tables where relname = 'queue'`,
  );
  return row?.read ?? 0;
}

it('reads of a backlog what is asked for alone, whenever its plan was made', async () => {
  // A plan is kept from the sixth time on.
  for (let time = 0; time < 8; time += 1) expect(await take(database, '7', shares)).toEqual([]);
  while (made < BACKLOG) {
    const next = runs();
    expect(await lockWaitingRuns(database, next)).toEqual([]);
    await insertRuns(database, next);
  }
  const waiting = { organisationId, integration: 'won', recordId: 'd7' };
  const read = await database.transaction(async (sql) => {
    const found = await lockWaitingRuns(sql, [...runs(), waiting, waiting]);
    expect(found.map(({ recordId }) => recordId)).toEqual(['d7']);
    return readOfQueue(sql);
  });
  expect(read).toBeLessThanOrEqual(2);
});

it('takes a few of a backlog without reading the rest of it', async () => {
  const reads = await database.transaction(async (sql) => {
    const before = await readOfQueue(sql);
    expect(await take(sql, '7', shares)).toHaveLength(5);
    return (await readOfQueue(sql)) - before;
  });
  // Each once as due, as the oldest of its record, and as it is taken.
  expect(reads).toBeLessThanOrEqual(50);
});
