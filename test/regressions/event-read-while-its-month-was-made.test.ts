import { randomUUID } from 'node:crypto';
import { keepAges } from '../../server/store/ages.ts';
import { type Database, openDatabase } from '../../server/store/database.ts';
import { insertEvents, undispatchedEvents } from '../../server/store/inbox.ts';
import { insertConnection } from '../postgres/insert-connection.ts';
import { createTestDatabase, type TestDatabase } from '../postgres/test-database.ts';
import { until } from '../system/liaison-process.ts';

/**
 * On a new server the first events came before their month was there. They were moved into it while they were read: who
 * had planned to read them where they had been found no body, and took them for empty. The payment was lost, or shelved.
 */

const organisationId = randomUUID();
let test: TestDatabase;
let database: Database;
let connectionId = '';

beforeEach(async () => {
  test = await createTestDatabase();
  database = openDatabase(test.connectionString, { max: 6, onError: () => {} });
  await database.query(
    `insert into organisations (id, external_id, name, locale, time_zone, currency) values ($1, '1', 'A', 'fr-FR', 'Europe/Paris', 'EUR')`,
    [organisationId],
  );
  ({ id: connectionId } = await insertConnection(database, {
    organisationId,
    connector: 'stripe',
    account: { id: 'acct', name: 'acct' },
  }));
});
afterEach(async () => {
  await database.close();
  await test.drop();
});

const arrives = (eventKey: string) =>
  insertEvents(
    database,
    [
      {
        organisationId,
        connectionId,
        connector: 'stripe',
        eventKey,
        topic: 'paid',
        recordId: null,
        contentType: 'application/json',
        body: `{"id":"${eventKey}"}`,
      },
    ],
    ['stripe paid'],
  );

/** Until somebody waits for a lock of this kind. */
const waitsFor = (kind: 'advisory' | 'relation') =>
  until(async () => {
    const [row] = await database.query<{ waits: boolean }>(
      `select exists (select from pg_locks where not granted and locktype = $1
         and database = (select oid from pg_database where datname = current_database())) as waits`,
      [kind],
    );
    return row?.waits;
  });

/** The making of a month comes no further than to what is made at its end, until the work is over. */
async function whileAMonthIsMade(work: () => Promise<void>): Promise<void> {
  await database.query(
    `create function held() returns event_trigger language plpgsql as $$ begin
       if exists (select from pg_event_trigger_ddl_commands() where object_identity like '%event_bodies%') then
         set local lock_timeout = 0; perform pg_advisory_xact_lock(7); end if; end $$`,
  );
  await database.query(
    `create event trigger held on ddl_command_end when tag in ('ALTER TABLE') execute function held()`,
  );
  let making: Promise<void> = Promise.resolve();
  await database.transaction(async (sql) => {
    await sql.query('select pg_advisory_xact_lock(7)');
    making = keepAges(database, new Date());
    await waitsFor('advisory');
    await work();
  });
  await making;
}

it('an event that came before its month was made is read whole while it is made', async () => {
  await arrives('evt_1');
  let reading: ReturnType<typeof undispatchedEvents> = Promise.resolve([]);
  await whileAMonthIsMade(async () => {
    reading = undispatchedEvents(database, 10);
    await waitsFor('relation');
  });
  expect((await reading).map(({ body }) => body)).toEqual(['{"id":"evt_1"}']);
});

it('an event that comes while its month is made is taken in, and the month is made', async () => {
  await arrives('evt_1');
  let arriving: Promise<number> = Promise.resolve(0);
  await whileAMonthIsMade(async () => {
    arriving = arrives('evt_2');
    await waitsFor('relation');
  });
  expect(await arriving).toBe(1);
  expect((await undispatchedEvents(database, 10)).map(({ body }) => body)).toEqual([
    '{"id":"evt_1"}',
    '{"id":"evt_2"}',
  ]);
  const [row] = await database.query<{ count: number }>('select count(*)::int from event_bodies_kept');
  expect(row?.count).toBe(0);
});
