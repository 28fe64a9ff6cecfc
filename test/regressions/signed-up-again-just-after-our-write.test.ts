import { afterOwnWrite, memberChanges } from '../../server/connectors/mailchimp/member-changes.ts';
import type { FieldValue, SyncObject } from '../../server/core/sync-object.ts';
import { memoryVendor } from '../sync/memory-object.ts';
import { FIELDS, openShared, openSyncRig, type SharedDatabase, type SyncRig } from '../sync/rig.ts';
import { person } from '../sync/setting.ts';
import { audienceOf } from './one-member-audience.ts';

let shared: SharedDatabase;
let rig: SyncRig;
beforeAll(async () => {
  shared = await openShared();
});
afterAll(async () => {
  await rig.close();
  await shared.close();
});

/** The same vendor, whose looks ask for the last second again and pass over the states that they met in it. */
function passingOver(object: SyncObject): SyncObject {
  interface Cursor {
    readonly seen: readonly string[];
  }
  return {
    ...object,
    async changes(client, { cursor, ...wish }) {
      const { records, ...page } = await object.changes(client, { ...wish, cursor: null });
      const seen = (cursor as unknown as Cursor | null)?.seen ?? [];
      const stateOf = ({ id, version, values }: (typeof records)[number]) =>
        JSON.stringify([id, version, values]);
      return {
        ...page,
        records: records.filter((record) => !seen.includes(stateOf(record))),
        cursor: { seen: records.map(stateOf) },
      };
    },
    afterWrite: () => ({ seen: [] }),
  };
}

it('what somebody brings back just after our write, within the same second, is heard', async () => {
  const left = memoryVendor('left', { fields: FIELDS, seconds: () => 1 });
  const right = memoryVendor('right', { fields: FIELDS });
  const quick = { ...left, object: passingOver(left.object) };
  rig = await openSyncRig(shared, { left: quick, right });
  left.put('one', { ...person(1), out: false });
  await rig.previewAndApply();
  await rig.settle();
  right.edit('right-1', { out: true });
  left.onUpdate = (moment) => {
    if (moment === 'after') left.edit('one', { out: false });
  };
  await rig.settle();
  left.onUpdate = () => {};
  await rig.settle();
  const outOf = (vendor: typeof left) => vendor.live().map(({ values }) => values.out);
  expect(outOf(left)).toEqual(outOf(right));
});

it('a member whom a look met is told again after a write of ours, and not before', async () => {
  const { client } = audienceOf('subscribed');
  const look = async (cursor: FieldValue) => {
    const shown = async (found: readonly { hash: string }[]) =>
      found.map(({ hash }) => ({ id: hash, version: null, values: {}, label: '' }));
    const members = await memberChanges(client, 'a1', cursor, { withReading: false, shown });
    const archived = await memberChanges(client, 'a1', members.cursor, { withReading: false, shown });
    return { met: members.records.length, cursor: archived.cursor };
  };
  const first = await look(null);
  const second = await look(first.cursor);
  const third = await look(afterOwnWrite(second.cursor));
  expect([first.met, second.met, third.met]).toEqual([1, 0, 1]);
  expect(afterOwnWrite(null)).toBeNull();
});
