import type { FilterField, Group } from './filter.ts';
import { filterText } from './filter-words.ts';
import { judgeKept } from './judge.ts';
import { asksForMe, withMe } from './me.ts';
import { refuseFilter } from './refuse-filter.ts';

const FIELDS: readonly FilterField[] = [
  { name: 'Owner', kind: 'person', titles: { en: 'Owner', fr: 'Propriétaire' }, user: true },
  { name: 'Account_Name', kind: 'person', titles: { en: 'Account', fr: 'Compte' } },
];
const ANNA = { id: '5000000000001', name: 'Anna' };
const PLACE = { timeZone: 'Europe/Paris', currency: 'EUR', now: new Date('2026-11-29T10:00:00Z') };
const owner = (is: 'equals' | 'not' | 'in', value: unknown): Group => ({
  any: [{ all: [{ field: 'Owner', is, value }] }],
});
const fits = (filter: Group, me: typeof ANNA | null, values: Record<string, unknown>) =>
  judgeKept(withMe({ filter, fields: FIELDS }, me), { values, currency: null }, PLACE);
const OF_ANNA = { Owner: { id: ANNA.id, name: 'Anna', email: 'anna@atelier.example' } };
const OF_BEN = { Owner: { id: '5000000000002', name: 'Ben', email: 'ben@atelier.example' } };

it('“me” is whose integration it is, by id, whatever people are called', () => {
  for (const [filter, forAnna, forBen] of [
    [owner('equals', 'me'), true, false],
    [owner('in', ['me', 'Carla']), true, false],
    [owner('not', 'me'), false, true],
  ] as const) {
    expect(fits(filter, ANNA, OF_ANNA).fits).toBe(forAnna);
    expect(fits(filter, ANNA, OF_BEN).fits).toBe(forBen);
    expect(fits(filter, ANNA, { Owner: { ...OF_BEN.Owner, name: 'Anna' } }).fits).toBe(forBen);
  }
});

it('without an owner nothing fits “me”, and such a filter is refused', () => {
  expect(fits(owner('equals', 'me'), null, OF_ANNA).fits).toBe(false);
  for (const filter of [owner('equals', 'me'), owner('not', 'me'), owner('in', ['me', 'Anna'])]) {
    expect(refuseFilter(filter, FIELDS, true)).toEqual([]);
    const [refusal] = refuseFilter(filter, FIELDS);
    expect(refusal?.at).toBe('any.0.all.0.value');
    expect(refusal?.sentence.fr).toContain('personnelle');
  }
});

it('only users are meant by it: an account may be called so', () => {
  const filter: Group = { all: [{ field: 'Account_Name', is: 'equals', value: 'me' }] };
  expect(asksForMe(filter, FIELDS)).toBe(false);
  expect(refuseFilter(filter, FIELDS)).toEqual([]);
  expect(fits(filter, ANNA, { Account_Name: { id: '1', name: 'ME' } }).fits).toBe(true);
});

it('is told as me, and of a record by the name', () => {
  const filter = owner('equals', 'me');
  expect(filterText({ filter, fields: FIELDS }, PLACE)).toEqual({
    en: 'Owner is me',
    fr: 'Propriétaire est moi',
  });
  expect(fits(filter, ANNA, OF_BEN).why).toEqual({
    en: 'Owner was “Ben”, and not “Anna”',
    fr: 'Propriétaire était «\u00a0Ben\u00a0», et non «\u00a0Anna\u00a0»',
  });
});
