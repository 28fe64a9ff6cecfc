import { LiaisonError } from '../../server/core/errors.ts';
import type { Patch, SyncField, WriteOutcome } from '../../server/core/sync-object.ts';
import { startUndo } from '../../server/engine/sync/undo.ts';
import { oneByOne } from '../../server/kit/one-by-one.ts';
import { inSteps } from '../../server/kit/own-outcome.ts';
import { passesOf } from '../../server/store/sync-passes.ts';
import { type MemoryVendor, memoryVendor } from '../sync/memory-object.ts';
import { openShared, openSyncRig, type SharedDatabase } from '../sync/rig.ts';

// Where a batch takes a call for each record, and one of them failed for all, what was written before it lost its
// journal entry, and with it its undo; so did the first of several writes that make one change.
const words = (text: string) => ({ en: text, fr: text });
const FIELDS: readonly SyncField[] = ['key', 'price', 'note'].map((id) => ({
  id,
  titles: words(id),
  kind: 'text',
}));

let shared: SharedDatabase;
beforeAll(async () => {
  shared = await openShared();
});
afterAll(() => shared.close());

/** A vendor that takes each field of each record by a call of its own. */
function slowVendor(fails: (id: string, field: string) => LiaisonError | null): MemoryVendor {
  const vendor = memoryVendor('slow', { fields: FIELDS, shows: { storedValues: true } });
  const change = (patch: Patch, field: string) => async () => {
    const error = fails(patch.id, field);
    if (error !== null) throw error;
    const values = { [field]: patch.values[field] ?? null };
    await vendor.object.update({}, [{ ...patch, version: null, values }], {});
  };
  const update = (patches: readonly Patch[]): Promise<readonly WriteOutcome[]> =>
    oneByOne(patches, async (patch): Promise<WriteOutcome> => {
      const fields = Object.keys(patch.values).sort().reverse();
      const unwritten = await inSteps(
        fields.map((field) => ({ fields: [field], write: change(patch, field) })),
      );
      const held = vendor.records.get(patch.id);
      return {
        ok: true,
        id: patch.id,
        version: held === undefined ? null : `v${held.version}`,
        ...(unwritten === null ? {} : { unwritten }),
      };
    });
  return { ...vendor, object: { ...vendor.object, update: (_client, patches) => update(patches) } };
}

async function open(right: MemoryVendor) {
  const left = memoryVendor('quick', { fields: FIELDS });
  const ids = ['1', '2', '3'].map((key) => ({
    left: left.put(null, { key, price: '10', note: 'old' }),
    right: right.put(null, { key, price: '10', note: 'old' }),
  }));
  const both = { direction: 'both', master: 'left', blank: 'leave', kind: 'text' } as const;
  const rig = await openSyncRig(shared, {
    left,
    right,
    rules: { fields: FIELDS.map(({ id }) => ({ left: id, right: id, ...both })), matchBy: [['key']] },
  });
  await rig.previewAndApply();
  return { rig, left, ids };
}
const held = (vendor: MemoryVendor, id: string) => vendor.records.get(id)?.values;

/** Takes back all that was written since the first apply. */
async function undoAll(rig: Awaited<ReturnType<typeof openSyncRig>>): Promise<void> {
  for (const { id, kind } of await passesOf(rig.database, rig.key, 100)) {
    if (kind !== 'live') continue;
    await startUndo(rig.control, rig.key, id);
    await rig.turns();
  }
}

it.each([
  ['a limit', new LiaisonError('rate-limited', { sentence: words('wait'), retryAt: Date.now() })],
  [
    'an answer that is lost',
    new LiaisonError('retry-later', { sentence: words('?'), mayHaveHappened: true }),
  ],
])('what was written before %s can be taken back', async (_what, failure) => {
  let isFailing = true;
  let second = '';
  const right = slowVendor((id) => (isFailing && id === second ? failure : null));
  const { rig, left, ids } = await open(right);
  second = ids[1]?.right ?? '';
  for (const { left: id } of ids) left.edit(id, { price: '12' });
  await rig.settle();
  expect(ids.map((one) => held(right, one.right)?.price)).toEqual(['12', '10', '10']);
  isFailing = false;
  await rig.settle();
  await rig.settle();
  expect(ids.map((one) => held(right, one.right)?.price)).toEqual(['12', '12', '12']);
  await undoAll(rig);
  expect(ids.map((one) => held(right, one.right)?.price)).toEqual(['10', '10', '10']);
  await rig.close();
});

it.each([
  ['refused', new LiaisonError('conflict', { sentence: words('no') })],
  ['lost', new LiaisonError('retry-later', { sentence: words('?'), mayHaveHappened: true })],
])('the first write of a change can be taken back where the second was %s', async (_what, failure) => {
  let seen: unknown = null;
  let right: MemoryVendor | null = null;
  const fails = (id: string, field: string): LiaisonError | null => {
    if (field !== 'note' || seen !== null) return null;
    seen = right === null ? undefined : { ...held(right, id) };
    return failure;
  };
  right = slowVendor(fails);
  const { rig, left, ids } = await open(right);
  const [one] = ids;
  left.edit(one?.left ?? '', { price: '12', note: 'new' });
  await rig.settle();
  await rig.settle();
  expect(seen).toMatchObject({ price: '12', note: 'old' });
  expect(held(right, one?.right ?? '')).toMatchObject({ price: '12', note: 'new' });
  await undoAll(rig);
  expect(held(right, one?.right ?? '')).toMatchObject({ price: '10', note: 'old' });
  await rig.close();
});
