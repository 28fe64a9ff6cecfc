import { openShared, type SharedDatabase } from '../sync/rig.ts';
import { forget, linkedSetting, type Setting } from '../sync/setting.ts';

/**
 * A change was refused, and whoever made it took it back: the two sides hold the same again, and the counterpart stood on
 * the shelf for ever.
 */
let shared: SharedDatabase;
let setting: Setting;
beforeAll(async () => {
  shared = await openShared();
  setting = await linkedSetting(shared, 2);
});
afterAll(async () => {
  await setting.rig.close();
  await shared.close();
});

it('leaves nothing on the shelf, and writes nothing', async () => {
  const { left, right, rig } = setting;
  right.refuses = (given) => (given.name === 'Refusée' ? 'name' : null);
  const [held] = left.live();
  if (held === undefined) throw new Error('There is nobody.');
  const { id } = held;
  const name = held.values.name ?? null;
  left.edit(id, { name: 'Refusée' });
  await rig.settle();
  expect(await rig.counts()).toMatchObject({ inSync: 1, failing: 1 });
  forget(setting);
  left.edit(id, { name });
  await rig.settle();
  expect(await rig.counts()).toMatchObject({ inSync: 2, failing: 0, waiting: 0 });
  expect([...left.written, ...right.written]).toEqual([]);
});
