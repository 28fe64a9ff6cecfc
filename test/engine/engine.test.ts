import { LiaisonError } from '../../server/core/errors.ts';
import { ok, openRig, type Rig, testFlow, words } from './rig.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await openRig();
});
afterEach(() => rig.close());

/** A gate that a test opens when it has seen what it waited for. */
function gate(): { wait: Promise<void>; open: () => void } {
  let open = () => {};
  const wait = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { wait, open };
}

describe('the engine', () => {
  it('does the work of an event once, delivered fifty times at once and again later', async () => {
    let made = 0;
    const engine = await rig.engine([
      testFlow(async ({ write }) => {
        await write('make', { find: async () => null, send: async () => ++made });
        return ok;
      }),
    ]);
    await Promise.all(Array.from({ length: 50 }, () => rig.send(engine, 'r1', 'evt_1')));
    await rig.settled();
    await rig.send(engine, 'r1', 'evt_1');
    await rig.settled();
    expect(made).toBe(1);
    expect(await rig.states()).toEqual(['done']);
  });

  it('keeps the order of one record and works on others side by side', async () => {
    const order: string[] = [];
    const first = gate();
    const engine = await rig.engine([
      testFlow(async ({ event, read }) => {
        if (event.recordId === 'slow') await first.wait;
        await read('look', async () => order.push(`${event.recordId}:${event.id}`));
        return ok;
      }),
    ]);
    await rig.send(engine, 'slow', 'a1');
    for (let i = 0; i < 10; i += 1) await rig.send(engine, 'slow', `b${i}`);
    await rig.send(engine, 'other', 'c');
    while (!order.some((entry) => entry.startsWith('other:'))) await new Promise(setImmediate);
    expect(order).toHaveLength(1);
    first.open();
    await rig.settled();
    const slow = order
      .filter((entry) => entry.startsWith('slow:'))
      .map((entry) => Number(entry.split(':')[1]));
    expect(slow).toHaveLength(11);
    expect(slow).toEqual([...slow].sort((a, b) => a - b));
  });

  it('joins events of a record that already waits, where the flow fetches the record anyway', async () => {
    let fetched = 0;
    const first = gate();
    const engine = await rig.engine([
      testFlow(
        async ({ read }) => {
          await first.wait;
          await read('look', async () => ++fetched);
          return ok;
        },
        { coalesce: true },
      ),
    ]);
    await Promise.all(Array.from({ length: 1_000 }, (_, index) => rig.send(engine, 'r', `hint-${index}`)));
    first.open();
    await rig.settled();
    expect(fetched).toBeLessThanOrEqual(2);
  });

  it('goes on from the step that failed, with what earlier steps read', async () => {
    const looked: number[] = [];
    let tries = 0;
    const engine = await rig.engine([
      testFlow(async ({ read, write }) => {
        const seen = await read('look', async () => looked.push(1));
        await write('make', {
          find: async () => null,
          send: async () => {
            tries += 1;
            if (tries < 3) throw new LiaisonError('retry-later', { sentence: words('busy') });
            return seen;
          },
        });
        return ok;
      }),
    ]);
    await rig.send(engine, 'r');
    await rig.settled();
    expect([looked.length, tries]).toEqual([1, 3]);
    expect(await rig.states()).toEqual(['done']);
  });

  it('looks before it sends again when the outcome of a write is not known, and only then', async () => {
    const vendor: string[] = [];
    let lookups = 0;
    const engine = await rig.engine([
      testFlow(async ({ event, write }) => {
        await write('make', {
          find: async (marker) => {
            lookups += 1;
            return vendor.find((kept) => kept === marker) ?? null;
          },
          send: async (marker) => {
            if (event.recordId === 'refused' && lookups === 0 && vendor.length < 2) {
              vendor.push('x');
              throw new LiaisonError('rate-limited', { sentence: words('later'), retryAt: 0 });
            }
            vendor.push(marker);
            if (vendor.filter((kept) => kept === marker).length === 1 && event.recordId === 'unknown') {
              throw new LiaisonError('retry-later', { sentence: words('reset'), mayHaveHappened: true });
            }
            return marker;
          },
        });
        return ok;
      }),
    ]);
    await rig.send(engine, 'unknown');
    await rig.settled();
    expect(vendor).toHaveLength(1);
    expect(lookups).toBe(1);

    vendor.length = 0;
    lookups = 0;
    await rig.send(engine, 'refused');
    await rig.settled();
    expect(lookups).toBe(0);
  });

  it('sets a rejected record aside and goes on with the others; a replay repeats no write that succeeded', async () => {
    const sent: string[] = [];
    let refuse = true;
    const engine = await rig.engine([
      testFlow(
        async ({ event, read, write }) => {
          await read('look', async () => sent.push(`look ${event.recordId}`));
          await write('first', {
            find: async () => null,
            send: async () => sent.push(`first ${event.recordId}`),
          });
          await write('second', {
            find: async () => null,
            send: async () => {
              if (refuse && event.recordId === 'bad')
                throw new LiaisonError('rejected', {
                  sentence: words('no'),
                  field: 'Email',
                  vendorMessage: 'invalid data',
                });
              return sent.push(`second ${event.recordId}`);
            },
          });
          return ok;
        },
        {
          steps: {
            look: { titles: words('look'), connector: 'vendor', effect: 'read' },
            first: { titles: words('first'), connector: 'vendor', effect: 'lookup' },
            second: { titles: words('second'), connector: 'vendor', effect: 'lookup' },
          },
        },
      ),
    ]);
    for (const record of ['a', 'bad', 'b']) await rig.send(engine, record);
    await rig.settled();
    expect((await rig.states()).sort()).toEqual(['done', 'done', 'shelved']);
    const [shelved] = await rig.database.query<{ error: object }>(
      `select error from runs where state = 'shelved'`,
    );
    expect(shelved?.error).toMatchObject({ field: 'Email', vendorMessage: 'invalid data' });

    refuse = false;
    sent.length = 0;
    const { id } = (
      await rig.database.query<{ id: string }>(`select organisation_id as id from runs limit 1`)
    )[0]!;
    expect(await engine.replay(id, { sql: 'true', values: [] })).toBe(1);
    await rig.settled();
    expect(sent).toEqual(['second bad']);
    expect(await engine.replay(id, { sql: 'true', values: [] })).toBe(0);
  });

  it('lets a later run of a record take the place of one on the shelf, where runs fetch the record', async () => {
    let refuse = true;
    const engine = await rig.engine([
      testFlow(
        async ({ read }) => {
          await read('look', async () => {
            if (refuse) throw new LiaisonError('rejected', { sentence: words('no') });
            return 1;
          });
          return ok;
        },
        { coalesce: true },
      ),
    ]);
    await rig.send(engine, 'r');
    await rig.settled();
    refuse = false;
    await rig.send(engine, 'r');
    await rig.settled();
    expect(await rig.states()).toEqual(['superseded', 'done']);
  });

  it('shares the work between processes, and does none of it twice', async () => {
    const made = new Map<string, number>();
    const by = [0, 0];
    const flow = (process: number) =>
      testFlow(async ({ event, write }) => {
        await write('make', {
          find: async () => null,
          send: async () => {
            await new Promise(setImmediate);
            by[process] = (by[process] ?? 0) + 1;
            made.set(event.recordId!, (made.get(event.recordId!) ?? 0) + 1);
          },
        });
        return ok;
      });
    const one = await rig.engine([flow(0)], { width: 4 });
    const two = await rig.engine([flow(1)], { width: 4 });
    await Promise.all(Array.from({ length: 300 }, (_, i) => rig.send(i % 2 === 0 ? one : two, `r${i}`)));
    await rig.settled();
    expect([...made.values()].every((count) => count === 1)).toBe(true);
    expect(made.size).toBe(300);
    expect(Math.min(...by)).toBeGreaterThan(0);
  });

  it('takes over at once from a process that lost its proof of life, which then can store nothing', async () => {
    const vendor: string[] = [];
    const holding = gate();
    const reached = gate();
    let sends = 0;
    const flow = testFlow(async ({ write }) => {
      await write('make', {
        find: async () => vendor.length || null,
        send: async (marker) => {
          sends += 1;
          if (sends > 1) return vendor.push(marker);
          reached.open();
          await holding.wait;
          return 99;
        },
      });
      return ok;
    });
    const first = await rig.engine([flow], { width: 1 });
    await rig.send(first, 'r');
    await reached.wait;
    await rig.engine([flow]);
    await rig.database.query(
      `select pg_terminate_backend(l.pid) from pg_locks l join pg_database d on d.oid = l.database
       where d.datname = current_database() and l.locktype = 'advisory' and l.objid = $1 and l.objsubid = 2 and l.granted`,
      [Number(first.processId)],
    );
    await rig.settled();
    expect(vendor).toHaveLength(1);
    holding.open();
    const [step] = await rig.database.query<{ output: unknown }>('select output from steps');
    expect(step?.output).toBe(1);
    expect(await rig.states()).toEqual(['done']);
  });

  it('claims an identity for one run only', async () => {
    let posted = 0;
    const engine = await rig.engine([
      testFlow(async ({ once, write }) => {
        if (!(await once('deal 1 won'))) return { state: 'skipped', summary: words('already') };
        await write('make', { find: async () => null, send: async () => ++posted });
        return ok;
      }),
    ]);
    await Promise.all([rig.send(engine, 'a'), rig.send(engine, 'b'), rig.send(engine, 'c')]);
    await rig.settled();
    expect(posted).toBe(1);
    expect((await rig.states()).sort()).toEqual(['done', 'skipped', 'skipped']);
  });

  it('holds a key for one run at a time', async () => {
    let inside = 0;
    let most = 0;
    const engine = await rig.engine([
      testFlow(async ({ exclusively, read }) => {
        await exclusively('customer', async () => {
          inside += 1;
          most = Math.max(most, inside);
          await read('look', async () => new Promise((resolve) => setImmediate(resolve, 1)));
          inside -= 1;
        });
        return ok;
      }),
    ]);
    await Promise.all(Array.from({ length: 20 }, (_, i) => rig.send(engine, `r${i}`)));
    await rig.settled();
    expect(most).toBe(1);
  });
});
