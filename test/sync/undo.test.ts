import { previewUndo, startUndo } from '../../server/engine/sync/undo.ts';
import { passesOf } from '../../server/store/sync-passes.ts';
import { openShared, RULES, type SharedDatabase } from './rig.ts';
import { forget, linkedSetting, openSetting, person, type Setting, values } from './setting.ts';

let shared: SharedDatabase;
const settings: Setting[] = [];
beforeAll(async () => {
  shared = await openShared();
}, 60_000);
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
});
