import { decide, resume, retry, startPreview } from '../../server/engine/sync/control.ts';
import { type PassRow, passesOf } from '../../server/store/sync-passes.ts';
import { memoryVendor } from './memory-object.ts';
import { FIELDS, openShared, openSyncRig, type SharedDatabase } from './rig.ts';
import {
  forget,
  linkedSetting,
  openSetting,
  person,
  type Setting,
  type SettingOptions,
  values,
} from './setting.ts';

let shared: SharedDatabase;
const settings: Setting[] = [];
beforeAll(async () => {
  shared = await openShared();
});
afterAll(async () => {
  await Promise.all(settings.map(({ rig }) => rig.close()));
  await shared.close();
});

async function open(options: SettingOptions = {}): Promise<Setting> {
  const setting = await openSetting(shared, options);
  settings.push(setting);
  return setting;
}

async function linked(count: number, options: SettingOptions = {}): Promise<Setting> {
  const setting = await linkedSetting(shared, count, options);
  settings.push(setting);
  return setting;
}

const lastPass = async ({ rig }: Setting): Promise<PassRow> => {
  const [pass] = await passesOf(rig.database, rig.key, 1);
  if (pass === undefined) throw new Error('no pass');
  return pass;
};

describe('a preview', () => {
  it('writes nothing, and counts what the apply then does', async () => {
    const setting = await open();
    const { left, right, rig } = setting;
    left.put(null, { ...person(1), phone: '01 23 45 67 89' });
    left.put(null, person(2));
    right.put(null, { ...person(2), email: 'P2@Clients.example', name: 'Autre nom' });
    right.put(null, person(3));
    left.put(null, person(4));
    right.put(null, person(4));
    left.put(null, person(5));
    right.put(null, person(5));
    right.put(null, person(5));
    await startPreview(rig.control, rig.key);
    await rig.turns();
    expect(left.written.concat(right.written)).toEqual([]);
    const { plan, samples } = await lastPass(setting);
    expect(plan).toMatchObject({
      counts: {
        left: { create: 1, update: 1, remove: 0 },
        right: { create: 1, update: 0, remove: 0 },
        matched: 2,
        conflicts: 1,
        excluded: 3,
      },
    });
    expect(samples?.length).toBe(7);
    await rig.previewAndApply();
    expect(left.written.map((write) => write.operation).sort()).toEqual(['create', 'update']);
    expect(right.written.map((write) => write.operation)).toEqual(['create']);
    expect(await rig.counts()).toMatchObject({ inSync: 4, excluded: 3, waiting: 0, failing: 0 });
  });
});

describe('live changes', () => {
  it('are carried over either way, and cause no echo', async () => {
    const setting = await linked(5);
    const { left, right, rig } = setting;
    left.edit('left-1', { phone: '+33 1 02 03 04 05' });
    right.edit('right-2', { name: 'Renommée' });
    await rig.settle();
    expect(values(left)).toEqual(values(right));
    expect(left.written).toHaveLength(1);
    expect(right.written).toHaveLength(1);
    forget(setting);
    await rig.settle();
    expect(left.written.concat(right.written)).toEqual([]);
  });

  it('cost the batches they need, and no call more for what is linked', async () => {
    const setting = await linked(400, { vendors: { batch: 50, list: 100 } });
    setting.left.edit('left-7', { name: 'Une seule' });
    await setting.rig.settle();
    expect([setting.left.calls, setting.right.calls]).toEqual([{ changes: 1 }, { changes: 1, update: 1 }]);
    forget(setting);
    for (const held of setting.left.live()) setting.left.edit(held.id, { note: `vu ${held.id}` });
    await setting.rig.settle();
    expect(setting.right.written).toHaveLength(400);
    expect(setting.left.written).toHaveLength(0);
    expect(setting.right.calls.update).toBe(8);
  });

  it('of a vendor that spells values its own way are not taken for edits', async () => {
    const setting = await open();
    const right = memoryVendor('right', {
      fields: FIELDS,
      stores: (given) => ({ ...given, name: String(given.name).toUpperCase().slice(0, 8) }),
    });
    const { left } = setting;
    const rig = await openSyncRig(shared, { left, right });
    settings.push({ left, right, rig });
    left.put(null, { name: 'Jean-Baptiste', email: 'jb@clients.example' });
    await rig.previewAndApply();
    await rig.settle();
    left.edit('left-1', { name: 'Jean-Bernard' });
    await rig.settle();
    await rig.settle();
    expect(right.live()[0]?.values.name).toBe('JEAN-BER');
    expect(left.live()[0]?.values.name).toBe('Jean-Bernard');
    expect(left.written).toEqual([]);
  });
});

describe('a record that a vendor refuses', () => {
  it.each([0, 50, 99])('goes to the shelf alone, wherever it stands (%i of 100)', async (bad) => {
    const setting = await open({ vendors: { batch: 40 } });
    const { left, right, rig } = setting;
    right.refuses = (given) => (given.name === 'interdit' ? 'name' : null);
    for (let index = 0; index < 100; index += 1) {
      left.put(null, index === bad ? { ...person(index), name: 'interdit' } : person(index));
    }
    await rig.previewAndApply();
    // The rest of it is written: only what was refused is missing.
    expect(right.live()).toHaveLength(100);
    const held = right.live().find(({ values }) => values.email === person(bad).email);
    expect(held?.values).toEqual({ email: person(bad).email });
    expect(await rig.counts()).toMatchObject({ inSync: 99, failing: 1, waiting: 0 });
    const [row] = await rig.database.query<{ error: object }>(
      `select error from sync_records where organisation_id = $1 and error is not null`,
      [rig.key.organisationId],
    );
    expect(row?.error).toMatchObject({ kind: 'rejected', field: 'name', vendorMessage: 'bad name' });
    right.refuses = () => null;
    expect(await retry(rig.control, rig.key, 'shelf')).toBe(1);
    await rig.turns();
    expect(right.live()).toHaveLength(100);
    expect(held?.values.name).toBe('interdit');
    expect(await rig.counts()).toMatchObject({ inSync: 100, failing: 0 });
  });

  it('is found by halving a batch that is refused as a whole', async () => {
    const { left, right, rig } = await open();
    for (let index = 0; index < 10; index += 1) left.put(null, person(index));
    right.refusesWhole = (given) => given.name === 'Personne 6';
    await rig.previewAndApply();
    expect(await rig.counts()).toMatchObject({ inSync: 9, failing: 1 });
  });
});

describe('an answer that is lost', () => {
  it.each([true, false])('of a create makes no double (marker shown: %s)', async (marker) => {
    const { left, right, rig } = await open({ vendors: { shows: { marker } } });
    left.put(null, person(1));
    left.put(null, { name: 'Sans adresse' });
    right.troubles.push('lose-answer');
    await rig.previewAndApply();
    await rig.settle();
    await rig.settle();
    expect(right.live()).toHaveLength(2);
    expect(await rig.counts()).toMatchObject({ inSync: 2, waiting: 0 });
  });

  it('of an update is looked up rather than guessed', async () => {
    const setting = await linked(3);
    setting.left.edit('left-1', { name: 'Nouveau' });
    setting.right.troubles.push('lose-answer');
    await setting.rig.settle();
    await setting.rig.settle();
    expect(setting.right.written).toHaveLength(1);
    expect(values(setting.left)).toEqual(values(setting.right));
    expect(await setting.rig.counts()).toMatchObject({ inSync: 3, waiting: 0 });
  });
});

describe('the brake', () => {
  it('stops the flow when a side answers empty, deletes nothing, and tells once', async () => {
    const setting = await linked(60, { settings: { brake: { records: 10, percent: 10 } } });
    const { left, right, rig } = setting;
    left.emptied = true;
    left.loseCursor();
    await rig.settle();
    await rig.settle();
    expect(right.live()).toHaveLength(60);
    expect((await rig.row()).phase).toBe('paused');
    const alerts = await rig.database.query(`select cause from alerts where organisation_id = $1`, [
      rig.key.organisationId,
    ]);
    expect(alerts).toHaveLength(1);
    left.emptied = false;
    await resume(rig.control, rig.key, 'look');
    await rig.settle();
    expect(await rig.counts()).toMatchObject({ inSync: 60, waiting: 0 });
    expect(left.written.concat(right.written)).toEqual([]);
  });

  it('lets a person carry the deletes over, or keep the records', async () => {
    for (const deletes of ['delete', 'keep'] as const) {
      const setting = await linked(30, { settings: { brake: { records: 5, percent: 10 } } });
      const { left, right, rig } = setting;
      for (const held of left.live().slice(0, 20)) left.remove(held.id);
      await rig.settle();
      expect([(await rig.row()).phase, right.live().length]).toEqual(['paused', 30]);
      await resume(rig.control, rig.key, deletes);
      await rig.settle();
      expect([deletes, right.live().length]).toEqual([deletes, deletes === 'delete' ? 10 : 30]);
      expect(left.live()).toHaveLength(10);
    }
  });
});

describe('a field that a person must decide', () => {
  it('is left as it is on both sides until it is decided, then done', async () => {
    const fields = FIELDS.map(({ id, kind }) => ({
      left: id,
      right: id,
      kind,
      direction: 'both' as const,
      master: 'right' as const,
      blank: 'ask' as const,
    }));
    const setting = await linked(2, { rules: { fields } });
    const { left, right, rig } = setting;
    right.edit('right-1', { name: null });
    await rig.settle();
    expect(left.live()[0]?.values.name).toBe('Personne 0');
    expect(await rig.counts()).toMatchObject({ inSync: 1, conflicts: 1 });
    const [link] = await rig.database.query<{ id: string }>(
      'select id from sync_links where organisation_id = $1 and conflicts is not null',
      [rig.key.organisationId],
    );
    expect(await decide(rig.control, rig.key, link?.id ?? '0', { name: 'left' })).toBe(true);
    await rig.turns();
    expect(right.live()[0]?.values.name).toBe('Personne 0');
    expect(await rig.counts()).toMatchObject({ inSync: 2, conflicts: 0 });
  });
});
