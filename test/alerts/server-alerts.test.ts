import { serverWatch } from '../../server/alerts/watch-server.ts';
import { type StoreTrouble, storeTrouble } from '../../server/engine/store-trouble.ts';
import { alertsOf } from '../../server/store/alerts.ts';
import { databaseFailure, noteDatabaseFailure, passingFailure } from '../../server/store/database-failure.ts';
import { ORGANISATION, openRig, type Rig } from '../engine/rig.ts';
import { refuseWrites } from '../postgres/trouble.ts';

let rig: Rig;
let trouble: StoreTrouble;
let aheadMs: number | null;
let mono: number;
let watch: () => Promise<void>;
const said: string[] = [];
const log = {
  info() {},
  warn: (_facts: object, text: string) => void said.push(text),
  error: (_facts: object, text: string) => void said.push(text),
};

beforeEach(async () => {
  rig = await openRig();
  said.length = 0;
  aheadMs = 0;
  mono = 0;
  trouble = storeTrouble({ log, now: () => mono });
  watch = serverWatch({
    database: rig.database,
    trouble,
    aheadMs: () => aheadMs,
    monotonic: () => mono,
    host: 'atelier-1',
    log,
  });
});
afterEach(() => rig.close());

const open = async () =>
  (await alertsOf(rig.database, ORGANISATION.id, 1))
    .filter(({ closedAt }) => closedAt === null)
    .map(({ cause, sentence }) => ({ cause, ...sentence }));

const refusal = () => noteDatabaseFailure(Object.assign(new Error('disk full'), { code: '53100' }));

describe('what is wrong with the server itself', () => {
  it('a database that did not store is told when it stores again, once, and is over after a minute', async () => {
    for (let time = 0; time < 100; time += 1) {
      trouble.refused(refusal());
      mono += 80;
    }
    expect(said).toEqual([expect.stringContaining('does not store')]);
    const end = await refuseWrites(rig.database, ['alerts']);
    await expect(watch()).rejects.toThrow('No space left');
    await end();
    await watch();
    await watch();
    const [alert, ...more] = await open();
    expect(more).toEqual([]);
    expect(alert).toMatchObject({
      cause: 'database',
      en: expect.stringContaining('did not store for 8 s: “disk full”'),
    });
    expect(alert?.fr).toContain('8 s');
    mono += 59_000;
    await watch();
    expect(await open()).toHaveLength(1);
    mono += 2_000;
    await watch();
    expect(await open()).toEqual([]);
  });

  it.each([
    [610_000, '610 s ahead of', 'en avance sur'],
    [-610_000, '610 s behind', 'en retard sur'],
  ])('a clock that is %d ms off is told, and again when it is right', async (off, en, fr) => {
    aheadMs = 59_000;
    await watch();
    expect(await open()).toEqual([]);
    aheadMs = off;
    await watch();
    await watch();
    expect(await open()).toEqual([
      { cause: 'clock atelier-1', en: expect.stringContaining(en), fr: expect.stringContaining(fr) },
    ]);
    // Near the bound it does not come and go.
    aheadMs = 45_000;
    await watch();
    expect(await open()).toHaveLength(1);
    aheadMs = 1_000;
    await watch();
    expect(await open()).toEqual([]);
  });

  it('an alert that a process left open when it died is ended by the next one', async () => {
    trouble.refused(refusal());
    aheadMs = 900_000;
    await watch();
    expect(await open()).toHaveLength(2);
    const next = serverWatch({
      database: rig.database,
      trouble: storeTrouble({ log, now: () => mono }),
      aheadMs: () => 0,
      monotonic: () => mono,
      host: 'atelier-1',
      log,
    });
    mono += 61_000;
    await next();
    expect(await open()).toEqual([]);
  });
});

describe('a failure of the database', () => {
  it('is known by where it comes from, and whether waiting helps', async () => {
    const of = (sql: string) => rig.database.query(sql).catch((error: unknown) => error);
    const missing = await of('select * from not_there');
    const full = await of(`do $$ begin raise exception 'full' using errcode = '53100'; end $$`);
    const told = await of(`do $$ begin raise exception 'no'; end $$`);
    const rights = await of(`do $$ begin raise exception 'no' using errcode = '42501'; end $$`);
    expect([missing, full, told, rights].map((error) => passingFailure(error) !== undefined)).toEqual([
      false,
      true,
      true,
      true,
    ]);
    expect(databaseFailure(missing)).toBe(missing);
    expect(databaseFailure(new Error('a vendor said no'))).toBeUndefined();
    expect(passingFailure(new Error('wrapped', { cause: full }))).toBe(full);
  });
});
