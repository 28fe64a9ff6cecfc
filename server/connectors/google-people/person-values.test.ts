import fc from 'fast-check';
import { canonical, sameValue } from '../../core/sync/canonical.ts';
import { sortedJson } from '../../core/sync/json-value.ts';
import type { FieldValue } from '../../core/sync-object.ts';
import { type Entry, plain, primaryAt, sendable } from './entries.ts';
import { PERSON_LISTS, type Person, type PersonList } from './person.ts';
import { fieldsNamed, listsOf, PERSON_FIELDS, type PersonField } from './person-fields.ts';
import { changeOf, entriesOf, readVersion, recordOf } from './person-values.ts';

const ALL = PERSON_FIELDS.map(({ id }) => id);
const LISTS = PERSON_LISTS.filter((list) => list !== 'clientData');
const person = (lists: Partial<Record<PersonList, readonly Entry[]>>, etag = '#1'): Person =>
  ({
    resourceName: 'people/c1',
    metadata: { sources: [{ type: 'CONTACT', etag }] },
    ...lists,
  }) as unknown as Person;

const word = fc.constantFrom('Été', 'a@x.example', '+33 6 39 98 00 01', 'deux mots', 'x');
const some = (name: string) =>
  fc.option(word, { nil: undefined }).map((value) => (value ? { [name]: value } : {}));
const merged = (...parts: fc.Arbitrary<object>[]) =>
  fc.tuple(...parts).map((objects) => Object.assign({}, ...objects) as Entry);
const type = fc.constantFrom({}, { type: 'work' }, { type: 'home' }, { type: 'mobile' });
const value = merged(
  word.map((text) => ({ value: text })),
  type,
);
const many = (entry: fc.Arbitrary<Entry>, maxLength = 3) =>
  fc
    .tuple(fc.array(entry, { maxLength }), fc.nat(2))
    .map(([entries, primary]) =>
      entries.map((one, index) => (index === primary ? { ...one, metadata: { primary: true } } : one)),
    );
const people = fc
  .record<Partial<Record<PersonList, readonly Entry[]>>>(
    {
      names: many(
        merged(some('givenName'), some('middleName'), some('familyName'), some('honorificPrefix')),
        1,
      ),
      emailAddresses: many(merged(value, some('displayName'))),
      phoneNumbers: many(value),
      organizations: many(merged(some('name'), some('title'), some('department'), some('symbol'), type)),
      addresses: many(merged(some('city'), some('country'), some('poBox'), some('formattedValue'), type)),
      biographies: many(merged(some('value'), fc.constantFrom({}, { contentType: 'TEXT_HTML' })), 1),
      birthdays: many(
        fc.constantFrom<Entry>({ date: { year: 1991, month: 2, day: 14 } }, { date: { month: 2, day: 14 } }),
        1,
      ),
      urls: many(value),
      nicknames: many(merged(some('value'))),
    },
    { requiredKeys: [] },
  )
  .map((lists) => person(lists));

const newValue = (field: PersonField): fc.Arbitrary<FieldValue> => {
  if (field.kind === 'name')
    return fc.constantFrom<FieldValue>(null, { given: 'Neuf', family: 'Nom' }, { given: '', family: 'Seul' });
  if (field.kind === 'date') return fc.constantFrom(null, '2001-12-31');
  return fc.constantFrom(null, 'neuf');
};
const edits = fc
  .constantFrom(...PERSON_FIELDS)
  .chain((field) => newValue(field).map((held) => ({ field, value: held })));

/** What Google would hold after such an update: the lists of the mask replaced, the others as before. */
const updated = (before: Person, lists: readonly PersonList[], change: object): Person => {
  const kept = Object.fromEntries(PERSON_LISTS.map((list) => [list, entriesOf(before, list)]));
  const replaced = Object.fromEntries(lists.map((list) => [list, entriesOf(change as Person, list)]));
  return person({ ...kept, ...replaced });
};
const bare = (one: Person, list: PersonList): Entry[] =>
  sendable(list, entriesOf(one, list)).map((entry) => plain(list, entry));

const inOrder = (entries: readonly Entry[]): string[] =>
  entries.map((entry) => JSON.stringify(sortedJson(entry))).sort();

describe('a changed field', () => {
  it('has its new value, or that of the next entry when it is emptied', () => {
    fc.assert(
      fc.property(people, edits, (before, { field, value: held }) => {
        const now = updated(before, [field.list], changeOf(before, { [field.id]: held }, [field.list]));
        const read = recordOf(now, [field.id]).values[field.id];
        if (held !== null)
          expect(sameValue(canonical(field.kind, read, 'FR'), canonical(field.kind, held, 'FR'))).toBe(true);
        else
          expect(entriesOf(now, field.list).length).toBeLessThanOrEqual(entriesOf(before, field.list).length);
      }),
    );
  });

  it('leaves every other entry as it was, and the primary one the primary', () => {
    fc.assert(
      fc.property(people, edits, (before, { field, value: held }) => {
        const list = field.list;
        const at = field.at(entriesOf(before, list));
        const now = updated(before, [list], changeOf(before, { [field.id]: held }, [list]));
        const others = entriesOf(before, list).filter((_, index) => index !== at);
        const kept = bare(now, list).map((entry) => JSON.stringify(entry));
        for (const entry of sendable(list, others).map((one) => plain(list, one)))
          expect(kept).toContain(JSON.stringify(entry));
        const primary = primaryAt(entriesOf(before, list));
        if (primary >= 0 && primary !== at && bare(before, list).length === entriesOf(before, list).length)
          expect(plain(list, entriesOf(now, list)[primaryAt(entriesOf(now, list))]!)).toEqual(
            plain(list, entriesOf(before, list)[primary]!),
          );
      }),
    );
  });

  it('keeps the members that no field shows', () => {
    const before = person({
      organizations: [{ name: 'Avant', title: 'Chef', symbol: 'AV', type: 'home', current: true }],
      addresses: [{ city: 'Lyon', country: 'France', countryCode: 'FR', formattedValue: 'Lyon\nFrance' }],
    });
    const values = { 'organizations.name': 'Après', 'addresses.country': 'Suisse' };
    expect(changeOf(before, values, ['organizations', 'addresses'])).toEqual({
      organizations: [{ name: 'Après', title: 'Chef', symbol: 'AV', type: 'home', current: true }],
      addresses: [{ city: 'Lyon', country: 'Suisse' }],
    });
  });
});

describe('a version', () => {
  it('names every list that cannot be written from the values alone', () => {
    fc.assert(
      fc.property(
        people,
        fc.subarray(ALL, { minLength: 1 }),
        edits,
        (before, ids, { field, value: held }) => {
          const { version, values } = recordOf(before, ids);
          const { etag, fuller } = readVersion(version ?? '');
          expect(etag).toBe('#1');
          for (const list of listsOf(fieldsNamed(ids)).filter((one) => !fuller.includes(one))) {
            // Writing the values back changes nothing, and a new value changes that value only.
            expect(bare(updated(before, [list], changeOf(null, values, [list])), list)).toEqual(
              bare(before, list),
            );
            if (field.list !== list || !ids.includes(field.id)) continue;
            const fromValues = changeOf(null, { ...values, [field.id]: held }, [list]);
            const fromPerson = changeOf(before, { [field.id]: held }, [list]);
            // A new entry may stand elsewhere among the others.
            expect(inOrder(bare(updated(before, [list], fromValues), list))).toEqual(
              inOrder(bare(updated(before, [list], fromPerson), list)),
            );
          }
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('is short for a contact that programs made', () => {
    const made = changeOf(
      null,
      {
        names: { given: 'A', family: 'B' },
        emailAddresses: 'a@x',
        phoneNumbers: '1',
        'phoneNumbers.mobile': '2',
      },
      LISTS,
    );
    expect(recordOf(person(made as never), ALL).version).toBe('#1');
  });

  it('is none without Google’s etag', () => {
    expect(recordOf({ resourceName: 'people/c1' } as Person, ALL).version).toBeNull();
  });
});

it('what is sent has nothing in it that only Google writes', () => {
  const metadata = { primary: true, source: { type: 'CONTACT', id: '1' } };
  const computed = { displayName: 'A', unstructuredName: 'A', displayNameLastFirst: 'A' };
  expect(sendable('names', [{ givenName: 'A', ...computed, metadata }])).toEqual([{ givenName: 'A' }]);
  const phones = [
    { value: '2', formattedType: 'Work', type: 'work', metadata: { source: metadata.source } },
    { value: '1', canonicalForm: '+1', metadata },
  ];
  expect(sendable('phoneNumbers', phones)).toEqual([
    { value: '2', type: 'work' },
    { value: '1', metadata: { sourcePrimary: true } },
  ]);
});

describe('which telephone number is meant', () => {
  const FAX = { type: 'workFax', value: '+33 1 11 11 11 11' };
  const WORK = { type: 'work', value: '+33 1 22 22 22 22' };
  const MOBILE = { type: 'mobile', value: '+33 6 33 33 33 33' };
  const readBy = (ids: readonly string[], phoneNumbers: object[]) =>
    recordOf({ resourceName: 'people/c1', phoneNumbers } as unknown as Person, ids).values;
  const phone = (phoneNumbers: object[]) => readBy(['phoneNumbers'], phoneNumbers).phoneNumbers;
  const primary = (entry: object) => ({ ...entry, metadata: { primary: true, sourcePrimary: true } });

  it.each([
    ['no fax, also where it stands first', [FAX, WORK, MOBILE], WORK.value],
    ['no fax that is the primary one', [WORK, primary(FAX), MOBILE], WORK.value],
    [
      'no fax of home, of others, and no pager',
      [
        { ...FAX, type: 'homeFax' },
        { ...FAX, type: 'otherFax' },
        { ...FAX, type: 'pager' },
        { ...FAX, type: 'workPager' },
      ],
      null,
    ],
    [
      'no fax by a label of somebody’s own',
      [{ ...FAX, type: 'Télécopie' }, { ...FAX, type: 'Fax bureau' }, WORK],
      WORK.value,
    ],
    [
      'the primary one of those that are spoken into',
      [WORK, primary({ type: 'home', value: '+33 1 44' })],
      '+33 1 44',
    ],
    ['one without a type', [FAX, { value: '+33 1 55' }], '+33 1 55'],
    ['the mobile where there is no other', [FAX, MOBILE], MOBILE.value],
    ['none where there is but a fax', [FAX], null],
  ])('is %s', (_, entries, expected) => {
    expect(phone(entries)).toBe(expected);
  });

  it('is not the mobile where that is a field of its own', () => {
    expect(readBy(['phoneNumbers', 'phoneNumbers.mobile'], [FAX, MOBILE])).toEqual({
      phoneNumbers: null,
      'phoneNumbers.mobile': MOBILE.value,
    });
  });

  it('is the entry that a new number is written into; the others stay as they are', () => {
    const written = (entries: object[]) =>
      changeOf(
        { resourceName: 'people/c1', phoneNumbers: entries } as unknown as Person,
        { phoneNumbers: 'neu' },
        ['phoneNumbers'],
      ).phoneNumbers?.map(({ type, value }) => [type, value]);
    const kept = ({ type, value }: { type: string; value: string }) => [type, value];
    expect(written([FAX, WORK, MOBILE])).toEqual([kept(FAX), ['work', 'neu'], kept(MOBILE)]);
    expect(written([FAX])).toEqual([kept(FAX), ['work', 'neu']]);
    expect(written([FAX, MOBILE])).toEqual([kept(FAX), kept(MOBILE), ['work', 'neu']]);
    expect(written([primary(FAX), MOBILE, WORK])).toEqual([kept(FAX), kept(MOBILE), ['work', 'neu']]);
  });
});
