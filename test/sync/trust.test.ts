import { watchCauses } from '../../server/alerts/watch-causes.ts';
import { resume, retry, stop } from '../../server/engine/sync/control.ts';
import { hint } from '../../server/engine/sync/hint.ts';
import { alertsOf } from '../../server/store/alerts.ts';
import { openShared, type SharedDatabase } from './rig.ts';
import { forget, linkedSetting, openSetting, person, type Setting, values } from './setting.ts';

let shared: SharedDatabase;
const settings: Setting[] = [];
beforeAll(async () => {
  shared = await openShared();
});
afterAll(async () => {
  await Promise.all(settings.map(({ rig }) => rig.close()));
  await shared.close();
});
const kept = (setting: Setting): Setting => {
  settings.push(setting);
  return setting;
};

describe('a third program that changes a record back each time', () => {
  it('is noticed: the pair is set aside, an alert names it until it is taken in again, and the others go on', async () => {
    const setting = kept(await linkedSetting(shared, 4));
    const { left, right, rig } = setting;
    let flips = 0;
    for (; flips < 20; flips += 1) {
      left.edit('left-1', { note: 'A' });
      await rig.settle();
      right.edit('right-1', { note: 'B' });
      const before = left.written.length;
      await rig.settle();
      if (left.written.length === before) break;
    }
    expect(flips).toBeLessThan(8);
    const alerts = await rig.database.query<{ sentence: { en: string } }>(
      'select sentence from alerts where organisation_id = $1',
      [rig.key.organisationId],
    );
    expect(alerts).toHaveLength(1);
    expect(alerts[0]?.sentence.en).toContain('Personne 0');
    left.edit('left-2', { note: 'sans rapport' });
    await rig.settle();
    expect(right.records.get('right-2')?.values.note).toBe('sans rapport');

    const open = async () =>
      (await alertsOf(rig.database, rig.key.organisationId, 7)).filter(({ closedAt }) => closedAt === null);
    const watch = { database: rig.database, flows: new Map(), syncs: new Map(), connectors: new Map() };
    await watchCauses(watch);
    expect(await open()).toHaveLength(1);
    for (const side of ['left', 'right'] as const) {
      await retry(rig.control, rig.key, { side, id: `${side}-1` });
    }
    await watchCauses(watch);
    expect(await open()).toEqual([]);
  });

  it('is told from a person who edits one contact many times', async () => {
    const setting = kept(await linkedSetting(shared, 1));
    for (let edit = 0; edit < 15; edit += 1) {
      setting.left.edit('left-1', { note: `brouillon ${edit}` });
      await setting.rig.settle();
    }
    expect(setting.right.records.get('right-1')?.values.note).toBe('brouillon 14');
  });
});

describe('webhooks', () => {
  const events = (setting: Setting, ids: readonly string[]) =>
    ids.map((recordId) => ({
      id: '1',
      organisationId: setting.rig.key.organisationId,
      connector: 'left',
      topic: 'changed',
      recordId,
      contentType: 'application/json',
      body: '{}',
      receivedAt: new Date(),
    }));

  it('a thousand of them for one side are one question to the vendor', async () => {
    const setting = kept(await linkedSetting(shared, 50, { vendors: { topics: ['changed'], list: 1_000 } }));
    for (const held of setting.left.live()) setting.left.edit(held.id, { note: 'vu' });
    const ids = setting.left.live().map((held) => held.id);
    for (let round = 0; round < 20; round += 1) {
      await hint(setting.rig.database, setting.rig.world, events(setting, ids));
    }
    await setting.rig.turns();
    expect(setting.left.calls.changes).toBeLessThanOrEqual(2);
    expect(setting.right.written).toHaveLength(50);
  });

  it('that never came are counted, exactly', async () => {
    const setting = kept(await linkedSetting(shared, 40, { vendors: { topics: ['changed'] } }));
    const ids = setting.left.live().map((held) => held.id);
    for (const id of ids) setting.left.edit(id, { note: 'silence' });
    // Of forty changes three are never announced.
    await hint(setting.rig.database, setting.rig.world, events(setting, ids.slice(3)));
    await setting.rig.settle();
    await setting.rig.later(120);
    await setting.rig.settle();
    expect((await setting.rig.row()).gaps).toBe(3);
    expect(values(setting.left)).toEqual(values(setting.right));
  });
});

describe('an apply', () => {
  it('that is stopped keeps what it did, and goes on from there', async () => {
    const setting = kept(await openSetting(shared, { vendors: { batch: 10 } }));
    const { left, right, rig } = setting;
    for (let index = 0; index < 100; index += 1) left.put(null, person(index));
    let batches = 0;
    right.onCreate = async () => {
      batches += 1;
      if (batches === 3) await stop(rig.control, rig.key);
    };
    await rig.previewAndApply();
    expect([right.live().length, (await rig.row()).phase]).toEqual([30, 'paused']);
    await resume(rig.control, rig.key, 'look');
    await rig.settle();
    expect(right.live()).toHaveLength(100);
    expect(right.written).toHaveLength(100);
    expect(await rig.counts()).toMatchObject({ inSync: 100, waiting: 0 });
  });

  it('of many lets what is changed meanwhile pass before what still waits', async () => {
    // Each batch takes so long that the turn is over after its first lot.
    let clock = Date.now();
    const setting = kept(
      await openSetting(shared, {
        vendors: { batch: 50, list: 5_000 },
        now: () => clock,
      }),
    );
    const { left, right, rig } = setting;
    left.put('left-live', person(9_999));
    await rig.previewAndApply();
    await stop(rig.control, rig.key);
    for (let index = 0; index < 2_500; index += 1) left.put(null, person(index));
    forget(setting);
    right.onCreate = async () => {
      clock += 1_000;
      if (right.written.length !== 50) return;
      left.edit('left-live', { note: 'pressé' });
      await rig.database.query(
        `update syncs set left_state = left_state - 'askedAt' where organisation_id = $1`,
        [rig.key.organisationId],
      );
    };
    await rig.previewAndApply();
    await rig.settle();
    const order = right.written.map((write) => write.operation);
    expect(order.filter((operation) => operation === 'create')).toHaveLength(2_500);
    expect(order.indexOf('update')).toBeGreaterThan(0);
    expect(order.indexOf('update')).toBeLessThanOrEqual(1_000);
  });
});

describe('one record too many of a vendor', () => {
  it('with another account connected nothing is concluded from it', async () => {
    const setting = kept(await linkedSetting(shared, 10));
    setting.rig.swapAccount('left', 'another');
    for (const held of setting.left.live()) setting.left.remove(held.id);
    await setting.rig.settle();
    expect((await setting.rig.row()).pause?.code).toBe('account');
    expect(setting.right.live()).toHaveLength(10);
    forget(setting);
  });
});
