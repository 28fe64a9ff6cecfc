import type { Cell, CellField, Manner, NumberFormat } from './cell.ts';
import { readCell } from './read-cell.ts';

const FRENCH: Manner = { locale: 'fr_FR', timeZone: 'Europe/Paris' };
const AMERICAN: Manner = { locale: 'en_US', timeZone: 'America/New_York' };

const text = (shown: string): Cell => ({ value: shown, shown });
const number = (value: number, shown = String(value), format?: NumberFormat): Cell => ({
  value,
  shown,
  ...(format === undefined ? {} : { format }),
});
const read = (cell: Cell, field: CellField, manner = FRENCH) => {
  const reading = readCell(cell, field, manner);
  return reading.kind === 'value' ? reading.value : reading.kind;
};

describe('a number', () => {
  const money: CellField = { kind: 'number', decimals: 2 };

  it.each([
    ['1 234 567,89 €', 1_234_567.89],
    ['1\u202f234\u202f567,89\u00a0€', 1_234_567.89],
    ['1 234 567,891€', 1_234_567.89],
    ['1.234.567,89', 1_234_567.89],
    ['1,234,567.89', 1_234_567.89],
    ['$1,234.50', 1_234.5],
    ['EUR 12', 12],
    ['12 CHF', 12],
    ["1'234.50", 1_234.5],
    ['12,5', 12.5],
    ['12.5', 12.5],
    ['0,125', 0.13],
    ['-3 400', -3_400],
    ['−3 400 €', -3_400],
    ['(250,00)', -250],
    ['1,234', 1.23],
    ['1.234', 1_234],
    ['12.5K', 'unreadable'],
    ['12 pcs', 'unreadable'],
    ['12 34', 'unreadable'],
    ['1,2,3', 'unreadable'],
    ['environ 100', 'unreadable'],
    ['3,36E+10', 'unreadable'],
    ['12345678901234567890', 'unreadable'],
    ['', 'blank'],
    ['  ', 'blank'],
    ['#VALEUR!', 'not-yet'],
  ])('of %j is %j in a French sheet', (shown, value) => {
    expect(read(text(shown), money)).toBe(value);
  });

  it('follows the sheet’s locale where a sign could be either', () => {
    expect(read(text('1,234'), money, AMERICAN)).toBe(1_234);
    expect(read(text('1.234'), money, AMERICAN)).toBe(1.23);
    expect(read(text('1,234'), money, { ...FRENCH, locale: 'no such locale' })).toBe(1_234);
  });

  it('that is stored as one is taken, with no more decimals than the field has', () => {
    expect(read(number(0.1 + 0.2), money)).toBe(0.3);
    expect(read(number(1.005), money)).toBe(1.01);
    expect(read(number(1_234_567.891, '1 234 568 €', 'currency'), money)).toBe(1_234_567.89);
    expect(read(number(-2.5), { kind: 'number', decimals: 0 })).toBe(-3);
    expect(read(number(3.36e10, '3,36E+10', 'scientific'), money)).toBe(33_600_000_000);
    expect(read(number(0.12, '12 %', 'percent'), { kind: 'number', percent: true })).toBe(12);
    expect(read(text('12 %'), { kind: 'number', percent: true })).toBe(12);
    expect(read(number(0.12, '12 %', 'percent'), money)).toBe(0.12);
    expect(read({ value: true, shown: 'VRAI' }, money)).toBe('unreadable');
    expect(read(number(31_412, '31/12/1985', 'date'), money)).toBe('unreadable');
  });

  it('that is whole has no fraction and no more digits than the field', () => {
    const integer: CellField = { kind: 'integer', maxLength: 9 };
    expect(read(text('1 200'), integer)).toBe(1_200);
    expect(read(number(12), integer)).toBe(12);
    expect(read(number(12.5, '12,5'), integer)).toBe('unreadable');
    expect(readCell(number(1_234_567_890), integer, FRENCH)).toEqual({ kind: 'too-long', limit: 9 });
  });
});

describe('yes and no', () => {
  it.each([
    ['VRAI', true],
    ['FAUX', false],
    ['TRUE', true],
    ['oui', true],
    ['Non', false],
    ['x', true],
    ['1', true],
    ['peut-être', 'unreadable'],
    ['2', 'unreadable'],
  ])('%j is %j', (shown, value) => {
    expect(read(text(shown), { kind: 'boolean' })).toBe(value);
  });

  it('of a ticked box are what is stored', () => {
    expect(read({ value: false, shown: 'FAUX' }, { kind: 'boolean' })).toBe(false);
    expect(read(number(1), { kind: 'boolean' })).toBe(true);
  });
});

describe('a day', () => {
  const date: CellField = { kind: 'date' };

  it.each([
    ['31/12/1985', '1985-12-31'],
    ['12/31/1985', '1985-12-31'],
    ['1985-12-31', '1985-12-31'],
    ['31.12.1985', '1985-12-31'],
    ['31-12-85', '1985-12-31'],
    ['3/4/05', '2005-04-03'],
    ['03/04/1985', '1985-04-03'],
    ['31 décembre 1985', '1985-12-31'],
    ['1er janv. 1990', '1990-01-01'],
    ['mardi 31 déc. 1985', '1985-12-31'],
    ['December 31, 1985', '1985-12-31'],
    ['31/12/1985 14:30', '1985-12-31'],
    ['1985-12-31T23:30:00Z', '1985-12-31'],
    ['19851231', '1985-12-31'],
    ['31412', '1985-12-31'],
    ['31/02/1985', 'unreadable'],
    ['13/13/1985', 'unreadable'],
    ['1985', 'unreadable'],
    ['bientôt', 'unreadable'],
    ['#NOM?', 'not-yet'],
  ])('of %j is %j in a French sheet', (shown, value) => {
    expect(read(text(shown), date)).toBe(value);
  });

  it('that could be two days is read in the order of the sheet’s locale', () => {
    expect(read(text('03/04/1985'), date, AMERICAN)).toBe('1985-03-04');
    expect(read(text('03/04/1985'), date, { ...FRENCH, locale: 'en_GB' })).toBe('1985-04-03');
    expect(read(text('31/12/1985'), date, AMERICAN)).toBe('1985-12-31');
  });

  it.each([
    ['13.03.21', FRENCH, '2021-03-13'],
    ['13.03.21', { ...FRENCH, locale: 'de_DE' }, '2021-03-13'],
    ['03/13/2021', AMERICAN, '2021-03-13'],
    ['03/13/2021', FRENCH, '2021-03-13'],
    ['01 NOV 2021', AMERICAN, '2021-11-01'],
    ['01 NOV 2021', FRENCH, '2021-11-01'],
  ])('that can be one day alone is that day, however it is written: %s', (written, manner, day) => {
    expect(read(text(written), date, manner)).toBe(day);
  });

  it('is read from what a sheet stores, however it shows it', () => {
    expect(read(number(31_412, '31/12/1985', 'date'), date)).toBe('1985-12-31');
    expect(read(number(31_412.99, '31/12/85 23:45', 'date-time'), date)).toBe('1985-12-31');
    expect(read(number(31_412), date)).toBe('1985-12-31');
    expect(read(number(1_985), date)).toBe('unreadable');
    expect(read(number(705, '05/12/1901', 'date'), date)).toBe('1901-12-05');
    expect(read({ value: true, shown: 'VRAI' }, date)).toBe('unreadable');
  });

  it('and its clock are of the sheet’s own zone', () => {
    const moment: CellField = { kind: 'date-time' };
    expect(read(text('31/12/1985 14:30'), moment)).toBe('1985-12-31T14:30:00+01:00');
    expect(read(text('12/31/1985 2:30 PM'), moment, AMERICAN)).toBe('1985-12-31T14:30:00-05:00');
    expect(read(number(31_412.75, '31/12/1985 18:00', 'date-time'), moment)).toBe(
      '1985-12-31T18:00:00+01:00',
    );
    expect(read(text('2026-07-01T10:00:00Z'), moment)).toBe('2026-07-01T12:00:00+02:00');
    expect(read(text('31/12/1985 à 14h30'), moment)).toBe('1985-12-31T14:30:00+01:00');
    expect(read(text('31/12/1985 25:00'), moment)).toBe('unreadable');
  });
});

describe('choices', () => {
  const choices = ['Vin', 'Fromage', 'Épicerie fine, bio'].map((value) => ({ value, shown: value }));

  it('are the field’s own, whatever the case and the accents', () => {
    expect(read(text('FROMAGE '), { kind: 'choice', choices })).toBe('Fromage');
    expect(read(text('epicerie fine, bio'), { kind: 'choice', choices })).toBe('Épicerie fine, bio');
    expect(read(text('Pain'), { kind: 'choice', choices })).toBe('unreadable');
    expect(read(text('Chaud'), { kind: 'choice', choices: [{ value: 'Hot', shown: 'chaud' }] })).toBe('Hot');
    expect(read(text('Pain'), { kind: 'choice' })).toBe('Pain');
  });

  it('are several where the field holds several', () => {
    const field: CellField = { kind: 'choices', choices };
    expect(read(text('Vin; Fromage'), field)).toEqual(['Vin', 'Fromage']);
    expect(read(text('vin, fromage, vin'), field)).toEqual(['Vin', 'Fromage']);
    expect(read(text('Épicerie fine, bio'), field)).toEqual(['Épicerie fine, bio']);
    expect(read(text('Vin; Pain'), field)).toBe('unreadable');
    expect(read(text('a;b'), { kind: 'choices' })).toEqual(['a', 'b']);
  });
});

describe('a phone number', () => {
  const phone: CellField = { kind: 'phone', maxLength: 30 };

  it.each([
    ['0 612 345 678', '0 612 345 678'],
    ["'0612345678", '0612345678'],
    ['+33 (0)6 12 34 56 78', '+33 (0)6 12 34 56 78'],
    ['3631', '3631'],
    ['4.47900E+11', 'unreadable'],
    ['3,36E+10', 'unreadable'],
    ['3E10', 'unreadable'],
    ['à rappeler', 'unreadable'],
    ['#ERROR!', 'not-yet'],
  ])('of %j is %j', (shown, value) => {
    expect(read(text(shown), phone)).toBe(value);
  });

  it('that a sheet holds as a number stands as it is shown, never as a power', () => {
    expect(read(number(612_345_678), phone)).toBe('612345678');
    expect(read(number(33_612_345_678), phone)).toBe('33612345678');
    expect(read(number(612_345_678, '06 12 34 56 78', 'number'), phone)).toBe('06 12 34 56 78');
    expect(read(number(612_345_678, '612 345 678,00', 'number'), phone)).toBe('612345678');
    expect(read(number(33_612_345_678, '3,36E+10', 'scientific'), phone)).toBe('unreadable');
    expect(read(number(6.5, '6,5'), phone)).toBe('unreadable');
  });
});

describe('a text', () => {
  it('is never cut', () => {
    const field: CellField = { kind: 'text', maxLength: 5 };
    expect(read(text('Léon '), field)).toBe('Léon');
    expect(readCell(text('Léonard'), field, FRENCH)).toEqual({ kind: 'too-long', limit: 5 });
    expect(readCell(text('a@exemple.example'), { kind: 'email', maxLength: 5 }, FRENCH)).toEqual({
      kind: 'too-long',
      limit: 5,
    });
  });

  it('that is an address has the form of one', () => {
    const email: CellField = { kind: 'email' };
    expect(read(text(' ada@exemple.example'), email)).toBe('ada@exemple.example');
    expect(read(text('mailto:ada@exemple.example'), email)).toBe('ada@exemple.example');
    expect(read(text('ada@exemple'), email)).toBe('unreadable');
    expect(read(text('a@x.example, b@x.example'), email)).toBe('unreadable');
  });

  it('has all its digits', () => {
    expect(read(text('4,479E+13'), { kind: 'text' })).toBe('unreadable');
    expect(read(number(44_790_000_123, '4,479E+10', 'scientific'), { kind: 'text' })).toBe('44790000123');
    expect(read(number(44_790_000_000, '4,479E+10', 'scientific'), { kind: 'text' })).toBe('unreadable');
    expect(read(text('12E4'), { kind: 'text' })).toBe('12E4');
    expect(read(text('4,479E+13'), { kind: 'long-text' })).toBe('4,479E+13');
  });
});

it.each(['#N/A', '#ref!', '#ERROR!', 'Loading...', 'Chargement…', 'Chargement ...', '#NOM?', '#DIV/0!'])(
  '%j is known of no field yet',
  (shown) => {
    for (const kind of ['text', 'phone', 'choice', 'number', 'long-text'] as const) {
      expect(read(text(shown), { kind })).toBe('not-yet');
    }
    expect(read({ value: null, shown: '#REF', failed: true }, { kind: 'text' })).toBe('not-yet');
  },
);
