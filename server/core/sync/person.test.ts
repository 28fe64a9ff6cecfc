import { type Person, personRules } from './person.ts';

const all: Person = {
  parts: {
    name: 'Name',
    email: 'Mail',
    phone: 'Tel',
    company: 'Firm',
    consent: 'Stop',
    labels: 'Group',
  },
  alsoKnownBy: [['name', 'phone']],
};
const few: Person = { parts: { email: 'mail', name: 'who' }, alsoKnownBy: [] };
const rules = (left: Person, right: Person) => personRules({ person: left }, { person: right });

it('two objects of people share the parts that both have, and no other, whichever side lacks them', () => {
  const pairs = (left: Person, right: Person) =>
    rules(left, right).fields.map((one) => [one.left, one.right]);
  expect(pairs(few, all)).toEqual([
    ['who', 'Name'],
    ['mail', 'Mail'],
  ]);
  expect(pairs(all, few)).toEqual([
    ['Name', 'who'],
    ['Mail', 'mail'],
  ]);
  expect(rules(all, all).fields.map(({ kind }) => kind)).toEqual([
    'name',
    'email',
    'phone',
    'company',
    'consent',
    'labels',
  ]);
});

it('every part goes both ways and an emptied field empties nothing, save labels, which the right side decides', () => {
  for (const { kind, direction, master, blank } of rules(all, all).fields) {
    expect(master).toBe('right');
    expect([kind, direction, blank]).toEqual(
      kind === 'labels' ? [kind, 'to-left', 'clear'] : [kind, 'both', 'leave'],
    );
  }
});

it('people are found by their address first, whatever else they are known by', () => {
  expect(rules(all, all).matchBy).toEqual([['Mail'], ['Name', 'Tel']]);
  expect(rules(few, all).matchBy).toEqual([['mail']]);
  expect(rules(all, few).matchBy).toEqual([['Mail']]);
});

it('a further key counts if both sides know people by it and have all of it, in whatever order they say it', () => {
  const turned: Person = { ...all, alsoKnownBy: [['phone', 'name'], ['company']] };
  expect(rules(all, turned).matchBy).toEqual([['Mail'], ['Name', 'Tel']]);
  expect(rules(turned, all).matchBy).toEqual([['Mail'], ['Tel', 'Name']]);
  const silent: Person = { parts: { name: 'who', email: 'mail' }, alsoKnownBy: [['name', 'phone']] };
  expect(rules(silent, all).matchBy).toEqual([['mail']]);
  expect(rules(all, silent).matchBy).toEqual([['Mail']]);
});

it('every field that people are found by is in the mapping: the engine reads no other', () => {
  for (const [left, right] of [
    [all, all],
    [all, few],
    [few, all],
  ] as const) {
    const { fields, matchBy } = rules(left, right);
    const mapped = fields.map((field) => field.left);
    expect(matchBy.flat().filter((id) => !mapped.includes(id))).toEqual([]);
  }
});
