import { randomBytes } from 'node:crypto';
import type { ModeView } from '../../server/api/contract.ts';
import { type Database, openDatabase } from '../../server/store/database.ts';
import { createTestDatabase, type TestDatabase } from '../postgres/test-database.ts';
import { endAll, stillRunning } from './aftermath.ts';
import { json, type Liaison, newPlace, type Place, startLiaison, until } from './liaison-process.ts';

/** From the sandbox to production and not back, on a running server, with every variable of production set. */

let test: TestDatabase;
let database: Database;
let place: Place;
let liaison: Liaison;
const PREPARED = {
  LIAISON_KEY: randomBytes(32).toString('base64'),
  PUBLIC_URL: 'https://liaison.example',
  ZOHO_CRM_CLIENT_ID: '1000.REAL',
  ZOHO_CRM_CLIENT_SECRET: 'real',
};

beforeAll(async () => {
  test = await createTestDatabase();
  database = openDatabase(test.connectionString, { max: 2, onError() {} });
  place = await newPlace({ DATABASE_URL: test.connectionString });
});
afterAll(async () => {
  await endAll(place, [liaison]);
  await database.close();
  await test.drop();
});

const count = async (table: string) => {
  const [row] = await database.query<{ count: number }>(`select count(*)::int as count from ${table}`);
  return row?.count;
};
const mode = () => json<ModeView>(`${liaison.url}/api/v1/mode`);
const leave = (body: object = { mode: 'production', confirm: 'production' }) =>
  fetch(`${liaison.url}/api/v1/mode`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'accept-language': 'en' },
    body: JSON.stringify(body),
  });

it('a sandbox without what production needs says what is missing, and is not left', async () => {
  liaison = await startLiaison(place);
  const { needs, possible } = await mode();
  const missing = needs.filter(({ required, state }) => required && state !== 'ready').map(({ id }) => id);
  expect([possible, missing]).toEqual([false, ['key', 'address', 'client zoho']]);
  const answer = await leave();
  expect([answer.status, await answer.json()]).toMatchObject([409, { action: 'Nothing was changed.' }]);
  expect(await count('organisations')).toBe(1);
  expect(await liaison.stop()).toBe(0);
});

it('prepared, it stays the sandbox: what it sealed opens, and its vendors deliver to this machine', async () => {
  liaison = await startLiaison(place, PREPARED);
  expect(await mode()).toMatchObject({ mode: 'sandbox', possible: true, hindrance: null });
  expect(JSON.stringify(await mode())).not.toContain(PREPARED.LIAISON_KEY);
  const addresses = await database.query<{ url: string }>('select distinct url from subscriptions');
  expect(addresses.length).toBeGreaterThan(0);
  for (const { url } of addresses) expect(url).toContain('http://127.0.0.1:');
});

it('is not left by a request that does not confirm it', async () => {
  expect((await leave({ mode: 'production', confirm: 'yes' })).status).toBe(422);
  expect((await leave({ mode: 'production' })).status).toBe(422);
  expect(await count('organisations')).toBe(1);
});

it('confirmed, the same server goes on in production, with nothing of the sandbox', async () => {
  expect(await (await leave()).json()).toEqual({ restarting: true });
  const signedOut = await until(async () => {
    const answer = await fetch(`${liaison.url}/api/v1/me`).catch(() => null);
    return answer?.status === 401 && answer;
  });
  expect(await signedOut.json()).toMatchObject({ type: 'urn:liaison:problem:not-signed-in' });
  for (const table of ['organisations', 'connections', 'secrets', 'integrations', 'subscriptions', 'runs']) {
    expect([table, await count(table)]).toEqual([table, 0]);
  }
  expect(liaison.child.exitCode).toBeNull();
  expect(await stillRunning(place)).toEqual([]);
  expect(await liaison.stop()).toBe(0);
});

it('what is production’s is refused to the sandbox', async () => {
  await expect(startLiaison(place, PREPARED)).rejects.toThrow(/LIAISON_MODE=production/);
  expect(await stillRunning(place)).toEqual([]);
});

it('what is the sandbox’s is refused to production', async () => {
  await database.query(`update deployment set value = '"sandbox"' where name = 'mode'`);
  await expect(startLiaison(place, { ...PREPARED, LIAISON_MODE: 'production' })).rejects.toThrow(
    /holds the sandbox’s data/,
  );
});
