import { hint } from '../../server/engine/sync/hint.ts';
import { memoryVendor } from '../sync/memory-object.ts';
import { FIELDS, openShared, openSyncRig, type SharedDatabase, type SyncRig } from '../sync/rig.ts';
import { person } from '../sync/setting.ts';

let shared: SharedDatabase;
let rig: SyncRig;
const options = { fields: FIELDS, topics: ['changed'] };
const left = memoryVendor('left', options);
/** It refuses no change, however old the state that it was computed from. */
const right = memoryVendor('right', { ...options, seconds: () => 1 });
beforeAll(async () => {
  shared = await openShared();
  rig = await openSyncRig(shared, { left, right });
});
afterAll(async () => {
  await rig.close();
  await shared.close();
});

it('what changed on both sides and was announced of one alone is decided by the master, not written over', async () => {
  left.put('one', person(1));
  await rig.previewAndApply();
  await rig.settle();
  left.edit('one', { note: 'annoncée' });
  right.edit('right-1', { note: 'jamais annoncée' });
  const { organisationId } = rig.key;
  await hint(rig.database, rig.world, [
    { organisationId, connector: 'left', topic: 'changed', recordId: 'one' },
  ]);
  await rig.turns();
  expect([left, right].map((vendor) => vendor.live()[0]?.values.note)).toEqual([
    'jamais annoncée',
    'jamais annoncée',
  ]);
  const kept = await rig.database.query(
    `select before_values->>'note' as note from sync_writes where organisation_id = $1 and operation = 'update'`,
    [organisationId],
  );
  expect(kept).toEqual([{ note: 'annoncée' }]);
});
