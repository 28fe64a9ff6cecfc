import type { SyncField } from '../../server/core/sync-object.ts';
import { memoryVendor } from '../sync/memory-object.ts';
import { openShared, openSyncRig, type SharedDatabase } from '../sync/rig.ts';

// Goods that came in and a new name were written in one call, its answer was lost, and somebody gave the product another
// name before it was read: the write passed for not done as a whole, and the goods were carried a second time.
const words = (text: string) => ({ en: text, fr: text });
const FIELDS: readonly SyncField[] = [
  { id: 'sku', titles: words('SKU'), kind: 'code' },
  { id: 'name', titles: words('Name'), kind: 'text' },
  { id: 'count', titles: words('Count'), kind: 'stock' },
];

let shared: SharedDatabase;
beforeAll(async () => {
  shared = await openShared();
});
afterAll(() => shared.close());

it('goods whose answer was lost are carried once, where another field was edited meanwhile', async () => {
  const left = memoryVendor('shop', { fields: FIELDS });
  const right = memoryVendor('room', { fields: FIELDS });
  const id = left.put(null, { sku: 'A', name: 'old', count: 10 });
  const other = right.put(null, { sku: 'A', name: 'old', count: 10 });
  const both = { direction: 'both', master: 'left', blank: 'leave' } as const;
  const rig = await openSyncRig(shared, {
    left,
    right,
    rules: {
      fields: [
        { left: 'sku', right: 'sku', kind: 'code', ...both },
        { left: 'name', right: 'name', kind: 'text', ...both },
        { left: 'count', right: 'count', kind: 'stock', ...both, direction: 'to-left', master: 'right' },
      ],
      matchBy: [['sku']],
    },
  });
  await rig.previewAndApply();
  // A sale that the store room does not know yet.
  left.edit(id, { count: 9 });
  await rig.settle();
  right.edit(other, { name: 'new', count: 15 });
  left.troubles.push('lose-answer');
  left.onUpdate = (moment) => {
    if (moment === 'before') return;
    left.edit(id, { name: 'newer' });
    left.onUpdate = () => {};
  };
  await rig.settle();
  await rig.settle();
  expect(left.records.get(id)?.values).toMatchObject({ name: 'newer', count: 14 });
  expect(right.records.get(other)?.values).toMatchObject({ name: 'newer', count: 15 });
  await rig.close();
});
