import { apply, startPreview, stop } from '../../server/engine/sync/control.ts';
import { type PassRow, passesOf } from '../../server/store/sync-passes.ts';
import { openShared, type SharedDatabase } from './rig.ts';
import { linkedSetting, openSetting, person, type Setting } from './setting.ts';

let shared: SharedDatabase;
const settings: Setting[] = [];
beforeAll(async () => {
  shared = await openShared();
});
afterAll(async () => {
  await Promise.all(settings.map(({ rig }) => rig.close()));
  await shared.close();
});

const lastPass = async ({ rig }: Setting): Promise<PassRow> => {
  const [pass] = await passesOf(rig.database, rig.key, 1);
  if (pass === undefined) throw new Error('no pass');
  return pass;
};

it('counts as left alone every record to which nothing is written, linked long ago or found just now', async () => {
  const setting = await linkedSetting(shared, 6);
  settings.push(setting);
  const { left, right, rig } = setting;
  left.edit('left-1', { name: 'Changée' });
  for (const n of [11, 12]) {
    left.put(null, person(n));
    right.put(null, person(n));
  }
  left.put(null, person(13));
  await stop(rig.control, rig.key);
  await startPreview(rig.control, rig.key);
  await rig.turns();
  const { plan } = await lastPass(setting);
  expect(plan).toMatchObject({
    counts: { left: { update: 0 }, right: { create: 1, update: 1 }, matched: 2 },
    untouched: { left: 9, right: 7 },
  });
});

it('counts apart what no field can hold, and the apply does the rest', async () => {
  const setting = await openSetting(shared, {});
  settings.push(setting);
  const { left, right, rig } = setting;
  left.put(null, person(1));
  left.put(null, { ...person(2), note: 'long'.repeat(51) });
  await startPreview(rig.control, rig.key);
  await rig.turns();
  const { plan, samples } = await lastPass(setting);
  expect(plan).toMatchObject({ counts: { right: { create: 2 } }, refused: 1 });
  expect(samples?.map(({ reason }) => reason)).toContainEqual(
    expect.objectContaining({ en: expect.stringContaining('204 characters and takes 200') }),
  );
  await apply(rig.control, rig.key);
  await rig.turns();
  expect(right.live().map(({ values }) => values.note ?? null)).toEqual([null, null]);
  expect(await rig.counts()).toMatchObject({ inSync: 1, failing: 1 });
});

it('shows what would change before what would only be linked', async () => {
  const setting = await openSetting(shared, {});
  settings.push(setting);
  const { left, right, rig } = setting;
  for (let n = 1; n <= 25; n += 1) {
    left.put(null, person(n));
    right.put(null, n === 20 ? { ...person(n), name: 'Autre' } : person(n));
  }
  for (let n = 30; n < 35; n += 1) left.put(null, person(n));
  await startPreview(rig.control, rig.key);
  await rig.turns();
  const { samples } = await lastPass(setting);
  const shown = (samples ?? []).map(({ kind, differences }) => [kind, (differences as unknown[]).length > 0]);
  expect(shown).toHaveLength(20);
  expect(shown.slice(0, 6).every(([, tells]) => tells)).toBe(true);
  expect(shown.filter(([kind]) => kind === 'create')).toHaveLength(5);
});

it('the apply that follows shows each batch as soon as it is stored', async () => {
  const setting = await openSetting(shared, { vendors: { batch: 2 } });
  settings.push(setting);
  const { left, right, rig } = setting;
  for (let n = 1; n <= 8; n += 1) left.put(null, person(n));
  const shown: number[] = [];
  right.onCreate = async () => {
    shown.push((await lastPass(setting)).progress.done);
  };
  await rig.previewAndApply();
  expect(shown).toEqual([0, 2, 4, 6]);
  expect((await lastPass(setting)).progress).toMatchObject({ done: 8, total: 8, stage: 'finished' });
});
