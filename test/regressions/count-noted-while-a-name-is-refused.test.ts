import type { SyncField } from '../../server/core/sync-object.ts';
import { memoryVendor } from '../sync/memory-object.ts';
import { openShared, openSyncRig, type SharedDatabase } from '../sync/rig.ts';

// While one of its fields was refused nothing was noted of a pair’s others: a sale that both had counted by then was
// counted off again when goods came in.
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

it('what both sides counted is noted although a name of the pair is refused', async () => {
  const left = memoryVendor('shop', { fields: FIELDS });
  const right = memoryVendor('room', { fields: FIELDS });
  right.refuses = ({ name }) => (name === 'bad' ? 'name' : null);
  const id = left.put(null, { sku: 'A', name: 'fine', count: 10 });
  const other = right.put(null, { sku: 'A', name: 'fine', count: 10 });
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
  left.edit(id, { name: 'bad' });
  await rig.settle();
  left.edit(id, { count: 9 });
  right.edit(other, { count: 9 });
  await rig.settle();
  right.edit(other, { count: 14 });
  await rig.settle();
  expect(left.records.get(id)?.values.count).toBe(14);
  expect(right.records.get(other)?.values.name).toBe('fine');
  await rig.close();
});
