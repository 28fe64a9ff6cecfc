import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningSandbox, startSandbox } from '../../../../sandbox/core/host.ts';
import { toFillIn } from '../../../../test/to-fill-in.ts';
import { keyOf } from './rows.ts';
import { newThing } from './simulator.ts';

it('New Thing’s simulator is filled in: nothing in its folder waits for somebody', () => {
  expect(toFillIn(import.meta.dirname)).toEqual([]);
});

describe('New Thing’s simulator', () => {
  let folder: string;
  let sandbox: RunningSandbox;
  let key: string;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'liaison-new-thing-'));
    sandbox = await startSandbox({ port: 0, dataFolder: folder, simulators: [newThing] });
    key = keyOf(sandbox.desk('new-thing'));
  });
  afterEach(async () => {
    await sandbox.stop();
    rmSync(folder, { recursive: true });
  });

  const call = (method: string, path: string, body?: object, as = key): Promise<Response> =>
    fetch(`${sandbox.url}/new-thing/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${as}` },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  const outcome = async (answer: Promise<Response>) => {
    const { status } = await answer;
    return [status, await (await answer).json()];
  };

  // To fill in: each rule that the vendor documents, as a sentence that this test holds.
  it('lets in with the company’s key only', async () => {
    expect((await call('GET', '/me')).status).toBe(200);
    expect(await outcome(call('GET', '/me', undefined, 'wrong'))).toMatchObject([
      401,
      { error: { code: 'unauthorized' } },
    ]);
  });

  it('lists page by page, and refuses a page that is none', async () => {
    const [, first] = await outcome(call('GET', '/items?limit=2'));
    expect(first.items).toHaveLength(2);
    const [, second] = await outcome(call('GET', `/items?limit=2&next=${first.next}`));
    expect([second.items.length, second.next]).toEqual([1, undefined]);
    expect(await outcome(call('GET', '/items?next=nowhere'))).toMatchObject([400, {}]);
  });

  it('takes what it documents, and nothing else', async () => {
    expect(await outcome(call('POST', '/items', { name: 'Lampe' }))).toMatchObject([201, { name: 'Lampe' }]);
    for (const body of [{}, { name: 3 }, { name: 'Lampe', colour: 'red' }]) {
      expect((await call('POST', '/items', body)).status).toBe(400);
    }
  });
});
