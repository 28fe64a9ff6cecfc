import type { SideRecord, SyncObject } from '../../server/core/sync-object.ts';
import { resume } from '../../server/engine/sync/control.ts';
import { type MemoryVendor, memoryVendor } from './memory-object.ts';
import {
  FIELDS,
  openShared,
  openSyncRig,
  type RigOptions,
  type SharedDatabase,
  type SyncRig,
} from './rig.ts';
import { person } from './setting.ts';

const DECLINED = { en: 'It was declined.', fr: 'Elle a été refusée.' };
const CUT = { en: 'Only a part of it is shown.', fr: 'Une partie seulement en est montrée.' };

let shared: SharedDatabase;
beforeAll(async () => {
  shared = await openShared();
});
afterAll(() => shared.close());

/** A vendor that lists no more than the newest, and says of some records that they take no part, or tell no phone. */
interface Setting {
  readonly left: MemoryVendor;
  readonly right: MemoryVendor;
  readonly rig: SyncRig;
  readonly unlisted: Set<string>;
  readonly declined: Set<string>;
  readonly cut: Set<string>;
}

async function linked(count: number, options: Partial<RigOptions> = {}): Promise<Setting> {
  const left = memoryVendor('left', { fields: FIELDS });
  const right = memoryVendor('right', { fields: FIELDS });
  const [unlisted, declined, cut] = [new Set<string>(), new Set<string>(), new Set<string>()];
  const { object } = left;
  const told = (record: SideRecord): SideRecord => ({
    ...record,
    ...(declined.has(record.id) ? { excluded: DECLINED, withdrawn: true } : {}),
    ...(cut.has(record.id) ? { withheld: { phone: CUT } } : {}),
  });
  const choosy: SyncObject = {
    ...object,
    isListed: (values) => ![...unlisted].some((id) => left.records.get(id)?.values.email === values.email),
    async changes(client, wish) {
      const page = await object.changes(client, wish);
      const isWhole = wish.cursor === null;
      return {
        ...page,
        records: page.records.filter(({ id }) => !isWhole || !unlisted.has(id)).map(told),
      };
    },
    read: async (client, wish) => (await object.read(client, wish)).map(told),
  };
  const rig = await openSyncRig(shared, {
    left,
    right,
    about: { left: { object: choosy, options: [] } },
    ...options,
  });
  for (let index = 0; index < count; index += 1)
    left.put(null, { ...person(index), phone: `+3361234567${index % 10}` });
  await rig.previewAndApply();
  await rig.settle();
  expect((await rig.counts()).inSync).toBe(count);
  left.forget();
  right.forget();
  return { left, right, rig, unlisted, declined, cut };
}

describe('a record that is too old to be listed', () => {
  it('is not gone, is not read one by one, and is no matter for the brake', async () => {
    const { left, right, rig, unlisted } = await linked(12, {
      settings: { brake: { records: 2, percent: 10 } },
    });
    const before = (await rig.row()).left.sweep;
    for (const { id } of left.live().slice(0, 8)) unlisted.add(id);
    left.loseCursor();
    await rig.settle();
    expect((await rig.row()).phase).toBe('live');
    expect((await rig.row()).left.sweep).toBeGreaterThan(before);
    expect(right.live()).toHaveLength(12);
    expect(left.written.concat(right.written)).toEqual([]);
    expect(left.calls.read ?? 0).toBe(0);
    expect((await rig.counts()).inSync).toBe(12);
  });

  it('while one that should have been listed, and is gone, goes', async () => {
    const { left, right, rig, unlisted } = await linked(4);
    unlisted.add('left-1');
    left.records.delete('left-2');
    left.loseCursor();
    await rig.settle();
    expect(right.live()).toHaveLength(3);
  });
});

describe('a record that is withdrawn', () => {
  it('takes its counterpart along, is told, and comes back', async () => {
    const { left, right, rig, declined } = await linked(3);
    declined.add('left-1');
    left.edit('left-1', {});
    await rig.settle();
    expect(right.live()).toHaveLength(2);
    expect(left.live()).toHaveLength(3);
    expect(await rig.counts()).toMatchObject({ inSync: 2, excluded: 1, waiting: 0 });
    await rig.settle();
    expect(right.written.filter(({ operation }) => operation === 'remove')).toHaveLength(1);
    declined.delete('left-1');
    left.edit('left-1', {});
    await rig.settle();
    expect(right.live()).toHaveLength(3);
    expect(await rig.counts()).toMatchObject({ inSync: 3, excluded: 0, waiting: 0 });
  });

  it('leaves it where deletions are not carried over, and goes on from there', async () => {
    const { left, right, rig, declined } = await linked(2, {
      rules: { remove: { left: 'keep', right: 'keep' } },
    });
    declined.add('left-1');
    left.edit('left-1', { note: 'vu' });
    await rig.settle();
    expect(right.live()).toHaveLength(2);
    declined.delete('left-1');
    left.edit('left-1', { note: 'revu' });
    await rig.settle();
    expect(right.live().map(({ values }) => values.note)).toContain('revu');
    expect(right.live()).toHaveLength(2);
  });

  it('with many others stops at the brake before one is taken away', async () => {
    const { left, right, rig, declined } = await linked(20, {
      settings: { brake: { records: 2, percent: 10 } },
    });
    for (const { id } of left.live().slice(0, 10)) {
      declined.add(id);
      left.edit(id, {});
    }
    await rig.settle();
    expect([(await rig.row()).phase, right.live().length]).toEqual(['paused', 20]);
    await resume(rig.control, rig.key, 'keep');
    await rig.settle();
    expect([(await rig.row()).phase, right.live().length]).toEqual(['live', 20]);
  });
});

describe('a field that is not told whole', () => {
  it('is neither carried over nor written over, while the others are, until it is told again', async () => {
    const { left, right, rig, cut } = await linked(1);
    cut.add('left-1');
    left.edit('left-1', { phone: null, note: 'changée' });
    await rig.settle();
    expect(right.live()[0]?.values).toMatchObject({ phone: '+33612345670', note: 'changée' });
    right.edit('right-1', { phone: '+33698765432' });
    await rig.settle();
    expect(left.live()[0]?.values.phone).toBeNull();
    expect(await rig.counts()).toMatchObject({ inSync: 1, waiting: 0, failing: 0 });
    cut.delete('left-1');
    left.edit('left-1', { phone: '+33612345670' });
    await rig.settle();
    // What was agreed on still stands here: the change of the other side is the one that travels.
    expect(left.live()[0]?.values.phone).toBe('+33698765432');
  });

  it('is left out of what is made from the record', async () => {
    const { left, right, rig, cut } = await linked(0);
    cut.add('left-1');
    left.put('left-1', { ...person(1), phone: '+33612345670' });
    await rig.settle();
    expect(right.live()[0]?.values).toMatchObject({ email: 'p1@clients.example' });
    expect(right.live()[0]?.values.phone).toBeUndefined();
  });
});
