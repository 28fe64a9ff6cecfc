import { retry } from '../../server/engine/sync/control.ts';
import { startUndo } from '../../server/engine/sync/undo.ts';
import { passesOf } from '../../server/store/sync-passes.ts';
import { openShared, type SharedDatabase } from './rig.ts';
import { forget, linkedSetting, openSetting, person, type Setting, type SettingOptions } from './setting.ts';

/** One value that a field cannot hold: it alone goes to the shelf, whoever refuses it, and nothing comes back. */

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

const LONG = 'x'.repeat(201);
const PHONE = '801-520-4769 - noel cell';
const refusesPhone = (setting: Setting): void => {
  setting.right.refuses = (given) => (String(given.phone ?? '').includes('cell') ? 'phone' : null);
};
const errors = ({ rig }: Setting) =>
  rig.database.query<{ side: string; field: string }>(
    `select side, error->>'field' as field from sync_records where organisation_id = $1 and error is not null
     order by side`,
    [rig.key.organisationId],
  );

describe.each([
  ['before it is sent', { note: LONG }, { note: 'court' }, 'note'],
  ['by the vendor', { phone: PHONE }, { phone: '06 12 34 56 78' }, 'phone'],
])('a value that is refused %s', (_, bad, good, field) => {
  it('of a new record keeps the rest of it from nothing, and is not tried again by itself', async () => {
    const setting = await open();
    refusesPhone(setting);
    const { left, right, rig } = setting;
    const id = left.put(null, { ...person(1), ...bad });
    left.put(null, person(2));
    await rig.previewAndApply();
    expect(right.live().map(({ values }) => values)).toEqual(expect.arrayContaining([person(1), person(2)]));
    expect(await rig.counts()).toMatchObject({ inSync: 1, failing: 1, waiting: 0 });
    expect(await errors(setting)).toEqual([
      { side: 'left', field },
      { side: 'right', field },
    ]);
    forget(setting);
    for (let look = 0; look < 3; look += 1) await rig.settle();
    expect([...left.written, ...right.written]).toEqual([]);
    expect(right.calls.create ?? 0).toBe(0);
    expect(right.calls.update ?? 0).toBe(0);

    // What else is changed travels both ways, past the value that does not.
    left.edit(id, { name: 'Renommée' });
    await rig.settle();
    expect(right.live().find(({ values }) => values.email === person(1).email)?.values.name).toBe('Renommée');
    expect(await rig.counts()).toMatchObject({ inSync: 1, failing: 1, waiting: 0 });
    expect(left.written).toEqual([]);

    left.edit(id, good);
    await rig.settle();
    expect(await rig.counts()).toMatchObject({ inSync: 2, failing: 0, waiting: 0 });
    expect(right.live().find(({ values }) => values.email === person(1).email)?.values).toMatchObject(good);
    expect(left.written).toEqual([]);
  });

  it('of a linked record leaves what stands on the other side, which does not come back', async () => {
    const setting = await linkedSetting(shared, 3);
    settings.push(setting);
    refusesPhone(setting);
    const { left, right, rig } = setting;
    right.edit('right-1', { note: 'avant', phone: '0612345678' });
    await rig.settle();
    forget(setting);
    left.edit('left-1', { ...bad, name: 'Renommée' });
    await rig.settle();
    await rig.settle();
    expect(right.records.get('right-1')?.values).toMatchObject({
      name: 'Renommée',
      note: 'avant',
      phone: '0612345678',
    });
    expect(left.records.get('left-1')?.values).toMatchObject(bad);
    expect(left.written).toEqual([]);
    expect(right.written).toHaveLength(1);
    expect(await rig.counts()).toMatchObject({ inSync: 2, failing: 1, waiting: 0 });
    // Retried as it is, it is refused as it was, and counted as one.
    expect(await retry(rig.control, rig.key, 'shelf')).toBe(1);
    await rig.turns();
    expect(await rig.counts()).toMatchObject({ inSync: 2, failing: 1, waiting: 0 });
    expect(right.written).toHaveLength(1);
    left.edit('left-1', { name: 'Encore' });
    await rig.settle();
    expect(right.records.get('right-1')?.values.name).toBe('Encore');
    expect(right.written).toHaveLength(2);
  });

  it('is no reason to keep anything when the apply is undone', async () => {
    const setting = await open();
    refusesPhone(setting);
    const { left, right, rig } = setting;
    left.put(null, { ...person(1), ...bad });
    await rig.previewAndApply();
    const pass = (await passesOf(rig.database, rig.key, 9)).find(({ kind }) => kind === 'apply');
    await startUndo(rig.control, rig.key, pass?.id ?? '');
    await rig.turns();
    expect(right.live()).toEqual([]);
    await rig.goOn();
    await rig.settle();
    expect(right.live()).toEqual([]);
    expect(await rig.counts()).toMatchObject({ excluded: 1, failing: 0, waiting: 0 });
  });
});

it('several values of one record may be refused, one after the other', async () => {
  const setting = await open();
  const { left, right, rig } = setting;
  right.refuses = (given) => ['phone', 'name'].find((field) => given[field] === 'faux') ?? null;
  left.put(null, { ...person(1), note: LONG, phone: 'faux', name: 'faux' });
  await rig.previewAndApply();
  expect(right.live().map(({ values }) => values)).toEqual([{ email: person(1).email }]);
  expect(await rig.counts()).toMatchObject({ inSync: 0, failing: 1, waiting: 0 });
});

it('a record is not made without the address that it is known by, nor without its opt-out', async () => {
  const setting = await open();
  const { left, right, rig } = setting;
  right.refuses = (given) =>
    given.email === 'faux@nulle-part' ? 'email' : given.out === true ? 'out' : null;
  left.put(null, { name: 'Sans adresse', email: 'faux@nulle-part' });
  left.put(null, { ...person(2), out: true });
  await rig.previewAndApply();
  expect(right.live()).toEqual([]);
  expect(await rig.counts()).toMatchObject({ inSync: 0, failing: 2, waiting: 0 });
});
