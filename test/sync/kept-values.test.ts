import { FIELDS, openShared, type SharedDatabase } from './rig.ts';
import { forget, linkedSetting, type Setting } from './setting.ts';

/** A vendor that says yes and keeps what it had: told for that record and field, and never taken for agreement. */

let shared: SharedDatabase;
const settings: Setting[] = [];
/** Texts that the right side keeps, whatever it is sent. */
let stubborn: Readonly<Record<string, string>> = {};
beforeAll(async () => {
  shared = await openShared();
});
afterAll(async () => {
  await Promise.all(settings.map(({ rig }) => rig.close()));
  await shared.close();
});
beforeEach(() => {
  stubborn = {};
});

async function open(): Promise<Setting> {
  const setting = await linkedSetting(shared, 3, {
    vendors: {
      fields: FIELDS.map((field) => (field.id === 'name' ? { ...field, maxLength: 200 } : field)),
      shows: { storedValues: true },
      stores: (values) => (values.email === 'p1@clients.example' ? { ...values, ...stubborn } : values),
    },
  });
  settings.push(setting);
  return setting;
}
/** The left side is ours: only the right one is stubborn. */
function editLeft({ left }: Setting, id: string, values: Record<string, unknown>): void {
  const held = stubborn;
  stubborn = {};
  left.edit(id, values);
  stubborn = held;
}
const errors = ({ rig }: Setting) =>
  rig.database.query<{ side: string; field: string; en: string }>(
    `select side, error->>'field' as field, error->'sentence'->>'en' as en from sync_records
     where organisation_id = $1 and error is not null order by side`,
    [rig.key.organisationId],
  );

it.each([
  ['another name', 'Somebody else'],
  ['a longer form of the name', 'Personne 1 Martin'],
])('%s that was not kept is told, with the field; the others are written', async (_, name) => {
  const setting = await open();
  const { left, right, rig } = setting;
  stubborn = { name: 'Personne 1' };
  editLeft(setting, 'left-2', { name });
  editLeft(setting, 'left-3', { name: 'Renommée' });
  await rig.settle();
  expect(await rig.counts()).toMatchObject({ inSync: 2, failing: 1, waiting: 0 });
  expect(await errors(setting)).toMatchObject([
    { side: 'left', field: 'name', en: expect.stringContaining('kept the old value of “Name”') },
    { side: 'right', field: 'name' },
  ]);
  expect(right.records.get('right-3')?.values.name).toBe('Renommée');
  expect(left.records.get('left-2')?.values.name).toBe(name);
  forget(setting);
  await rig.settle();
  await rig.settle();
  expect([...left.written, ...right.written]).toEqual([]);
  // Once the vendor keeps it, the next change takes it along.
  stubborn = {};
  left.edit('left-2', { name: `${name} B` });
  await rig.settle();
  expect(right.records.get('right-2')?.values.name).toBe(`${name} B`);
  expect(await rig.counts()).toMatchObject({ inSync: 3, failing: 0, waiting: 0 });
});

it('the values that were kept beside it are agreed on', async () => {
  const setting = await open();
  const { left, right, rig } = setting;
  stubborn = { name: 'Personne 1' };
  editLeft(setting, 'left-2', { name: 'Autre', note: 'écrite' });
  await rig.settle();
  expect(right.records.get('right-2')?.values).toMatchObject({ name: 'Personne 1', note: 'écrite' });
  expect(await rig.counts()).toMatchObject({ inSync: 2, failing: 1, waiting: 0 });
  stubborn = {};
  right.edit('right-2', { note: 'de droite' });
  await rig.settle();
  for (const side of [left, right]) {
    expect(side.live().map(({ values }) => values)).toContainEqual(
      expect.objectContaining({ name: 'Autre', note: 'de droite' }),
    );
  }
});

it.each([
  ['letters of another case', 'PERSONNE 1'],
  ['accents', 'Pèrsonne 1'],
])('%s that the vendor spells its own way are no lost change', async (_, name) => {
  const setting = await open();
  const { left, right, rig } = setting;
  stubborn = { name: 'Personne 1' };
  editLeft(setting, 'left-2', { name });
  await rig.settle();
  expect(await rig.counts()).toMatchObject({ inSync: 3, failing: 0, waiting: 0 });
  forget(setting);
  await rig.settle();
  expect([...left.written, ...right.written]).toEqual([]);
});
