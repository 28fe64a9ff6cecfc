import { randomUUID } from 'node:crypto';
import { insertConnection } from '../../test/postgres/insert-connection.ts';
import { createTestDatabase, type TestDatabase } from '../../test/postgres/test-database.ts';
import { type Database, openDatabase } from './database.ts';
import { recordsNamed } from './record-names.ts';
import { endRuns, insertRuns, postponeRuns } from './runs.ts';

let test: TestDatabase;
let database: Database;
const organisationId = randomUUID();
const owner = '77';
const nobody = { channel: 'liaison', payloads: [] };
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

async function runOf(recordId: string): Promise<string> {
  const id = randomUUID();
  await insertRuns(database, [
    { id, organisationId, integration: 'won', recordObject: 'zohoCrm.deals', recordId, eventId: event },
  ]);
  await database.query('update runs set owner = $2 where id = $1', [id, owner]);
  return id;
}

const ended = (id: string, label: Parameters<typeof endRuns>[2][number]['label']) => ({
  id,
  state: 'done' as const,
  summary: null,
  error: null,
  label,
  attempt: 1,
  supersedes: false,
  fits: null,
  facts: [],
});
const found = async (sought: string) =>
  (await recordsNamed(database, organisationId, sought, { limit: 10, hidden: new Set() })).map(
    ({ id, label }) => ({ id, label }),
  );

it('finds a record by what the run that ended called it', async () => {
  await endRuns(database, owner, [ended(await runOf('d1'), 'Chantier Zoé')], nobody);
  expect(await found('zoe')).toEqual([{ id: 'd1', label: 'Chantier Zoé' }]);
});

it('finds a record by what a run called it that is tried again, and then by its new name alone', async () => {
  const id = await runOf('d2');
  const error = { kind: 'retry-later', sentence: { en: 'Later.', fr: 'Plus tard.' } };
  await postponeRuns(database, owner, [{ id, attempt: 1, inMs: 0, error, label: 'Ancien' }], nobody);
  expect(await found('ancien')).toHaveLength(1);
  await database.query('update runs set owner = $2 where id = $1', [id, owner]);
  await endRuns(database, owner, [ended(id, 'Nouveau')], nobody);
  expect(await found('ancien')).toEqual([]);
  expect(await found('nouveau')).toEqual([{ id: 'd2', label: 'Nouveau' }]);
});

it('takes the name of the latest of several runs that end together', async () => {
  const runs = [await runOf('d3'), await runOf('d3')].sort();
  await endRuns(
    database,
    owner,
    runs.map((id, index) => ended(id, `Nom ${index}`)),
    nobody,
  );
  expect(await found('nom')).toEqual([{ id: 'd3', label: 'Nom 1' }]);
});

it('keeps the words of both languages, and no name of a run that has none', async () => {
  await endRuns(
    database,
    owner,
    [ended(await runOf('d4'), { en: 'Row 7', fr: 'Ligne 7' }), ended(await runOf('d5'), null)],
    nobody,
  );
  expect(await found('ligne 7')).toEqual([{ id: 'd4', label: { en: 'Row 7', fr: 'Ligne 7' } }]);
  expect(await found('d5')).toEqual([]);
});

it('takes no name from a run that another process has taken over', async () => {
  await endRuns(database, '78', [ended(await runOf('d6'), 'Repris')], nobody);
  expect(await found('repris')).toEqual([]);
});
