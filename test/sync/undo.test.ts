import { include } from '../../server/engine/sync/control.ts';
import { previewUndo, startUndo } from '../../server/engine/sync/undo.ts';
import { leftOutOf } from '../../server/store/sync-left-out.ts';
import { passesOf } from '../../server/store/sync-passes.ts';
import { openShared, RULES, type SharedDatabase } from './rig.ts';
import { forget, linkedSetting, openSetting, person, type Setting, values } from './setting.ts';

let shared: SharedDatabase;
const settings: Setting[] = [];
beforeAll(async () => {
  shared = await openShared();
});
afterAll(async () => {
  await Promise.all(settings.map(({ rig }) => rig.close()));
  await shared.close();
});

const kept = (setting: Setting): Setting => {
  settings.push(setting);
  return setting;
};

async function lastWritingPass({ rig }: Setting): Promise<string> {
  const pass = (await passesOf(rig.database, rig.key, 10)).find((one) =>
    ['apply', 'live'].includes(one.kind),
  );
  if (pass === undefined) throw new Error('nothing was written');
  return pass.id;
}

describe('an undo', () => {
  it('restores every record of a run but those that were changed since, and says which', async () => {
    const setting = kept(await linkedSetting(shared, 500, { vendors: { batch: 100, list: 200 } }));
    const { left, right, rig } = setting;
    for (const held of left.live()) left.edit(held.id, { note: 'campagne de mars' });
    await rig.settle();
    const run = await lastWritingPass(setting);
    for (const held of right.live().slice(0, 3)) right.edit(held.id, { note: 'corrigé à la main' });
    await rig.settle();
    forget(setting);

    const forecast = await previewUndo(rig.control, rig.key, run, RULES);
    expect(right.written).toEqual([]);
    expect(forecast.operations).toEqual({
      left: { create: 0, update: 0, remove: 0 },
      right: { create: 0, update: 497, remove: 0 },
    });
    expect(forecast.skipped.map((one) => one.field)).toEqual(['note', 'note', 'note']);

    await startUndo(rig.control, rig.key, run);
    await rig.turns();
    expect(right.written).toHaveLength(497);
    expect(right.live().filter((held) => held.values.note === 'corrigé à la main')).toHaveLength(3);
    expect(right.live().filter((held) => held.values.note === 'campagne de mars')).toHaveLength(0);
    expect((await rig.row()).pause?.code).toBe('undo');
  });

  it('does not travel to the other side, nor is done again, once the sync goes on', async () => {
    const setting = kept(await linkedSetting(shared, 3));
    const { left, right, rig } = setting;
    left.edit('left-1', { name: 'Erreur' });
    await rig.settle();
    await startUndo(rig.control, rig.key, await lastWritingPass(setting));
    await rig.turns();
    forget(setting);
    await rig.goOn();
    await rig.settle();
    expect([left.written, right.written]).toEqual([[], []]);
    expect(right.records.get('right-1')?.values.name).toBe('Personne 0');
    expect(left.records.get('left-1')?.values.name).toBe('Erreur');
  });

  it('takes back what an apply created, and does not create it again', async () => {
    const setting = kept(await openSetting(shared));
    const { left, right, rig } = setting;
    for (let index = 0; index < 5; index += 1) left.put(null, person(index));
    await rig.previewAndApply();
    expect(right.live()).toHaveLength(5);
    await startUndo(rig.control, rig.key, await lastWritingPass(setting));
    await rig.turns();
    expect(right.live()).toEqual([]);
    expect(left.live()).toHaveLength(5);
    await rig.goOn();
    await rig.settle();
    expect(right.live()).toEqual([]);
    expect(await rig.counts()).toMatchObject({ excluded: 5, waiting: 0 });
  });

  it('brings back what a run removed', async () => {
    const setting = kept(await linkedSetting(shared, 3));
    const { left, right, rig } = setting;
    const before = values(right);
    left.remove('left-2');
    await rig.settle();
    expect(right.live()).toHaveLength(2);
    await startUndo(rig.control, rig.key, await lastWritingPass(setting));
    await rig.turns();
    expect(values(right)).toEqual(before);
    await rig.goOn();
    await rig.settle();
    expect([left.live().length, right.live().length]).toEqual([2, 3]);
  });

  it('is not told as being in sync, and is taken back at once, by reason or all of it', async () => {
    const setting = kept(await linkedSetting(shared, 6));
    const { left, right, rig } = setting;
    for (const held of left.live().slice(0, 4)) left.edit(held.id, { note: 'campagne' });
    left.put(null, person(10));
    left.put(null, person(11));
    await rig.settle();
    await startUndo(rig.control, rig.key, await lastWritingPass(setting));
    await rig.turns();
    await rig.goOn();
    await rig.settle();
    expect(await rig.counts()).toMatchObject({ inSync: 2, differing: 4, excluded: 2, waiting: 0 });
    expect(await leftOutOf(rig.database, rig.key)).toEqual([{ code: 'undone', records: 2 }]);
    expect(await include(rig.control, rig.key, { reason: 'kept' })).toBe(0);

    expect(await include(rig.control, rig.key, { reason: 'undone' })).toBe(6);
    forget(setting);
    await rig.settle();
    expect(await rig.counts()).toMatchObject({ inSync: 8, differing: 0, excluded: 0, waiting: 0 });
    expect(right.live().filter(({ values }) => values.note === 'campagne')).toHaveLength(4);
    // What was undone was right after all: the other side's values stay as they are.
    expect(left.written).toEqual([]);
    await rig.settle();
    expect(right.written).toHaveLength(6);
  });

  it('left different is no difference any more once somebody makes both sides equal', async () => {
    const setting = kept(await linkedSetting(shared, 3));
    const { left, right, rig } = setting;
    for (const id of ['left-1', 'left-2', 'left-3']) left.edit(id, { note: 'campagne', phone: '0612345678' });
    await rig.settle();
    await startUndo(rig.control, rig.key, await lastWritingPass(setting));
    await rig.turns();
    await rig.goOn();
    await rig.settle();
    expect(await rig.counts()).toMatchObject({ inSync: 0, differing: 3 });
    // One is edited again on one side, one is made equal by hand, one is taken back alone.
    left.edit('left-1', { note: 'autre', phone: '0712345678' });
    right.edit('right-2', { note: 'campagne', phone: '06 12 34 56 78' });
    await rig.settle();
    expect(await rig.counts()).toMatchObject({ inSync: 2, differing: 1 });
    expect(right.records.get('right-1')?.values).toMatchObject({ note: 'autre', phone: '0712345678' });
    expect(await include(rig.control, rig.key, { side: 'right', id: 'right-3' })).toBe(1);
    await rig.settle();
    expect(await rig.counts()).toMatchObject({ inSync: 3, differing: 0 });
    expect(right.records.get('right-3')?.values.note).toBe('campagne');
  });
});
