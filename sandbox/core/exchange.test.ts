import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { counter } from '../../test/sandbox/counter.ts';
import { type RunningSandbox, startSandbox } from './host.ts';

let folder: string;
let sandbox: RunningSandbox;
let record: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'liaison-exchange-'));
  record = join(folder, 'recording.ndjson');
  sandbox = await startSandbox({ port: 0, dataFolder: folder, simulators: [counter], scenarios: [], record });
});
afterEach(async () => {
  await sandbox.stop();
  rmSync(folder, { recursive: true });
});

const post = (): Promise<Response> =>
  fetch(`${sandbox.url}/counter/v1/count?x=1`, {
    method: 'POST',
    body: 'a=b',
    headers: { authorization: 'Bearer s3cret', 'content-type': 'application/x-www-form-urlencoded' },
  });
const count = async (): Promise<number> =>
  ((await (await fetch(`${sandbox.url}/_sandbox/ledger?vendor=counter`)).json()) as { entries: object[] })
    .entries.length;
const setFault = async (fault: object): Promise<number> =>
  (await fetch(`${sandbox.url}/_sandbox/faults/counter`, { method: 'PUT', body: JSON.stringify(fault) }))
    .status;
const recorded = (): {
  url: string;
  fault?: string;
  request: { headers: Record<string, string>; body: string };
  response: { status: number; body: string } | null;
}[] =>
  readFileSync(record, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

test('what a vendor was asked is counted, an id in a path standing for all of them', async () => {
  await post();
  await post();
  await fetch(`${sandbox.url}/counter/page/1234567`);
  await setFault({ drop: true });
  await post().catch(() => null);
  const answer = await fetch(`${sandbox.url}/_sandbox/calls`);
  expect(await answer.json()).toEqual({
    calls: { counter: { total: 4, by: { 'POST /v1/count': 3, 'GET /page/{id}': 1 } } },
  });
});

test('an exchange is recorded under the vendor’s own address, without the secret', async () => {
  await post();
  await fetch(`${sandbox.url}/counter/page`);
  await count();
  const [line, ...others] = recorded();
  expect(others).toEqual([]);
  expect(line).toMatchObject({
    vendor: 'counter',
    method: 'POST',
    url: 'https://api.counter.example/v1/count?x=1',
    request: { headers: { authorization: 'Bearer redacted' }, body: 'a=b' },
    response: { status: 201 },
  });
  expect(JSON.parse(line!.response!.body)).toHaveProperty('id');
  expect(line).not.toHaveProperty('fault');
});

test('a status fault answers the vendor’s own error, says when to come back, and does nothing', async () => {
  await setFault({ status: 429, retryAfter: 7, count: 1 });
  const answer = await post();
  expect([answer.status, answer.headers.get('retry-after'), await answer.json()]).toEqual([
    429,
    '7',
    { problem: 429 },
  ]);
  expect(await count()).toBe(0);
  expect(recorded()[0]?.fault).toBe('status 429');
  expect((await post()).status).toBe(201);
});

test('a body of any kind can be asked for', async () => {
  await setFault({ status: 502, body: '<h1>Bad gateway</h1>', contentType: 'text/html', count: 1 });
  const answer = await post();
  expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([
    502,
    'text/html; charset=utf-8',
    '<h1>Bad gateway</h1>',
  ]);
  await setFault({ status: 302, headers: { location: 'https://elsewhere.example/' } });
  expect(
    (await fetch(`${sandbox.url}/counter/v1/count`, { redirect: 'manual' })).headers.get('location'),
  ).toBe('https://elsewhere.example/');
});

test('a dropped connection has not done the work, a broken answer has', async () => {
  await setFault({ drop: true, count: 1 });
  await expect(post()).rejects.toThrow();
  expect(await count()).toBe(0);
  await setFault({ commitThenFail: 'reset', count: 1 });
  await expect(post()).rejects.toThrow();
  expect(await count()).toBe(1);
  await setFault({ commitThenFail: true, count: 1 });
  await expect(post()).rejects.toThrow();
  expect(await count()).toBe(2);
  await setFault({ commitThenFail: '500', count: 1 });
  expect((await post()).status).toBe(500);
  expect(await count()).toBe(3);
  await setFault({ commitThenFail: 'timeout', count: 1 });
  await expect(
    fetch(`${sandbox.url}/counter/v1/count`, { method: 'POST', signal: AbortSignal.timeout(200) }),
  ).rejects.toThrow();
  expect(await count()).toBe(4);
});

test('an answer can be cut short or dripped', async () => {
  await setFault({ truncate: true, count: 1 });
  const half = await (await post()).text();
  expect(() => JSON.parse(half)).toThrow(SyntaxError);
  await setFault({ dripMs: 1, count: 1 });
  expect(await (await post()).json()).toHaveProperty('id');
});

test('methods, path and rate choose the requests', async () => {
  await setFault({ status: 503, methods: ['get'], path: '^/v1/' });
  expect((await post()).status).toBe(201);
  expect((await fetch(`${sandbox.url}/counter/v1/count`)).status).toBe(503);
  expect((await fetch(`${sandbox.url}/counter/page`)).status).toBe(200);
  await setFault({ status: 503, rate: 0 });
  expect((await post()).status).toBe(201);
});

test('a fault is shown and cleared, and one that is not understood is refused with a sentence', async () => {
  await setFault({ status: 500 });
  const url = `${sandbox.url}/_sandbox/faults/counter`;
  expect(await (await fetch(url)).json()).toEqual({ fault: { status: 500 } });
  await fetch(url, { method: 'DELETE' });
  expect((await post()).status).toBe(201);
  for (const wrong of [{ statu: 500 }, { rate: 2 }, { path: '(' }, []])
    expect(await setFault(wrong)).toBe(400);
});

test('a reset empties and seeds again, and unknown vendors are named', async () => {
  await post();
  await fetch(`${sandbox.url}/_sandbox/reset`, { method: 'POST' });
  expect(await count()).toBe(0);
  const state = (await (await fetch(`${sandbox.url}/_sandbox/state/counter`)).json()) as object;
  expect(state).toEqual({ tables: { counts: [{ n: 0 }] } });
  const unknown = await fetch(`${sandbox.url}/_sandbox/state/nobody`);
  expect([unknown.status, await unknown.json()]).toEqual([
    404,
    { error: 'There is no simulator called "nobody". Known: counter.' },
  ]);
});

test('an empty fault is for reading requests: a write is done and answered as ever', async () => {
  await setFault({ empty: true });
  expect(await (await fetch(`${sandbox.url}/counter/v1/count`)).json()).toEqual({ count: 0 });
  expect(recorded()[0]?.fault).toBe('empty');
  expect(await (await post()).json()).toHaveProperty('filler');
  expect(recorded()[1]).not.toHaveProperty('fault');
  expect(await count()).toBe(1);
});
