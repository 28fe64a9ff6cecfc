import { randomUUID } from 'node:crypto';
import { insertConnection } from '../../test/postgres/insert-connection.ts';
import { createTestDatabase, type TestDatabase } from '../../test/postgres/test-database.ts';
import { type ErrorKind, LiaisonError } from '../core/errors.ts';
import { healthOf } from '../store/connection-health.ts';
import { deleteConnection } from '../store/connections.ts';
import { type Database, openDatabase } from '../store/database.ts';
import { saveOrganisation } from '../store/organisations.ts';
import { createHealth } from './health.ts';

let test: TestDatabase;
let database: Database;
let organisationId: string;
let id: string;
let now: number;
let pending: (() => void)[];
let errors: unknown[];

beforeAll(async () => {
  test = await createTestDatabase();
  database = openDatabase(test.connectionString, { max: 3, onError: () => {} });
});
afterAll(async () => {
  await database.close();
  await test.drop();
});
beforeEach(async () => {
  [organisationId, id, now, pending, errors] = [randomUUID(), randomUUID(), 1_000, [], []];
  await saveOrganisation(database, {
    id: organisationId,
    externalId: organisationId,
    name: 'Atelier Lumen',
    locale: 'fr-FR',
    timeZone: 'Europe/Paris',
    currency: 'EUR',
  });
  await insertConnection(database, { id, organisationId, connector: 'acme' });
});

/** One process of a deployment. */
const process = (counting: Pick<Database, 'query'> = database) =>
  createHealth({
    database: counting,
    clock: () => now,
    later: (work) => void pending.push(work),
    onError: (error) => void errors.push(error),
  });

const failure = (kind: ErrorKind, text = kind as string) =>
  new LiaisonError(kind, { sentence: { en: text, fr: text }, vendorMessage: 'no' });

const known = async () => {
  const [row] = await healthOf(database, organisationId);
  return (
    row && [row.successAt?.getTime() ?? null, row.failureAt?.getTime() ?? null, row.failure?.kind ?? null]
  );
};

it('a connection that was never used has no health', async () => {
  expect(await known()).toBeUndefined();
});

it('keeps when it last succeeded, when it last failed, and why, each of them whatever came after', async () => {
  const health = process();
  health.note({ id }, null);
  now = 2_000;
  health.note({ id }, failure('rejected'));
  await health.flush();
  expect(await known()).toEqual([1_000, 2_000, 'rejected']);
  now = 3_000;
  health.note({ id }, null);
  await health.flush();
  expect(await known()).toEqual([3_000, 2_000, 'rejected']);
});

it.each(['gone', 'conflict', 'cursor-lost'] as const)(
  'an answer about one record (%s) says that the connection works',
  async (kind) => {
    const health = process();
    health.note({ id }, failure(kind));
    await health.flush();
    expect(await known()).toEqual([1_000, null, null]);
  },
);

it('of two processes the later sight counts, whoever tells it last', async () => {
  const [one, two] = [process(), process()];
  one.note({ id }, failure('retry-later'));
  now = 5_000;
  two.note({ id }, failure('rejected'));
  two.note({ id }, null);
  await two.flush();
  await one.flush();
  expect(await known()).toEqual([5_000, 5_000, 'rejected']);
});

it('a thousand calls cost one statement', async () => {
  let statements = 0;
  const counting: Pick<Database, 'query'> = {
    query: (sql, values) => {
      statements += 1;
      return database.query(sql, values);
    },
  };
  const health = process(counting);
  for (let call = 0; call < 1_000; call += 1)
    health.note({ id }, call % 2 === 0 ? null : failure('rejected'));
  expect(pending).toHaveLength(1);
  await health.flush();
  pending[0]?.();
  await health.flush();
  expect(statements).toBe(1);
});

it('what is seen of a connection that is gone is dropped, and that of the others kept', async () => {
  const gone = randomUUID();
  const health = process();
  health.note({ id: gone }, null);
  health.note({ id }, null);
  await health.flush();
  expect(await known()).toEqual([1_000, null, null]);
  await deleteConnection(database, id);
  health.note({ id }, null);
  await health.flush();
  expect(await known()).toBeUndefined();
  expect(errors).toEqual([]);
});
