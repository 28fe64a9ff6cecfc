import { setTimeout as sleep } from 'node:timers/promises';
import { type Freezable, freezable } from '../test/postgres/freezable.ts';
import { createTestDatabase, type TestDatabase } from '../test/postgres/test-database.ts';
import { endSessions, onlyRead, refuseWrites } from '../test/postgres/trouble.ts';
import { createReadiness, type Readiness } from './readiness.ts';
import { type Database, openDatabase } from './store/database.ts';
import { type WriteProbe, writeProbe } from './store/write-probe.ts';

const PATIENCE_MS = 500;

let test: TestDatabase;
let control: Database;
let way: Freezable;
let probe: WriteProbe;
beforeAll(async () => {
  test = await createTestDatabase();
  control = openDatabase(test.connectionString, { max: 1, onError() {} });
  way = await freezable(test.connectionString);
  probe = writeProbe(way.connectionString, PATIENCE_MS);
});
afterAll(async () => {
  way.thaw();
  await probe.close();
  await control.close();
  await way.stop();
  await test.drop();
});

const ask = (): Promise<Readiness> => createReadiness(probe).ask();
const reason = async (): Promise<string> => {
  const found = await ask();
  if (found.ready) return 'ready';
  expect(found.reason.fr).toMatch(/base de données.*\.$/);
  return found.reason.en;
};
const sessions = async (): Promise<number> => {
  const [row] = await control.query<{ count: number }>(
    `select count(*)::int as count from pg_stat_activity
     where datname = current_database() and application_name = 'liaison probe'`,
  );
  return row?.count ?? 0;
};

describe('whether the server can do its work', () => {
  it('is asked of the disk, and nothing is left of it', async () => {
    for (let time = 0; time < 3; time += 1) expect(await reason()).toBe('ready');
    expect(await control.query('select * from write_probe')).toEqual([]);
    const [{ pages } = { pages: 0 }] = await control.query<{ pages: number }>(
      `select pg_relation_size('write_probe') / 8192 as pages`,
    );
    expect(Number(pages)).toBe(3);
  });

  it('full, read-only, gone, and well again: each is said in a sentence', async () => {
    const room = await refuseWrites(control, ['write_probe']);
    expect(await reason()).toContain('disk of the database is full');
    await room();
    expect(await reason()).toBe('ready');
    const writable = await onlyRead(control);
    expect(await reason()).toContain('only reads');
    await writable();
    expect(await reason()).toBe('ready');
    await endSessions(control);
    expect(await reason()).toBe('ready');
    const gone = createReadiness(writeProbe('postgres://nobody@127.0.0.1:1/none', PATIENCE_MS));
    expect(await gone.ask()).toMatchObject({
      ready: false,
      reason: { en: expect.stringMatching(/ECONNREFUSED/) },
    });
  });

  it('frozen: it is said in time, whoever asks how often, and no sessions pile up', async () => {
    way.freeze();
    const readiness = createReadiness(probe);
    for (let time = 0; time < 3; time += 1) {
      const began = performance.now();
      const found = await Promise.all(Array.from({ length: 50 }, () => readiness.ask()));
      expect(performance.now() - began).toBeLessThan(PATIENCE_MS * 3);
      expect(found.every((one) => !one.ready)).toBe(true);
    }
    expect(await reason()).toContain('does not answer');
    way.thaw();
    // What stood still goes on in its own time.
    while ((await reason()) !== 'ready') await sleep(20);
    expect(await sessions()).toBeLessThan(5);
  });

  it('is asked once for all who ask within a second', async () => {
    let asked = 0;
    let now = 0;
    const readiness = createReadiness({
      async write() {
        asked += 1;
      },
      monotonic: () => now,
    });
    await Promise.all([readiness.ask(), readiness.ask()]);
    await readiness.ask();
    expect(asked).toBe(1);
    now = 1_001;
    await readiness.ask();
    expect(asked).toBe(2);
  });
});
