import type { SyncField } from '../../server/core/sync-object.ts';
import { memoryVendor } from '../sync/memory-object.ts';
import { openShared, openSyncRig, type SharedDatabase } from '../sync/rig.ts';

// Goods that came in were written to the shop, the answer was lost, and what the two had agreed on before was kept: the
// goods were carried a second time, over the sales that the store room did not know yet.
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
  ['nothing', 0],
  ['another sale', 2],
])('goods whose answer was lost are carried once, with %s meanwhile', async (_what, soldMeanwhile) => {
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
  left.edit(id, { count: 9 });
  await rig.settle();
  right.edit(other, { count: 15 });
  left.troubles.push('lose-answer');
  left.onUpdate = (moment) => {
    if (moment === 'before') return;
    if (soldMeanwhile > 0) left.edit(id, { count: count() - soldMeanwhile });
    left.onUpdate = () => {};
  };
  await rig.settle();
  await rig.settle();
  await rig.settle();
  expect(count()).toBe(14 - soldMeanwhile);
  await rig.close();
});
