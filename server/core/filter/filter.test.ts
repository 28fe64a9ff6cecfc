import fc from 'fast-check';
import type { Subject } from './compare.ts';
import {
  type Condition,
  FIELD_KINDS,
  type FilterField,
  type FilterPlace,
  type Group,
  type Operator,
} from './filter.ts';
import { filterText, whyText } from './filter-words.ts';
import { judge } from './judge.ts';
import { operatorsOf } from './operators.ts';
import { DEEPEST, MOST_CONDITIONS, refuseFilter } from './refuse-filter.ts';

const FIELDS: readonly FilterField[] = [
  ...FIELD_KINDS.map((kind): FilterField => ({ name: kind, kind, titles: { en: kind, fr: kind } })),
  { name: 'Amount', kind: 'money', titles: { en: 'Amount', fr: 'Montant' } },
  {
    name: 'Stage',
    kind: 'choice',
    titles: { en: 'Stage', fr: 'Étape' },
    choices: [
      { value: 'Closed Won', title: 'Gagnée' },
      { value: 'Lost', title: 'Perdue' },
    ],
  },
];
const PLACE: FilterPlace = {
  timeZone: 'Europe/Paris',
  currency: 'EUR',
  now: new Date('2026-11-28T22:30:00Z'),
};
const subject = (values: Record<string, unknown>, currency: string | null = null): Subject => ({
  values,
  currency,
});
const verdict = (filter: Group, about: Subject, place = PLACE) =>
  judge({ filter, fields: FIELDS }, about, place);
const fits = (filter: Group, about: Subject, place = PLACE): boolean => verdict(filter, about, place).fits;
const one = (field: string, is: Operator, value?: unknown): Group => ({ all: [{ field, is, value }] });
const why = (filter: Group, about: Subject) => whyText(verdict(filter, about), about, PLACE);

const values = fc.record({
  text: fc.constantFrom(null, undefined, '', 'Ada', 'ADA', 'Éric', 'x'),
  number: fc.constantFrom(null, undefined, 0, 1, -3.5, 1e9),
  money: fc.constantFrom(null, undefined, 0, 1, 50_000, 49_999.99),
  date: fc.constantFrom(null, undefined, '2026-11-28', '2026-11-29', '1999-01-01'),
  moment: fc.constantFrom(null, '2026-11-28T23:30:00+01:00', '2026-11-28T22:59:59Z', '2026-11-28T23:00:00Z'),
  label: fc.constantFrom(null, [], ['a'], ['a', 'b'], [{ name: 'b' }]),
  person: fc.constantFrom(null, { id: '7', name: 'Ada', email: 'ada@exemple.example' }),
  boolean: fc.constantFrom(null, true, false),
});
const subjects = fc.record({ values, currency: fc.constantFrom(null, 'EUR', 'USD') });
const ASKED: Readonly<Record<string, readonly unknown[]>> = {
  text: ['ada', 'é', 'x'],
  number: [0, 1, -3.5],
  money: [1, 50_000, { amount: 1, currency: 'USD' }],
  date: ['2026-11-28', { today: 0 }, { today: 1 }],
  moment: ['2026-11-28', '2026-11-28T23:00:00Z', { today: 0 }],
  label: ['a', 'b'],
  person: ['7', 'Ada', 'ADA@exemple.example'],
  boolean: [true, false],
};
const conditions: fc.Arbitrary<Condition> = fc.constantFrom(
  ...FIELDS.filter(({ name }) => name in ASKED).flatMap(({ name, kind }) =>
    operatorsOf(kind).flatMap((is): Condition[] => {
      const asked = ASKED[name] ?? [];
      if (is === 'empty' || is === 'filled') return [{ field: name, is }];
      return is === 'in'
        ? [{ field: name, is, value: asked }]
        : asked.map((value) => ({ field: name, is, value }));
    }),
  ),
);

describe('laws of conditions, for whatever a record holds', () => {
  it('all is every one, any is at least one, and a group of one is that one', () => {
    fc.assert(
      fc.property(fc.array(conditions, { minLength: 1, maxLength: 4 }), subjects, (list, about) => {
        const each = list.map((condition) => fits({ all: [condition] }, about));
        expect(fits({ all: list }, about)).toBe(each.every(Boolean));
        expect(fits({ any: list }, about)).toBe(each.some(Boolean));
        expect(fits({ all: [{ any: list }] }, about)).toBe(each.some(Boolean));
      }),
    );
  });

  it('not is what equals is not, filled what empty is not, in what any of its values equals', () => {
    fc.assert(
      fc.property(conditions, subjects, ({ field, value }, about) => {
        const asked = Array.isArray(value) ? value[0] : value;
        if (asked !== undefined)
          expect(fits(one(field, 'not', asked), about)).toBe(!fits(one(field, 'equals', asked), about));
        expect(fits(one(field, 'filled'), about)).toBe(!fits(one(field, 'empty'), about));
        const list = ASKED[field] ?? [];
        expect(fits(one(field, 'in', list), about)).toBe(
          list.some((each) => fits(one(field, 'equals', each), about)),
        );
      }),
    );
  });

  it('a blank or a missing field fits empty and not, and nothing else', () => {
    fc.assert(
      fc.property(
        conditions,
        fc.constantFrom(null, undefined, '', '  ', []),
        ({ field, is, value }, blank) => {
          const about = subject(blank === undefined ? {} : { [field]: blank });
          expect(fits(one(field, is, value), about)).toBe(is === 'empty' || is === 'not');
        },
      ),
    );
  });

  it('says of every verdict by which conditions, in both languages', () => {
    fc.assert(
      fc.property(fc.array(conditions, { minLength: 1, maxLength: 3 }), subjects, (list, about) => {
        const { fits: does, because } = verdict({ all: list }, about);
        expect(because.length).toBeGreaterThan(0);
        for (const { holds } of because) expect(holds).toBe(does);
        const { en, fr } = whyText({ fits: does, because }, about, PLACE);
        expect(en).not.toMatch(/undefined|null|NaN|object/);
        expect(fr).not.toMatch(/undefined|null|NaN|object/);
      }),
    );
  });
});

describe('money', () => {
  it('is compared in the record’s own currency or the organisation’s, and no other', () => {
    const least = one('Amount', 'at-least', 50_000);
    expect(fits(least, subject({ Amount: 50_000 }))).toBe(true);
    expect(fits(least, subject({ Amount: 50_000 }, 'EUR'))).toBe(true);
    expect(fits(least, subject({ Amount: 60_000 }, 'USD'))).toBe(false);
    const dollars = one('Amount', 'at-least', { amount: 50_000, currency: 'USD' });
    expect(fits(dollars, subject({ Amount: 60_000 }, 'USD'))).toBe(true);
    expect(fits(dollars, subject({ Amount: 60_000 }))).toBe(false);
    expect(fits(one('Amount', 'at-most', 50_000), subject({ Amount: 1 }, 'USD'))).toBe(false);
  });

  it('is told as people write it', () => {
    expect(why(one('Amount', 'at-least', 50_000), subject({ Amount: 12_500 }))).toEqual({
      en: 'Amount was €12,500, less than €50,000',
      fr: 'Montant était 12 500 €, moins que 50 000 €',
    });
    expect(why(one('Amount', 'at-least', 50_000), subject({ Amount: 60_000 }, 'USD')).fr).toMatch(
      /^Montant était 60 000 \$US?, dans une autre devise que 50 000 €$/,
    );
    expect(why(one('Amount', 'at-least', 50_000), subject({})).en).toBe(
      'Amount was empty (asked: is at least €50,000)',
    );
    expect(why(one('Stage', 'equals', 'Closed Won'), subject({ Stage: 'Lost' })).fr).toBe(
      'Étape était «\u00a0Perdue\u00a0», et non «\u00a0Gagnée\u00a0»',
    );
  });
});

describe('days are the organisation’s', () => {
  it('at the edges of its zone', () => {
    // Half past eleven in the evening of the 28th in Paris, the 29th in Tokyo.
    expect(fits(one('date', 'equals', { today: 0 }), subject({ date: '2026-11-28' }))).toBe(true);
    const tokyo = { ...PLACE, timeZone: 'Asia/Tokyo' };
    expect(fits(one('date', 'equals', { today: 0 }), subject({ date: '2026-11-29' }), tokyo)).toBe(true);
    const last = subject({ moment: '2026-11-28T22:59:59Z' });
    const first = subject({ moment: '2026-11-28T23:00:00Z' });
    expect(fits(one('moment', 'equals', '2026-11-28'), last)).toBe(true);
    expect(fits(one('moment', 'after', '2026-11-28'), last)).toBe(false);
    expect(fits(one('moment', 'after', '2026-11-28'), first)).toBe(true);
    expect(fits(one('moment', 'at-most', '2026-11-28'), first)).toBe(false);
    expect(fits(one('moment', 'before', { today: 1 }), last)).toBe(true);
    expect(fits(one('moment', 'at-least', '2026-11-28T23:00:00Z'), last)).toBe(false);
  });

  it('also on the days on which clocks change', () => {
    const place = { ...PLACE, now: new Date('2026-10-24T23:30:00Z') };
    expect(fits(one('date', 'equals', { today: 0 }), subject({ date: '2026-10-25' }), place)).toBe(true);
    expect(
      fits(one('moment', 'equals', '2026-10-25'), subject({ moment: '2026-10-25T22:59:59Z' }), place),
    ).toBe(true);
    expect(
      fits(one('moment', 'equals', '2026-10-25'), subject({ moment: '2026-10-25T23:00:00Z' }), place),
    ).toBe(false);
  });
});

describe('what cannot be is refused, at its place, in both languages', () => {
  const refused = (filter: Group): string[] =>
    refuseFilter(filter, FIELDS).map(({ at, sentence }) => {
      expect(sentence.en).toMatch(/\.$/);
      expect(sentence.fr).toMatch(/\.$/);
      expect(sentence.fr).not.toBe(sentence.en);
      return at;
    });
  const nested = (depth: number): Group =>
    depth === 1 ? one('text', 'filled') : { any: [nested(depth - 1)] };

  it.each([
    ['an unknown field', one('Nowhere', 'equals', 1), 'all.0.field'],
    ['an operator that does not fit the kind', one('boolean', 'contains', 'x'), 'all.0.is'],
    ['a text for a number', one('number', 'equals', '12'), 'all.0.value'],
    [
      'a currency that there is not',
      one('Amount', 'at-least', { amount: 1, currency: 'XXQ' }),
      'all.0.value',
    ],
    ['a day that does not exist', one('date', 'before', '2026-02-30'), 'all.0.value'],
    ['a day of a year that is still being typed', one('date', 'after', '0020-12-24'), 'all.0.value'],
    ['a day of the year 0', one('date', 'after', '0000-01-01'), 'all.0.value'],
    ['a blank text', one('text', 'contains', ' '), 'all.0.value'],
    ['one value for a list', one('text', 'in', 'x'), 'all.0.value'],
    ['an empty list', one('text', 'in', []), 'all.0.value'],
    ['a value where none is asked', one('text', 'empty', 'x'), 'all.0.value'],
    ['a choice that there is not', one('Stage', 'equals', 'Gagnée'), 'all.0.value'],
    ['an empty group', { all: [{ any: [] }] }, 'all.0.any'],
    ['a text that is too long', one('text', 'equals', 'x'.repeat(501)), 'all.0.value'],
  ] as const)('%s', (_, filter, at) => {
    expect(refused(filter)).toEqual([at]);
  });

  it('too deep, and too many', () => {
    expect(refused(nested(DEEPEST))).toEqual([]);
    expect(refused(nested(DEEPEST + 1))).toHaveLength(1);
    const many = (count: number): Group => ({
      any: Array.from({ length: count }, () => ({ field: 'text', is: 'filled' })),
    });
    expect(refused(many(MOST_CONDITIONS))).toEqual([]);
    expect(refused(many(MOST_CONDITIONS + 1))).toEqual(['']);
  });

  it('and what can be is not', () => {
    fc.assert(fc.property(conditions, (condition) => expect(refused({ all: [condition] })).toEqual([])));
  });
});

it('a filter is told in words', () => {
  const filter: Group = {
    all: [
      { field: 'Amount', is: 'at-least', value: 50_000 },
      {
        any: [
          { field: 'text', is: 'filled' },
          { field: 'Stage', is: 'not', value: 'Lost' },
        ],
      },
    ],
  };
  expect(filterText({ filter, fields: FIELDS }, PLACE)).toEqual({
    en: 'Amount is at least €50,000 and (text is filled in or Stage is not “Perdue”)',
    fr: 'Montant est au moins 50 000 € et (text est renseigné ou Étape n’est pas «\u00a0Perdue\u00a0»)',
  });
});

it('a day that something is not before is told as that: “at least 30 days ago” says the opposite', () => {
  const filter: Group = {
    all: [
      { field: 'date', is: 'at-least', value: { today: -30 } },
      { field: 'moment', is: 'at-most', value: '2026-11-28' },
    ],
  };
  expect(filterText({ filter, fields: FIELDS }, PLACE)).toEqual({
    en: 'date is not before 30 days ago (October 29, 2026) and moment is not after November 28, 2026',
    fr: 'date n’est pas avant il y a 30 jours (29 octobre 2026) et moment n’est pas après 28 novembre 2026',
  });
  expect(why(one('date', 'at-least', '2026-11-01'), subject({ date: '2026-11-02' })).en).toBe(
    'date was November 2, 2026, not before November 1, 2026',
  );
  expect(why(one('date', 'at-least', '2026-11-01'), subject({ date: '2026-10-31' })).en).toBe(
    'date was October 31, 2026, earlier than November 1, 2026',
  );
});
