import fc from 'fast-check';
import type { FieldValue } from '../../core/sync-object.ts';
import { zohoTime } from './channels.ts';
import type { ZohoCrmClient } from './client.ts';
import { moduleChanges } from './module-changes.ts';
import type { CrmRecord } from './records.ts';

const START = Date.parse('2026-11-24T10:00:00Z');

const RUNS = 2_000;

interface Row {
  readonly id: string;
  readonly stamp: number;
  /** When queries begin to show this state. */
  readonly visibleAt: number;
  readonly state: number;
}

/** A CRM of one module, as far as queries and deletions go: pages of at most three rows, a clock of its own. */
class Module {
  now = START;
  calls = 0;
  /** How far the answers' date is from the clock that stamps. */
  skew = 0;
  private readonly rows = new Map<string, Row[]>();
  private deleted: { id: string; time: number }[] = [];
  private states = 0;

  write(id: string, delayMs: number): number {
    this.states += 1;
    const stamp = Math.floor(this.now / 1_000) * 1_000;
    const row = { id, stamp, visibleAt: this.now + delayMs, state: this.states };
    this.rows.set(id, [...(this.rows.get(id) ?? []), row]);
    this.deleted = this.deleted.filter((one) => one.id !== id);
    return this.states;
  }

  remove(id: string): void {
    if (this.rows.delete(id)) this.deleted.push({ id, time: Math.floor(this.now / 1_000) * 1_000 });
  }

  get ids(): string[] {
    return [...this.rows.keys()];
  }

  latest(id: string): number {
    return this.rows.get(id)?.at(-1)?.state ?? 0;
  }

  private shown(): Row[] {
    const shown = [...this.rows.values()].map((states) =>
      states.findLast((row) => row.visibleAt <= this.now),
    );
    return shown.filter((row) => row !== undefined);
  }

  readonly client = {
    query: async (select: string) => {
      this.calls += 1;
      const after = /where id > '(\d+)'/.exec(select)?.[1];
      const from = /Modified_Time >= '([^']+)'/.exec(select)?.[1];
      const place = /Modified_Time = '([^']+)' and id > '(\d+)'/.exec(select);
      const found = this.shown().filter((row) => {
        if (after !== undefined) return row.id > after;
        if (from !== undefined) return row.stamp >= Date.parse(from);
        if (place === null) return true;
        const time = Date.parse(place[1] ?? '');
        return row.stamp > time || (row.stamp === time && row.id > (place[2] ?? ''));
      });
      const byTime = select.includes('order by Modified_Time');
      found.sort((a, b) => (byTime ? a.stamp - b.stamp : 0) || (a.id < b.id ? -1 : 1));
      const rows: CrmRecord[] = found.slice(0, 3).map(({ id, stamp, state }) => ({
        id,
        Modified_Time: zohoTime(stamp),
        state,
      }));
      return { rows, more: found.length > 3, at: this.now + this.skew };
    },
    deletions: async (_module: string, since: string) => {
      this.calls += 1;
      const found = this.deleted.filter((one) => one.time >= Date.parse(since));
      return { found: found.map(({ id, time }) => ({ id, time: zohoTime(time) })), at: this.now + this.skew };
    },
  } as unknown as ZohoCrmClient;
}

/** What a follower knows: the latest state that it saw of each record. */
class Follower {
  cursor: FieldValue = null;
  readonly seen = new Map<string, number>();

  readonly module: Module;

  constructor(module: Module) {
    this.module = module;
  }

  /** One page; true when there is more. */
  async page(): Promise<boolean> {
    const page = await moduleChanges(this.module.client, 'Contacts', ['state'], this.cursor);
    for (const row of page.rows) this.seen.set(row.id, Number(row.state));
    for (const id of page.deleted) this.seen.delete(id);
    this.cursor = structuredClone(page.cursor);
    return page.more;
  }

  async look(): Promise<void> {
    while (await this.page());
  }
}

const ids = fc.constantFrom('10', '11', '12', '13', '14', '15', '16', '17');
const steps = fc.array(
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constant('write' as const),
        id: ids,
        delay: fc.constantFrom(0, 0, 900, 3_900),
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('remove' as const), id: ids }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('page' as const) }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('look' as const) }) },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('wait' as const),
        ms: fc.constantFrom(1, 400, 1_000, 7_000, 300_000),
      }),
    },
  ),
  { maxLength: 60 },
);

describe('following a module', () => {
  it('misses nothing: ties over page borders, writes that show late, a clock that is off, deletions', async () => {
    await fc.assert(
      fc.asyncProperty(steps, fc.constantFrom(-90_000, 0, 90_000), async (list, skew) => {
        const module = new Module();
        module.skew = skew;
        const follower = new Follower(module);
        await follower.look();
        for (const step of list) {
          if (step.kind === 'write') module.write(step.id, step.delay);
          if (step.kind === 'remove') module.remove(step.id);
          if (step.kind === 'page') await follower.page();
          if (step.kind === 'look') await follower.look();
          if (step.kind === 'wait') module.now += step.ms;
        }
        await follower.look();
        module.now += 5_000;
        await follower.look();
        expect(Object.fromEntries(follower.seen)).toEqual(
          Object.fromEntries(module.ids.map((id) => [id, module.latest(id)])),
        );
      }),
      { numRuns: RUNS },
    );
  });

  it('finds what came to be shown behind a page while the later pages were waited for', async () => {
    const module = new Module();
    const follower = new Follower(module);
    module.write('20', 0);
    await follower.look();
    module.write('10', 3_900);
    for (const id of ['11', '12', '13', '14']) module.write(id, 0);
    expect(await follower.page()).toBe(true);
    module.now += 300_000;
    await follower.look();
    await follower.look();
    expect([...follower.seen.keys()].sort()).toEqual(['10', '11', '12', '13', '14', '20']);
  });

  it('reads many of one second again until something later was met, and not for as long as clocks may differ', async () => {
    const module = new Module();
    const follower = new Follower(module);
    await follower.look();
    for (const id of ['10', '11', '12', '13', '14', '15', '16', '17']) module.write(id, 0);
    await follower.look();
    for (const id of ['20', '21']) {
      module.now += 10_000;
      module.write(id, 0);
      await follower.look();
    }
    module.now += 10_000;
    const before = module.calls;
    await follower.look();
    expect(module.calls - before).toBe(2);
  });

  it('comes to rest: once the last change is old, a look is one query and one list of deletions, of nothing', async () => {
    const module = new Module();
    for (const id of ['10', '11', '12', '13', '14']) module.write(id, 0);
    const follower = new Follower(module);
    await follower.look();
    module.now += 60_000;
    module.write('12', 0);
    module.now += 300_000;
    await follower.look();
    const before = module.calls;
    const page = await moduleChanges(module.client, 'Contacts', ['state'], follower.cursor);
    expect(page).toMatchObject({ rows: [], deleted: [], more: false });
    expect(module.calls - before).toBe(2);
  });
});
