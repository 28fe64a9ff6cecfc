import { setTimeout as sleep } from 'node:timers/promises';
import { LiaisonError } from '../../server/core/errors.ts';
import { type Database, openDatabase } from '../../server/store/database.ts';
import { endSessions, onlyRead, refuseWrites } from '../postgres/trouble.ts';
import { until } from '../system/liaison-process.ts';
import { ok, openRig, type Rig, testFlow, words } from './rig.ts';

const IN_HAND = 80;

let rig: Rig;
/** One session that outlives what the others go through. */
let control: Database;
beforeEach(async () => {
  rig = await openRig();
  control = openDatabase(rig.connectionString, { max: 1, onError() {} });
});
afterEach(async () => {
  await control.close();
  await rig.close();
});

/** A vendor that holds its answers back until it is told, and finds what it made by its marker. */
function heldVendor() {
  const made = new Map<string, string>();
  const sent: string[] = [];
  let release = (): void => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const flow = testFlow(async ({ event, write }) => {
    await write('make', {
      find: async (marker) => made.get(marker) ?? null,
      async send(marker) {
        sent.push(event.recordId ?? '');
        made.set(marker, event.recordId ?? '');
        await held;
        return event.recordId;
      },
    });
    return ok;
  });
  return { flow, made, sent, release };
}

async function connections(): Promise<number> {
  const [row] = await control.query<{ count: number }>(
    'select count(*)::int as count from pg_stat_activity where datname = current_database()',
  );
  return row?.count ?? 0;
}

describe('writes that the database refuses for a while', () => {
  it('to runs and steps, with 80 runs in hand: each is stored when it takes them, and its effect is one', async () => {
    const vendor = heldVendor();
    const engine = await rig.engine([vendor.flow], { width: IN_HAND });
    await Promise.all(Array.from({ length: IN_HAND }, (_, i) => rig.send(engine, `r${i}`)));
    await until(async () => vendor.sent.length === IN_HAND);
    const end = await refuseWrites(control, ['runs', 'steps', 'inbox']);
    vendor.release();
    await until(async () => engine.trouble.total > IN_HAND);
    // Nothing is acknowledged that is not on disk.
    await expect(rig.send(engine, 'later', 'later')).rejects.toThrow('No space left');
    expect(engine.runsInHand).toBe(IN_HAND);
    await end();
    await rig.send(engine, 'later', 'later');
    await rig.settled();
    await until(async () => engine.runsInHand === 0);
    expect(await rig.states()).toEqual(Array.from({ length: IN_HAND + 1 }, () => 'done'));
    expect(vendor.sent.sort()).toEqual([...new Set(vendor.sent)]);
    expect(engine.trouble.take()).toMatchObject({ said: expect.stringContaining('No space left') });
  });

  it('by becoming read-only and ending every session: nothing stays in the hands of nobody', async () => {
    const vendor = heldVendor();
    const engine = await rig.engine([vendor.flow], { width: 40 });
    await Promise.all(Array.from({ length: 40 }, (_, i) => rig.send(engine, `r${i}`)));
    await until(async () => vendor.sent.length === 40);
    const end = await onlyRead(control);
    vendor.release();
    await until(async () => engine.trouble.total > 10);
    await sleep(2_000);
    // Every try to prove that it lives opens a session: none is left behind.
    expect(await connections()).toBeLessThan(30);
    await end();
    await rig.settled();
    expect(await rig.states()).toEqual(Array.from({ length: 40 }, () => 'done'));
    expect(vendor.sent.length).toBe(40);
    expect(engine.runsInHand).toBe(0);
  });

  it('of a kind that no waiting helps sets aside the one run, and the others go on', async () => {
    await control.query(
      `alter table runs add constraint no_such_label check (record_label is distinct from 'impossible')`,
    );
    const engine = await rig.engine([
      testFlow(async ({ event, label }) => {
        label(event.recordId ?? '');
        return ok;
      }),
    ]);
    await Promise.all(['a', 'impossible', 'b'].map((record) => rig.send(engine, record)));
    await rig.settled();
    expect((await rig.states()).sort()).toEqual(['done', 'done', 'shelved']);
  });

  it('of what a flow stores itself is no failed attempt of the record', async () => {
    const engine = await rig.engine([
      testFlow(async ({ once }) => ((await once('one')) ? ok : { ...ok, state: 'skipped' as const })),
    ]);
    const end = await refuseWrites(control, ['claims']);
    await rig.send(engine, 'a');
    const waiting = await until(async () => {
      const [row] = await control.query<{ attempt: number; error: { kind: string } }>(
        `select attempt, error from runs where state = 'waiting' and error is not null`,
      );
      return row;
    });
    expect(waiting).toMatchObject({ attempt: 0, error: { kind: 'retry-later' } });
    await end();
    await rig.settled();
    expect(await rig.states()).toEqual(['done']);
  });
});

describe('what a process holds and what the database says that it holds', () => {
  it('are compared: a run that nobody works on is given back and done', async () => {
    let tries = 0;
    const engine = await rig.engine([
      testFlow(async () => {
        tries += 1;
        if (tries > 1) return ok;
        throw new LiaisonError('rate-limited', {
          sentence: words('later'),
          retryAt: Date.now() + 3_600_000,
        });
      }),
    ]);
    await rig.send(engine, 'a');
    await until(async () => (await rig.states())[0] === 'waiting' && tries === 1);
    // As after a commit whose answer was lost.
    await control.query(`update runs set state = 'running', owner = $1`, [engine.processId]);
    await control.query(`update queue set owner = $1`, [engine.processId]);
    await rig.settled();
    expect(await rig.states()).toEqual(['done']);
  });

  it('a key stays held in this process when PostgreSQL ends the session of its lock', async () => {
    let inside = 0;
    let most = 0;
    let started = 0;
    const engine = await rig.engine([
      testFlow(async ({ exclusively, read }) => {
        await exclusively('customer', async () => {
          inside += 1;
          most = Math.max(most, inside);
          started += 1;
          await read('look', () => sleep(started === 1 ? 1_500 : 10, 1));
          inside -= 1;
        });
        return ok;
      }),
    ]);
    await Promise.all(['a', 'b', 'c'].map((record) => rig.send(engine, record)));
    await until(async () => started === 1);
    await control.query(
      `select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and granted and objsubid = 1
         and database = (select oid from pg_database where datname = current_database()) and pid <> pg_backend_pid()`,
    );
    await rig.settled();
    expect(most).toBe(1);
    expect(await rig.states()).toEqual(['done', 'done', 'done']);
    await endSessions(control);
  });
});
