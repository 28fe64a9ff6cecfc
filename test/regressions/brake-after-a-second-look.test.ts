import { resume } from '../../server/engine/sync/control.ts';
import { openShared, type SharedDatabase } from '../sync/rig.ts';
import { linkedSetting, type Setting } from '../sync/setting.ts';

let shared: SharedDatabase;
let setting: Setting;
beforeAll(async () => {
  shared = await openShared();
  // More than is read again in one turn, of a vendor whose lists lag behind our writes.
  setting = await linkedSetting(shared, 60, {
    vendors: { batch: 10, lagMs: 300_000 },
    settings: { brake: { records: 5, percent: 5 } },
  });
});
afterAll(async () => {
  await setting.rig.close();
  await shared.close();
});

it('a sync that braked goes on when the second look finds the records again, however many they are', async () => {
  const { left, right, rig } = setting;
  right.emptied = true;
  right.loseCursor();
  await rig.settle();
  expect((await rig.row()).pause).toMatchObject({ code: 'brake', count: 60 });
  right.emptied = false;
  await resume(rig.control, rig.key, 'look');
  await rig.turns();
  expect((await rig.row()).phase).toBe('live');
  expect(await rig.counts()).toMatchObject({ inSync: 60, waiting: 0 });
  expect([left.written, right.written, left.live().length]).toEqual([[], [], 60]);
});
