import { memoryVendor } from '../sync/memory-object.ts';
import { FIELDS, openShared, openSyncRig, type SharedDatabase } from '../sync/rig.ts';

// What was on the shelf for one of its fields, and in doubt because its vendor’s lists lag, was never read again: what
// somebody changed of it waited, and the sync looked again and again without a pause.
let shared: SharedDatabase;
beforeAll(async () => {
  shared = await openShared();
});
afterAll(() => shared.close());

it('a record of which a value is refused is read again where a list may come late', async () => {
  const left = memoryVendor('left', { fields: FIELDS });
  const right = memoryVendor('right', { fields: FIELDS, lagMs: 60_000 });
  right.refuses = ({ name }) => (name === 'bad' ? 'name' : null);
  const id = left.put(null, { name: 'fine', email: 'a@x.example', note: 'old' });
  const other = right.put(null, { name: 'fine', email: 'a@x.example', note: 'old' });
  const rig = await openSyncRig(shared, { left, right });
  await rig.previewAndApply();
  left.edit(id, { name: 'bad', note: 'written' });
  await rig.settle();
  expect(right.records.get(other)?.values).toMatchObject({ name: 'fine', note: 'written' });
  right.edit(other, { phone: '+33 4 78 00 00 01' });
  await rig.settle();
  expect(left.records.get(id)?.values.phone).toBe('+33 4 78 00 00 01');
  await rig.close();
});
