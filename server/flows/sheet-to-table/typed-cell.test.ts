import type { Cell } from '../../core/cells/cell.ts';
import type { Type } from './column-types.ts';
import { proposedType } from './propose-types.ts';
import { typedCell } from './typed-cell.ts';

const text = (shown: string): Cell => ({ value: shown, shown });
const number = (value: number, shown = String(value), format?: Cell['format']): Cell => ({
  value,
  shown,
  format,
});
const read = (cell: Cell, type: Type, locale = 'fr_FR', longest: number | null = null) => {
  const found = typedCell(cell, type, { locale, timeZone: 'Europe/Paris' }, longest);
  return found.kind === 'value' ? found.text : found.kind;
};

describe('a day', () => {
  it.each([
    ['13.03.21', 'de_DE', '2021-03-13 00:00:00'],
    ['13.03.21', 'fr_FR', '2021-03-13 00:00:00'],
    ['13.03.21', 'en_US', 'foreign'],
    ['03/13/2021', 'en_US', '2021-03-13 00:00:00'],
    ['03/13/2021', 'fr_FR', 'foreign'],
    ['03/04/2021', 'en_US', '2021-03-04 00:00:00'],
    ['03/04/2021', 'fr_FR', '2021-04-03 00:00:00'],
    ['03/04/2021', 'ja_JP', 'foreign'],
    ['2021-03-13', 'ja_JP', '2021-03-13 00:00:00'],
    ['01 NOV 2021', 'en_US', '2021-11-01 00:00:00'],
    ['01 NOV 2021', 'fr_FR', '2021-11-01 00:00:00'],
    ['2026-02-30', 'fr_FR', 'unreadable'],
    ['31/04/2021', 'fr_FR', 'unreadable'],
    ['demain', 'fr_FR', 'unreadable'],
  ])('that is written %s is, in %s, %s', (written, locale, expected) => {
    expect(read(text(written), 'date', locale)).toBe(expected);
  });

  it('is a number that the sheet shows as one, and no other', () => {
    expect(read(number(44_268, '13/03/2021', 'date'), 'date')).toBe('2021-03-13 00:00:00');
    expect(read(number(44_268.604_166_666_7, '13/03/2021 14:30', 'date-time'), 'date-time')).toBe(
      '2021-03-13 14:30:00',
    );
    expect(read(number(44_268), 'date')).toBe('undated');
    expect(read(number(44_268, '13/03/2021', 'date'), 'money')).toBe('unreadable');
  });

  it('keeps the wall time of the sheet in both halves of the year', () => {
    expect(read(text('01/07/2021 23:30'), 'date-time')).toBe('2021-07-01 23:30:00');
    expect(read(text('01/01/2021 00:15'), 'date-time')).toBe('2021-01-01 00:15:00');
  });
});

describe('a number', () => {
  it.each([
    ['1 234,5', 'fr_FR', '1234.5'],
    ['1\u202f234,5', 'fr_FR', '1234.5'],
    ['1.234,5', 'de_DE', '1234.5'],
    ['1.234', 'de_DE', '1234'],
    ['1.234', 'fr_FR', 'foreign'],
    ['12.50', 'fr_FR', 'foreign'],
    ['12,50', 'en_US', 'foreign'],
    ['1,234.50', 'en_US', '1234.5'],
    ['1,234,567', 'en_US', '1234567'],
    ['1,2,3', 'fr_FR', 'foreign'],
    ['12,50 €', 'fr_FR', '12.5'],
    ['douze', 'fr_FR', 'unreadable'],
  ])('that is written %s is, in %s, %s', (written, locale, expected) => {
    expect(read(text(written), 'money', locale)).toBe(expected);
  });

  it('is written without a power of ten and without the noise of binary sums', () => {
    expect(read(number(0.1 + 0.2), 'decimal')).toBe('0.3');
    expect(read(number(4.479e11), 'integer')).toBe('447900000000');
    expect(read(number(1e-7), 'decimal')).toBe('0.0000001');
    expect(read(number(12.5), 'integer')).toBe('unreadable');
  });
});

describe('a text', () => {
  it('is what people see, zeros and all, and never a formula', () => {
    expect(read(text('00042'), 'text')).toBe('00042');
    expect(read(number(42, '00042'), 'text')).toBe('00042');
    expect(read(text("=cmd|' /C calc'!A0"), 'text')).toBe("'=cmd|' /C calc'!A0");
    expect(read(text('+33 6 12 34 56 78'), 'text')).toBe('+33 6 12 34 56 78');
    expect(read(text('-12,5'), 'text')).toBe('-12,5');
    expect(read(text('-2+3+cmd'), 'text')).toBe("'-2+3+cmd");
    expect(read(text('deux\nlignes'), 'text')).toBe('deux\nlignes');
  });

  it('whose digits are gone, or that is longer than its column, is refused and not cut', () => {
    expect(read(number(447_912_345_000, '4,479E+11', 'scientific'), 'text')).toBe('unreadable');
    expect(read(text('abcdef'), 'text', 'fr_FR', 5)).toBe('too-long');
    expect(read(text('abcde'), 'text', 'fr_FR', 5)).toBe('abcde');
  });
});

it('what a formula could not tell is no value of any type', () => {
  const failed: Cell = { value: null, shown: '#N/A', failed: true };
  for (const type of ['text', 'integer', 'money', 'date', 'yes-no'] as const)
    expect(read(failed, type)).toBe('not-yet');
  expect(read({ value: null, shown: '' }, 'money')).toBe('blank');
});

describe('the type of a column', () => {
  it('is what the formats of its cells say, and text where one is a text, whatever it looks like', () => {
    const day = number(44_268, '13/03/2021', 'date');
    const moment = number(44_268.5, '13/03/2021 12:00', 'date-time');
    const amount = number(12.5, '12,50 €', 'currency');
    expect(proposedType([day, undefined, day])).toBe('date');
    expect(proposedType([day, moment])).toBe('date-time');
    expect(proposedType([number(1), number(2)])).toBe('integer');
    expect(proposedType([number(1), number(2.5)])).toBe('decimal');
    expect(proposedType([number(12, '12,00')])).toBe('decimal');
    expect(proposedType([amount, number(3)])).toBe('money');
    expect(proposedType([number(0.12, '12%', 'percent')])).toBe('decimal');
    expect(proposedType([{ value: true, shown: 'VRAI' }])).toBe('yes-no');
    expect(proposedType([day, text('13/03/2021')])).toBe('text');
    expect(proposedType([text('12')])).toBe('text');
    expect(proposedType([{ value: null, shown: '#N/A', failed: true }, day])).toBe('date');
    expect(proposedType([])).toBe('text');
  });
});
