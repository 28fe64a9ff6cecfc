import { type Person, type PersonPart, personRules } from '../../server/core/sync/person.ts';
import type { SyncField } from '../../server/core/sync-object.ts';
import { type MemoryVendor, memoryVendor } from './memory-object.ts';
import { openShared, openSyncRig, type SharedDatabase, type SyncRig } from './rig.ts';

let shared: SharedDatabase;
const rigs: SyncRig[] = [];
beforeAll(async () => {
  shared = await openShared();
});
afterAll(async () => {
  await Promise.all(rigs.map((rig) => rig.close()));
  await shared.close();
});

/** An application's own words for the parts of a person. */
type Words = Person['parts'];

const REGISTER: Words = {
  name: 'Name',
  email: 'Mail',
  phone: 'Tel',
  company: 'Firm',
  consent: 'Stop',
  labels: 'Groups',
};
const ADDRESS_BOOK: Words = { name: 'qui', email: 'courriel', phone: 'numero' };
const MAILING: Words = { name: 'who', email: 'to', consent: 'left', labels: 'lists' };

const byNameAndPhone: Person['alsoKnownBy'] = [['name', 'phone']];

const fieldsOf = (parts: Words): SyncField[] =>
  (Object.entries(parts) as [PersonPart, string][]).map(([kind, id]) => ({
    id,
    kind,
    titles: { en: id, fr: id },
  }));

interface Met {
  readonly left: MemoryVendor;
  readonly right: MemoryVendor;
  readonly rig: SyncRig;
}

/** Two applications that never heard of each other, kept equal by what each says of itself. */
async function meet(left: Person, right: Person): Promise<Met> {
  const vendors = {
    left: memoryVendor('left', { fields: fieldsOf(left.parts) }),
    right: memoryVendor('right', { fields: fieldsOf(right.parts) }),
  };
  const rules = personRules({ person: left }, { person: right });
  const rig = await openSyncRig(shared, { ...vendors, rules });
  rigs.push(rig);
  return { ...vendors, rig };
}

const held = (vendor: MemoryVendor, field: string) =>
  vendor
    .live()
    .map(({ values }) => values[field])
    .sort();
const idOf = (vendor: MemoryVendor, field: string, value: string): string => {
  const found = vendor.live().find(({ values }) => values[field] === value);
  if (found === undefined) throw new Error(`${value} is not there`);
  return found.id;
};

it('an address book and a register become equal, and what is edited on either side is carried over', async () => {
  const { left, right, rig } = await meet(
    { parts: ADDRESS_BOOK, alsoKnownBy: byNameAndPhone },
    { parts: REGISTER, alsoKnownBy: byNameAndPhone },
  );
  left.put(null, { qui: { given: 'Ada', family: 'Un' }, courriel: 'ada@essai.example' });
  right.put(null, { Name: { given: 'Bea', family: 'Deux' }, Mail: 'bea@essai.example', Firm: 'Deux SA' });
  await rig.previewAndApply();
  await rig.settle();
  expect(held(right, 'Mail')).toEqual(['ada@essai.example', 'bea@essai.example']);
  expect(held(left, 'courriel')).toEqual(['ada@essai.example', 'bea@essai.example']);

  left.edit(idOf(left, 'courriel', 'bea@essai.example'), { numero: '+33123456789' });
  right.edit(idOf(right, 'Mail', 'ada@essai.example'), { Tel: '+33198765432' });
  await rig.settle();
  expect(held(right, 'Tel')).toEqual(['+33123456789', '+33198765432']);
  expect(held(left, 'numero')).toEqual(['+33123456789', '+33198765432']);
  // What the address book has no word for is left as it was.
  expect(right.live().find(({ values }) => values.Mail === 'bea@essai.example')?.values.Firm).toBe('Deux SA');
  expect(await rig.counts()).toMatchObject({ inSync: 2, failing: 0, waiting: 0 });
});

it.each([
  ['both sides know people by it: they are one person', byNameAndPhone, 1],
  ['one side does not: they stay two', [], 2],
] as const)('without an address the same name and phone are a person where %s', async (_, known, people) => {
  const { left, right, rig } = await meet(
    { parts: ADDRESS_BOOK, alsoKnownBy: known },
    { parts: REGISTER, alsoKnownBy: byNameAndPhone },
  );
  left.put(null, { qui: { given: 'Ada', family: 'Un' }, numero: '+33123456789' });
  right.put(null, { Name: { given: 'Ada', family: 'Un' }, Tel: '+33123456789', Mail: 'ada@essai.example' });
  await rig.previewAndApply();
  await rig.settle();
  expect(right.live().length).toBe(people);
});

it('an emptied field empties nothing; labels go where the right side says, and end where it no longer says them', async () => {
  const { left, right, rig } = await meet(
    { parts: MAILING, alsoKnownBy: [] },
    { parts: REGISTER, alsoKnownBy: byNameAndPhone },
  );
  const ada = right.put(null, {
    Name: { given: 'Ada', family: 'Un' },
    Mail: 'ada@essai.example',
    Groups: ['salon'],
    Stop: false,
  });
  await rig.previewAndApply();
  await rig.settle();
  const copy = idOf(left, 'to', 'ada@essai.example');
  expect(left.records.get(copy)?.values.lists).toEqual(['salon']);

  left.edit(copy, { lists: ['own'], who: null });
  await rig.settle();
  expect(right.records.get(ada)?.values.Groups).toEqual(['salon']);
  expect(right.records.get(ada)?.values.Name).toEqual({ given: 'Ada', family: 'Un' });

  right.edit(ada, { Groups: null });
  await rig.settle();
  expect(left.records.get(copy)?.values.lists ?? []).toEqual([]);
});

it('whoever opts out on one side is opted out on both, and is never opted in again by the other', async () => {
  const { left, right, rig } = await meet(
    { parts: MAILING, alsoKnownBy: [] },
    { parts: REGISTER, alsoKnownBy: [] },
  );
  const ada = right.put(null, {
    Name: { given: 'Ada', family: 'Un' },
    Mail: 'ada@essai.example',
    Stop: false,
  });
  await rig.previewAndApply();
  await rig.settle();
  const copy = idOf(left, 'to', 'ada@essai.example');
  left.edit(copy, { left: true });
  await rig.settle();
  expect(right.records.get(ada)?.values.Stop).toBe(true);
  right.edit(ada, { Stop: false });
  await rig.settle();
  expect(left.records.get(copy)?.values.left).toBe(true);
});
