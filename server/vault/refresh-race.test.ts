import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { createTestDatabase, type TestDatabase } from '../../test/postgres/test-database.ts';
import { type FakeVendor, startFakeVendor } from '../outbound/testing/fake-vendor.ts';
import { type Database, openDatabase } from '../store/database.ts';
import { parseKeyring } from './keyring.ts';
import type { ChildWish } from './testing/refresh-child.ts';
import { storeConnection, storeTokens } from './testing/stored-connection.ts';
import { openVault } from './vault.ts';

const key = randomBytes(32).toString('base64');
const children: ChildProcess[] = [];
let test: TestDatabase;
let database: Database;
let vendor: FakeVendor;

beforeAll(async () => {
  test = await createTestDatabase();
  database = openDatabase(test.connectionString, { max: 4, onError: () => {} });
  vendor = await startFakeVendor();
});
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await vendor.close();
  await database.close();
  await test.drop();
});

/**
 * A vendor as strict as they come: refreshes take their time, each makes the old refresh token worthless,
 * and a worthless one that is used again ends the whole family. A request whose caller has died before
 * the answer changes nothing.
 */
function strictVendor(refreshMs: number) {
  const seen = {
    refreshes: [] as string[],
    inFlight: 0,
    mostInFlight: 0,
    reused: false,
    onRefresh: (_name: string) => {},
  };
  let generation = 0;
  vendor.answer = (request, response, body) => {
    if (request.url === '/acme/records') {
      const isGood =
        generation > 0 && !seen.reused && request.headers.authorization === `Bearer access-${generation}`;
      response.writeHead(isGood ? 200 : 401).end('{}');
      return;
    }
    const form = new URLSearchParams(body);
    seen.refreshes.push(form.get('client_id') ?? '');
    seen.inFlight += 1;
    seen.mostInFlight = Math.max(seen.mostInFlight, seen.inFlight);
    const answering = setTimeout(() => {
      if (form.get('refresh_token') !== `refresh-${generation}`) seen.reused = true;
      else generation += 1;
      response.end(
        JSON.stringify(
          seen.reused
            ? { error: 'invalid_grant' }
            : {
                access_token: `access-${generation}`,
                refresh_token: `refresh-${generation}`,
                expires_in: '3600',
              },
        ),
      );
    }, refreshMs);
    response.once('close', () => {
      clearTimeout(answering);
      seen.inFlight -= 1;
    });
    seen.onRefresh(form.get('client_id') ?? '');
  };
  return seen;
}

it('four processes of fifty requests at expiry, one killed in mid-refresh: one refresh at a time, all others succeed', async () => {
  const connection = await storeConnection(database);
  await storeTokens(database, await openVault(database, parseKeyring(key)), connection);
  const seen = strictVendor(2000);
  const names = ['first', 'second', 'third', 'fourth'];
  const processes = new Map<string, ChildProcess>();
  for (const name of names) {
    const file = fileURLToPath(new URL('./testing/refresh-child.ts', import.meta.url));
    const child = fork(file, { execArgv: [], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    children.push(child);
    processes.set(name, child);
    child.send({
      connectionString: test.connectionString,
      vendorUrl: vendor.url,
      key,
      connectionId: connection.id,
      name,
      requests: 50,
      timing: { timeoutMs: 2500, leaseMs: 2800 },
    } satisfies ChildWish);
  }
  await Promise.all([...processes.values()].map((child) => once(child, 'message')));

  let killed = '';
  seen.onRefresh = (name) => {
    if (killed !== '') return;
    killed = name;
    processes.get(name)?.kill('SIGKILL');
  };
  const outcomes = Promise.all(
    names.map((name) => {
      const child = processes.get(name)!;
      return Promise.race([
        once(child, 'message').then(([results]: string[][]) => ({ name, results })),
        once(child, 'exit').then(() => ({ name, results: [] as string[] })),
      ]);
    }),
  );
  for (const child of processes.values()) child.send('go');

  const survivors = (await outcomes).filter(({ name }) => name !== killed);
  expect(survivors).toHaveLength(3);
  for (const { results } of survivors) expect(results).toEqual(Array.from({ length: 50 }, () => '200'));
  expect(seen.mostInFlight).toBe(1);
  expect(seen.reused).toBe(false);
  expect(seen.refreshes).toHaveLength(2);
  expect(seen.refreshes[0]).toBe(killed);
});
