import type { SyncObject } from '../../server/core/sync-object.ts';
import { retry, startPreview } from '../../server/engine/sync/control.ts';
import { startUndo } from '../../server/engine/sync/undo.ts';
import { companionsOfPasses } from '../../server/store/sync-companions.ts';
import { passesOf } from '../../server/store/sync-passes.ts';
import { type MemoryCompanions, memoryCompanions } from './memory-companions.ts';
import { memoryVendor } from './memory-object.ts';
import { FIELDS, openShared, openSyncRig, type SharedDatabase } from './rig.ts';
import { person, type Setting } from './setting.ts';

/** What is made beside the records of a sync: counted, remembered, made once, and taken back. */

let shared: SharedDatabase;
const settings: Setting[] = [];
beforeAll(async () => {
  shared = await openShared();
});
afterAll(async () => {
  await Promise.all(settings.map(({ rig }) => rig.close()));
  await shared.close();
});

/** The note of a person is the name of a company that the right side keeps beside its people. */
async function open(): Promise<Setting & { readonly beside: MemoryCompanions }> {
  const left = memoryVendor('left', { fields: FIELDS });
  const right = memoryVendor('right', { fields: FIELDS });
  const beside = memoryCompanions('note');
  const object: SyncObject = { ...right.object, companions: beside.companions };
  const rig = await openSyncRig(shared, {
    left,
    right,
    about: { right: { object, options: [] } },
  });
  const setting = { left, right, rig, beside };
  settings.push(setting);
  return setting;
}

const of = (n: number, note: string) => ({ ...person(n), note });
const names = ({ beside }: { beside: MemoryCompanions }) => [...beside.held.values()].map(({ name }) => name);
async function passOf({ rig }: Setting, kind: string) {
  const pass = (await passesOf(rig.database, rig.key, 9)).find((one) => one.kind === kind);
  if (pass === undefined) throw new Error(`no ${kind}`);
  return pass;
}
const remembered = async (setting: Setting, kind = 'apply') =>
  companionsOfPasses(setting.rig.database, [(await passOf(setting, kind)).id]);

it('are counted by the preview to the one, whatever their spelling, and nothing is made', async () => {
  const setting = await open();
  const { left, right, rig, beside } = setting;
  beside.add('Connue');
  for (const [n, note] of ['connue', 'Neuve', ' NEUVE ', 'Autre', 'x'.repeat(201)].entries()) {
    left.put(null, of(n, note));
  }
  right.put(null, person(9));
  left.put(null, of(9, 'Mise à jour'));
  await startPreview(rig.control, rig.key);
  await rig.turns();
  expect((await passOf(setting, 'preview')).plan).toMatchObject({
    companions: {
      left: null,
      right: { titles: { fr: 'Sociétés' }, create: 3, names: ['Autre', 'Mise à jour', 'Neuve'] },
    },
    refused: 1,
  });
  expect(names(setting)).toEqual(['Connue']);
});

it('are made once, remembered with the run, and gone with its undo but for those that are needed', async () => {
  const setting = await open();
  const { left, right, rig, beside } = setting;
  for (const [n, note] of ['Une', 'une', 'Deux', 'Trois', 'Quatre'].entries()) left.put(null, of(n, note));
  await rig.previewAndApply();
  expect(names(setting).sort()).toEqual(['Deux', 'Quatre', 'Trois', 'Une']);
  const made = await remembered(setting);
  expect(made.map(({ name, state }) => [name, state])).toEqual([
    ['Deux', 'made'],
    ['Quatre', 'made'],
    ['Trois', 'made'],
    ['Une', 'made'],
  ]);
  const idOf = (name: string): string => made.find((one) => one.name === name)?.recordId ?? '';
  beside.used.add(idOf('Deux'));
  beside.held.set(idOf('Trois'), { id: idOf('Trois'), name: 'Trois', version: '2' });
  const apply = await passOf(setting, 'apply');
  await startUndo(rig.control, rig.key, apply.id);
  await rig.turns();
  expect(right.live()).toEqual([]);
  expect(names(setting).sort()).toEqual(['Deux', 'Trois']);
  const undo = await passOf(setting, 'undo');
  expect(undo.plan).toMatchObject({ skipped: 2 });
  expect(undo.samples).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ label: 'Deux', reason: { en: 'Used.', fr: 'Utilisée.' } }),
    ]),
  );
  // Once it is free, an undo of the same run takes it too.
  beside.used.clear();
  await startUndo(rig.control, rig.key, apply.id);
  await rig.turns();
  expect(names(setting)).toEqual(['Trois']);
});

it.each(['lose-answer', 'unreachable'] as const)(
  'are made once when their call fails (%s)',
  async (trouble) => {
    const setting = await open();
    const { left, right, rig, beside } = setting;
    beside.troubles.push(trouble);
    left.put(null, of(1, 'Une'));
    left.put(null, of(2, 'Deux'));
    await rig.previewAndApply();
    await rig.database.query('update syncs set next_at = now() where organisation_id = $1', [
      rig.key.organisationId,
    ]);
    await rig.settle();
    expect(names(setting).sort()).toEqual(['Deux', 'Une']);
    expect(right.live()).toHaveLength(2);
    expect((await remembered(setting)).map(({ name, state }) => [name, state])).toEqual([
      ['Deux', 'made'],
      ['Une', 'made'],
    ]);
  },
);

it('that are refused are told of the field, and the rest of the record is written', async () => {
  const setting = await open();
  const { left, right, rig, beside } = setting;
  beside.troubles.push('refuse');
  left.put(null, of(1, 'Refusée'));
  left.put(null, person(2));
  await rig.previewAndApply();
  expect(names(setting)).toEqual([]);
  expect(right.live()).toHaveLength(2);
  expect(await rig.counts()).toMatchObject({ inSync: 1, failing: 1 });
  const [row] = await rig.database.query<{ field: string }>(
    `select error->>'field' as field from sync_records where organisation_id = $1 and error is not null`,
    [rig.key.organisationId],
  );
  expect(row?.field).toBe('note');
  await retry(rig.control, rig.key, 'shelf');
  await rig.turns();
  expect(names(setting)).toEqual(['Refusée']);
  expect(await rig.counts()).toMatchObject({ inSync: 2, failing: 0 });
});

it('cost nothing where no record names one', async () => {
  const setting = await open();
  const { left, rig, beside } = setting;
  for (let n = 0; n < 5; n += 1) left.put(null, person(n));
  await rig.previewAndApply();
  left.edit('left-1', { name: 'Autre' });
  await rig.settle();
  expect(beside.calls).toBe(0);
});
