import type { SyncField } from '../../server/core/sync-object.ts';
import { memoryVendor } from '../sync/memory-object.ts';
import { openShared, openSyncRig, type SharedDatabase } from '../sync/rig.ts';

// A lower count never reached the shop, the answer to it was lost, and a sale meanwhile passed for it: the shop went on to
// offer more than the store room has.
const words = (text: string) => ({ en: text, fr: text });
const FIELDS: readonly SyncField[] = [
  { id: 'sku', titles: words('SKU'), kind: 'code' },
  { id: 'count', titles: words('Count'), kind: 'stock' },
];

let shared: SharedDatabase;
beforeAll(async () => {
  shared = await openShared();
});
afterAll(() => shared.close());

it.each([
  ['never reached the shop', false, 7],
  ['reached it before the sale', true, 6],
])('a count that is to fall, and %s, is right after a sale', async (_what, isDone, wanted) => {
  const left = memoryVendor('shop', { fields: FIELDS });
  const right = memoryVendor('room', { fields: FIELDS });
  const id = left.put(null, { sku: 'A', count: 10 });
  const other = right.put(null, { sku: 'A', count: 10 });
  const both = { direction: 'both', master: 'left', blank: 'leave' } as const;
  const rig = await openSyncRig(shared, {
    left,
    right,
    rules: {
      fields: [
        { left: 'sku', right: 'sku', kind: 'code', ...both },
        { left: 'count', right: 'count', kind: 'stock', ...both, direction: 'to-left', master: 'right' },
      ],
      matchBy: [['sku']],
    },
  });
  const count = (): number => Number(left.records.get(id)?.values.count);
  await rig.previewAndApply();
  right.edit(other, { count: 7 });
  left.troubles.push('lose-answer');
  left.onUpdate = (moment) => {
    if (moment === 'before') return;
    left.edit(id, { count: (isDone ? count() : 10) - 1 });
    left.onUpdate = () => {};
  };
  await rig.settle();
  await rig.settle();
  expect(count()).toBe(wanted);
  await rig.close();
});
