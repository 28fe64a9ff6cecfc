import fc from 'fast-check';
import { decimalOf, exponentOf, formatMoney, minorOf, toDecimal, toMinor } from './money.ts';

const exponents = fc.constantFrom(0, 2, 3, 4);
const amounts = fc.maxSafeInteger();

describe('money', () => {
  it('comes back from decimal text as the same minor units, for every amount and exponent', () => {
    fc.assert(
      fc.property(amounts, exponents, (minor, exponent) => {
        expect(toMinor(toDecimal(minor, exponent), exponent)).toBe(minor === 0 ? 0 : minor);
      }),
    );
  });

  it('agrees with exact integer arithmetic: no floating point error anywhere', () => {
    fc.assert(
      fc.property(amounts, exponents, (minor, exponent) => {
        const [whole = '0', fraction = ''] = toDecimal(minor, exponent).replace('-', '').split('.');
        const exact = BigInt(whole) * 10n ** BigInt(exponent) + BigInt(fraction === '' ? 0 : fraction);
        expect(minor < 0 ? -exact : exact).toBe(BigInt(minor));
        expect(fraction).toHaveLength(exponent);
      }),
    );
  });

  it.each([
    ['JPY', 0],
    ['krw', 0],
    ['VND', 0],
    ['CLP', 0],
    ['EUR', 2],
    ['CHF', 2],
    ['KWD', 3],
    ['BHD', 3],
    ['OMR', 3],
    ['JOD', 3],
    ['TND', 3],
    ['CLF', 4],
  ])('%s has %d digits after the point', (currency, exponent) => {
    expect(exponentOf(currency)).toBe(exponent);
  });

  it('writes whole, two-digit and three-digit currencies right', () => {
    expect(decimalOf(12500, 'JPY')).toBe('12500');
    expect(decimalOf(5, 'EUR')).toBe('0.05');
    expect(decimalOf(-5, 'EUR')).toBe('-0.05');
    expect(decimalOf(1005, 'KWD')).toBe('1.005');
    expect(minorOf('0.1', 'EUR')).toBe(10);
    expect(minorOf('1.10000', 'EUR')).toBe(110);
  });

  it('never rounds an amount silently', () => {
    expect(() => toMinor('1.005', 2)).toThrow(RangeError);
    expect(() => toMinor('99999999999999999', 2)).toThrow(RangeError);
    expect(() => toDecimal(1.5, 2)).toThrow(RangeError);
    for (const text of ['', '1,5', '1e3', ' 1', '+1', '.5', '1.', 'NaN']) {
      expect(() => toMinor(text, 2)).toThrow(RangeError);
    }
  });

  it('is written as people of the locale do, with plain spaces', () => {
    expect(formatMoney(1_250_050, 'EUR', 'fr-FR')).toBe('12 500,50 €');
    expect(formatMoney(12_500, 'jpy', 'en-GB')).toBe('JP¥12,500');
    expect(formatMoney(1_005, 'KWD', 'en-GB')).toBe('KWD 1.005');
    expect(formatMoney(9_007_199_254_740_991, 'USD', 'en-US')).toBe('$90,071,992,547,409.91');
  });
});
