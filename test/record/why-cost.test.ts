import { randomUUID } from 'node:crypto';
import { findRecords } from '../../server/api/record/find-records.ts';
import { whyAsker, whyOf } from '../../server/api/record/why-services.ts';
import { connectors } from '../../server/connectors/index.ts';
import type { Connector } from '../../server/core/connector.ts';
import { flows, syncs } from '../../server/flows/index.ts';
import { type Database, openDatabase } from '../../server/store/database.ts';
import { insertConnection } from '../postgres/insert-connection.ts';
import { createTestDatabase, type TestDatabase } from '../postgres/test-database.ts';

/**
 * What *why* and its search cost at forty integrations and many runs, a hundred thousand in full size: no table is read
 * as a whole.
 */

const RUNS = process.env.LIAISON_TEST_SIZE === 'full' ? 100_000 : 25_000;
const AUTOMATIONS = 32;
const SYNCS = 8;
/** Of each side of each sync. */
const PEOPLE = process.env.LIAISON_TEST_SIZE === 'full' ? 1_500 : 400;
const MOST_STATEMENTS = 20;
const MOST_MS = 300;
/** A table of one row is read by whatever way. */
const FEW_ROWS = 100;

const BIG = [
  'runs',
  'record_names',
  'sync_records',
  'sync_links',
  'sync_writes',
  'left_events',
  'run_records',
  'links',
  'inbox',
];

let test: TestDatabase;
let database: Database;
let asked: string[] = [];
const organisationId = randomUUID();

beforeAll(async () => {
  test = await createTestDatabase();
  const own = openDatabase(test.connectionString, { max: 1, onError: () => {} });
  database = {
    ...own,
    query: (text, values, name) => {
      asked.push(text);
      return own.query(text, values, name);
    },
  };
  await own.query(
    `insert into organisations (id, external_id, name, locale, time_zone, currency) values ($1, '1', 'A', 'fr-FR', 'Europe/Paris', 'EUR')`,
    [organisationId],
  );
  for (const connector of ['zoho-crm', 'google-people', 'slack'])
    await insertConnection(own, { organisationId, connector, account: { id: connector, name: connector } });
  await own.query(
    `insert into integrations (organisation_id, id, flow, name, enabled, settings)
     select $1::uuid, 'a' || n, 'announce', 'A' || n, true, '{}'::jsonb from generate_series(1, $2::int) n
     union all select $1::uuid, 's' || n, 'contacts-google-crm', 'S' || n, true, '{}'::jsonb from generate_series(1, $3::int) n`,
    [organisationId, AUTOMATIONS, SYNCS],
  );
  await own.query(
    `insert into inbox (organisation_id, connection_id, connector, event_key, topic, record_id, content_type, body)
     select $1::uuid, (select id from connections where connector = 'zoho-crm'), 'zoho-crm', 'e', 'Deals.edit', '1', 'application/json', '{}'`,
    [organisationId],
  );
  // So many rows are there sooner than one by one; what they are called follows below.
  await own.query('set session_replication_role = replica');
  await own.query(
    `insert into runs (id, organisation_id, integration, record_object, record_id, record_label, event_id, state, created_at, finished_at)
     select (lpad(to_hex(1700000000000 + n), 12, '0') || '70008000' || lpad(to_hex(n), 12, '0'))::uuid, $1::uuid, 'a' || (n % $2::int + 1), 'zohoCrm.deals', 'd' || (n % 5000),
       'Chantier ' || md5((n % 5000)::text) || ' de Zoé', (select id from inbox), case n % 10 when 0 then 'skipped' when 1 then 'shelved' else 'done' end, now() - n * interval '1 second', now()
     from generate_series(1, $3::int) n`,
    [organisationId, AUTOMATIONS, RUNS],
  );
  await own.query(
    `insert into sync_records (organisation_id, integration, side, record_id, field_values, label, dirty)
     select $1::uuid, 's' || s, side, left(side, 1) || p, jsonb_build_object('email', 'p' || p || '@exemple.example'), 'Personne ' || p, false
     from generate_series(1, $2::int) s, generate_series(1, $3::int) p, (values ('left'), ('right')) as sides(side)`,
    [organisationId, SYNCS, PEOPLE],
  );
  await own.query(
    `insert into syncs (organisation_id, integration, phase) select $1::uuid, 's' || s, 'live' from generate_series(1, $2::int) s`,
    [organisationId, SYNCS],
  );
  await own.query(
    `with made as (
       insert into sync_links (organisation_id, integration, left_id, right_id, base)
       select $1::uuid, 's' || s, 'l' || p, 'r' || p, '{}'::jsonb from generate_series(1, $2::int) s, generate_series(1, $3::int) p
       returning id, integration, left_id, right_id)
     update sync_records r set link_id = m.id from made m
     where r.organisation_id = $1::uuid and r.integration = m.integration
       and r.record_id = case r.side when 'left' then m.left_id else m.right_id end`,
    [organisationId, SYNCS, PEOPLE],
  );
  await own.query(
    `insert into sync_writes (organisation_id, integration, pass_id, side, record_id, operation, after_values, state)
     select $1::uuid, 's' || s, $4::uuid, 'right', 'r' || p, 'update', '{"a": 1}'::jsonb, 'done' from generate_series(1, $2::int) s, generate_series(1, $3::int) p`,
    [organisationId, SYNCS, PEOPLE, randomUUID()],
  );
  await own.query(
    `insert into record_names (organisation_id, integration, part, object, record_id, label)
     select distinct on (integration, record_id) organisation_id, integration, 'run', record_object, record_id, record_label
     from runs order by integration, record_id, id desc`,
  );
  await own.query(
    `insert into record_names (organisation_id, integration, part, object, record_id, label, known_as)
     select organisation_id, integration, side, '', record_id, label, addresses_in(field_values) from sync_records`,
  );
  await own.query('reset session_replication_role');
  await own.query('vacuum analyze');
}, 180_000);
afterAll(async () => {
  await database?.close();
  await test?.drop();
});

const parts = () => ({
  database,
  connectors: new Map<string, Connector>(connectors.map((one) => [one.id, one])),
  syncs,
  titles: new Map<string, { titles: { en: string; fr: string } }>([...flows, ...syncs]),
  now: Date.now,
});
const hidden: ReadonlySet<string> = new Set(['a1', 's1']);
const asker = whyAsker({ organisationId, role: 'rep', user: null }, hidden);

/** Rows of the big tables that were read one after the other, whatever was asked for. */
async function readWhole(): Promise<number> {
  await database.query('select pg_stat_force_next_flush()');
  const [row] = await database.query<{ rows: number }>(
    `select coalesce(sum(seq_tup_read), 0)::int as rows from pg_stat_user_tables where relname = any($1)`,
    [BIG],
  );
  return row?.rows ?? 0;
}

/** Other suites run beside this one: one good time shows what it costs. */
async function measured<T>(work: () => Promise<T>): Promise<{ answer: T; ms: number; statements: number }> {
  let ms = Number.POSITIVE_INFINITY;
  let answer = await work();
  for (let attempt = 0; attempt < 20 && ms >= MOST_MS; attempt += 1) {
    asked = [];
    const began = performance.now();
    answer = await work();
    ms = performance.now() - began;
  }
  return { answer, ms, statements: asked.length };
}

it.each([
  ['one record', { record: 'd77', object: 'zohoCrm.deals' }],
  ['one record of every sync', { record: 'l77', object: 'googlePeople.person' }],
  ['an id of no kind', { record: 'd77' }],
  ['a name that one record has', { record: 'personne 321' }],
  ['a word that every record has', { record: 'chantier' }],
  ['an address', { record: 'p77@exemple.example' }],
])('why of %s reads no table as a whole, in few statements', async (_, query) => {
  const before = await readWhole();
  const { answer, ms, statements } = await measured(() => whyOf(parts(), asker, query));
  expect(answer.lines.length).toBeGreaterThan(1);
  expect(statements).toBeLessThanOrEqual(MOST_STATEMENTS);
  expect(ms).toBeLessThan(MOST_MS);
  expect(answer.lines.some(({ integration }) => hidden.has(integration?.id ?? ''))).toBe(false);
  expect((await readWhole()) - before).toBeLessThan(FEW_ROWS);
});

it('what nothing goes by is looked for in the latest runs, and no further', async () => {
  const { answer, ms, statements } = await measured(() =>
    whyOf(parts(), asker, { record: 'nobody@nowhere.example' }),
  );
  expect(answer.lines.map(({ outcome }) => outcome)).toEqual(['nothing']);
  expect(statements).toBeLessThanOrEqual(MOST_STATEMENTS);
  expect(ms).toBeLessThan(MOST_MS);
});

it.each(['zoe chantier', 'p77@exemple.example', 'd77', 'personne'])(
  'the search for %s reads no table as a whole',
  async (sought) => {
    const before = await readWhole();
    const { answer, ms } = await measured(() => findRecords(parts(), organisationId, sought, hidden));
    expect(answer.length).toBeGreaterThan(0);
    expect(ms).toBeLessThan(MOST_MS);
    expect((await readWhole()) - before).toBeLessThan(FEW_ROWS);
  },
);
