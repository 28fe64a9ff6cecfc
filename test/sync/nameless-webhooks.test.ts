import { hint } from '../../server/engine/sync/hint.ts';
import { openShared, type SharedDatabase } from './rig.ts';
import { linkedSetting, type Setting, values } from './setting.ts';

let shared: SharedDatabase;
const settings: Setting[] = [];
beforeAll(async () => {
  shared = await openShared();
});
afterAll(async () => {
  await Promise.all(settings.map(({ rig }) => rig.close()));
  await shared.close();
});

async function linked(count: number): Promise<Setting> {
  const setting = await linkedSetting(shared, count, { vendors: { topics: ['changed'] } });
  settings.push(setting);
  return setting;
}

/** A webhook that does not say of which record it is. */
const something = ({ rig }: Setting) =>
  hint(rig.database, rig.world, [
    {
      organisationId: rig.key.organisationId,
      connector: 'left',
      topic: 'changed',
      recordId: null,
    },
  ]);
const edit = ({ left }: Setting, ids: readonly string[]) => {
  for (const id of ids) left.edit(id, { note: `vu ${id}` });
};
const gapsAfterPatience = async ({ rig }: Setting) => {
  await rig.later(120);
  await rig.settle();
  return (await rig.row()).gaps;
};

describe('a webhook that names no record', () => {
  it('announces everything that the look after it finds', async () => {
    const setting = await linked(12);
    edit(setting, ['left-1', 'left-2', 'left-3']);
    await something(setting);
    await setting.rig.turns();
    expect(values(setting.right)).toEqual(values(setting.left));
    expect(await gapsAfterPatience(setting)).toBe(0);
  });

  it('announces what a look was quicker to find', async () => {
    const setting = await linked(4);
    edit(setting, ['left-1', 'left-2']);
    await setting.rig.settle();
    await something(setting);
    await setting.rig.turns();
    expect(await gapsAfterPatience(setting)).toBe(0);
  });

  it('that never comes leaves a gap for each change, and later ones do not fill it', async () => {
    const setting = await linked(8);
    edit(setting, ['left-1', 'left-2', 'left-3']);
    await setting.rig.settle();
    expect(await gapsAfterPatience(setting)).toBe(3);
    edit(setting, ['left-4']);
    await something(setting);
    await setting.rig.turns();
    expect(await gapsAfterPatience(setting)).toBe(3);
  });

  it('says nothing of the other side', async () => {
    const setting = await linked(4);
    setting.right.edit('right-1', { note: 'en silence' });
    await something(setting);
    await setting.rig.settle();
    expect(await gapsAfterPatience(setting)).toBe(1);
  });
});
