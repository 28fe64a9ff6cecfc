import fc from 'fast-check';
import { decimalOf, decimalsOf, formatMoney, moneyOf } from './money.ts';

describe('money', () => {
  it('writes minor units exactly for two, no and three decimals', () => {
    expect(decimalOf({ minor: 1234, currency: 'EUR' })).toBe('12.34');
    expect(decimalOf({ minor: 5, currency: 'EUR' })).toBe('0.05');
    expect(decimalOf({ minor: 1234, currency: 'JPY' })).toBe('1234');
    expect(decimalOf({ minor: 1230, currency: 'KWD' })).toBe('1.230');
    expect(decimalOf({ minor: -1, currency: 'USD' })).toBe('-0.01');
  });

  it('comes back from its decimal unchanged, whatever the amount and currency', () => {
    const currency = fc.constantFrom('EUR', 'USD', 'JPY', 'KRW', 'KWD', 'TND', 'ISK');
    fc.assert(
      fc.property(
        fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 }),
        currency,
        (minor, code) => {
          expect(moneyOf(decimalOf({ minor, currency: code }), code)).toEqual({
            minor: minor || 0,
            currency: code,
          });
        },
      ),
    );
  });

  it('is carried by a JSON number without any loss', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 99_999_999_999 }),
        fc.constantFrom('EUR', 'JPY', 'KWD'),
        (minor, code) => {
          const sent = JSON.parse(JSON.stringify(Number(decimalOf({ minor, currency: code })))) as number;
          expect(moneyOf(sent.toFixed(decimalsOf(code)), code).minor).toBe(minor);
        },
      ),
    );
  });

  it('refuses what is no amount of the currency', () => {
    expect(() => moneyOf('12.345', 'EUR')).toThrow(RangeError);
    expect(() => moneyOf('1.5', 'JPY')).toThrow(RangeError);
    expect(() => moneyOf('12,34', 'EUR')).toThrow(RangeError);
    expect(() => decimalOf({ minor: 0.5, currency: 'EUR' })).toThrow(RangeError);
  });

  it('is written as the locale does', () => {
    expect(formatMoney({ minor: 1_250_000, currency: 'EUR' }, 'fr-FR')).toBe('12 500,00 €');
    expect(formatMoney({ minor: 4900, currency: 'JPY' }, 'en-GB')).toBe('JP¥4,900');
  });
});
