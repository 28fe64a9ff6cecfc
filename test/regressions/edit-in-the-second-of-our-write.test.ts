import { memoryVendor } from '../sync/memory-object.ts';
import { FIELDS, openShared, openSyncRig, type SharedDatabase, type SyncRig } from '../sync/rig.ts';
import { person } from '../sync/setting.ts';

let shared: SharedDatabase;
const rigs: SyncRig[] = [];
beforeAll(async () => {
  shared = await openShared();
});
afterAll(async () => {
  await Promise.all(rigs.map((rig) => rig.close()));
  await shared.close();
});

/** A pair in sync, whose right side knows its records by the second and takes every change. */
async function pair(storedValues = false) {
  let second = 1;
  const left = memoryVendor('left', { fields: FIELDS });
  const right = memoryVendor('right', { fields: FIELDS, seconds: () => second, shows: { storedValues } });
  const rig = await openSyncRig(shared, { left, right });
  rigs.push(rig);
  left.put('one', person(1));
  return {
    left,
    right,
    rig,
    nextSecond: () => {
      second += 1;
    },
    valuesOf: () => [left.live()[0]?.values, right.live()[0]?.values],
  };
}

describe('whoever is as quick as the sync', () => {
  it('and opts out within the second of our creating them is opted out on both sides', async () => {
    const { right, rig, valuesOf } = await pair();
    await rig.previewAndApply();
    right.edit('right-1', { out: true });
    await rig.settle();
    expect(valuesOf()).toEqual([
      { ...person(1), out: true },
      { ...person(1), out: true },
    ]);
  });

  it.each([
    ['before', 'the fields that were written'],
    ['before', 'all of the record'],
    ['after', 'the fields that were written'],
    ['after', 'all of the record'],
  ])(
    'and changes a record just %s our write to it is heard, where the answer shows %s',
    async (when, shown) => {
      const { left, right, rig, nextSecond, valuesOf } = await pair(shown === 'all of the record');
      await rig.previewAndApply();
      await rig.settle();
      nextSecond();
      left.edit('one', { note: 'de nous' });
      right.onUpdate = (moment) => {
        if (moment === when) right.edit('right-1', { phone: '+33123456789', out: true });
      };
      await rig.turns();
      await rig.settle();
      right.onUpdate = () => {};
      await rig.settle();
      const both = { ...person(1), note: 'de nous', phone: '+33123456789', out: true };
      expect(valuesOf()).toEqual([both, both]);
    },
  );

  it('and writes another value over ours keeps it, on both sides', async () => {
    const { left, right, rig, nextSecond, valuesOf } = await pair();
    await rig.previewAndApply();
    await rig.settle();
    nextSecond();
    left.edit('one', { note: 'de nous' });
    await rig.settle();
    right.edit('right-1', { note: 'corrigé à la main' });
    await rig.settle();
    expect(valuesOf().map((values) => values?.note)).toEqual(['corrigé à la main', 'corrigé à la main']);
  });
});
