import { LiaisonError } from './errors.ts';
import { currencyCode, isLater, minorUnits } from './movement.ts';

describe('an amount as a provider tells it', () => {
  it('is a whole number of minor units, or none', () => {
    expect([minorUnits(0), minorUnits(4_900), minorUnits(Number.MAX_SAFE_INTEGER)]).toEqual([
      0,
      4_900,
      Number.MAX_SAFE_INTEGER,
    ]);
    expect([minorUnits(undefined), minorUnits(null)]).toEqual([null, null]);
  });

  it.each([
    ['too large to be a number', JSON.parse('1e400')],
    ['a fraction', 49.5],
    ['a text', '4900'],
    ['more digits than are exact', JSON.parse('12345678901234567890')],
    ['less than nothing', -1],
    ['an object', { value: 4_900 }],
    ['a truth', true],
  ])('can never be booked when it is %s', (_name, value) => {
    const thrown = (() => {
      try {
        return minorUnits(value);
      } catch (error) {
        return error;
      }
    })();
    expect(thrown).toBeInstanceOf(LiaisonError);
    expect(thrown).toMatchObject({ kind: 'rejected', retries: false, details: { field: 'amount' } });
  });
});

it('a currency is three letters, or the amount can never be booked', () => {
  expect([currencyCode('eur'), currencyCode(' JPY '), currencyCode(null), currencyCode('')]).toEqual([
    'EUR',
    'JPY',
    null,
    null,
  ]);
  for (const wrong of ['euro', 'e', '€€€']) expect(() => currencyCode(wrong)).toThrow(LiaisonError);
});

it('money on its way back only goes forward', () => {
  expect(isLater('moved', 'pending')).toBe(true);
  expect(isLater('failed', 'moved')).toBe(true);
  expect(isLater('pending', 'failed')).toBe(false);
  expect(isLater('moved', 'moved')).toBe(false);
});
