import type { SyncRules } from '../sync/mapping.ts';
import { mergePair } from '../sync/merge.ts';
import { isForeign, priceOf, priceText } from './price.ts';
import { withoutTax, withTax } from './price-tax.ts';

it.each([
  ['23.9', 'EUR', '23.90 EUR'],
  [' 1800 ', 'JPY', '1800 JPY'],
  ['1.5000', 'KWD', '1.500 KWD'],
  ['12.3456', 'EUR', '12.3456 EUR'],
  ['', 'EUR', null],
  ['free', 'EUR', null],
])('%s of %s is written %s', (amount, currency, text) => {
  expect(priceText(amount, currency)).toBe(text);
  if (text !== null) expect(priceOf(text)?.currency).toBe(currency);
});

it('two prices are foreign to each other in two currencies alone', () => {
  expect(isForeign('1.00 EUR', '1.00 USD')).toBe(true);
  expect(isForeign('1.00 EUR', '2.00 EUR')).toBe(false);
  expect(isForeign('1.00 EUR', null)).toBe(false);
});

it.each([
  ['23.90', '20', 'EUR', '19.92'],
  ['34.00', '5.5', 'EUR', '32.23'],
  ['1800', '10', 'JPY', '1636'],
  ['-23.90', '20', 'EUR', '-19.92'],
  ['10', '0', 'EUR', '10'],
])('%s with %s %% of tax in %s is %s without', (gross, percent, currency, net) => {
  expect(withoutTax(gross, percent, currency)).toBe(net);
});

it('every price of a tag comes back to within a cent, and a usual one exactly', () => {
  for (let cents = 1; cents < 2_000; cents += 7) {
    const tag = (cents / 100).toFixed(2);
    const back = Number(withTax(withoutTax(tag, '20', 'EUR'), '20', 'EUR'));
    expect(Math.abs(back - Number(tag))).toBeLessThan(0.011);
  }
  expect(withTax('19.92', '20', 'EUR')).toBe('23.9');
});

it('a price in another currency is written to neither side', () => {
  const rules: SyncRules = {
    fields: [{ left: 'p', right: 'r', kind: 'price', direction: 'both', master: 'left', blank: 'leave' }],
    matchBy: [],
    create: { left: false, right: false },
    remove: { left: 'keep', right: 'keep' },
    country: 'FR',
  };
  const merged = mergePair(rules, null, { p: '10.00 USD' }, { r: '9.00 EUR' });
  expect([merged.toLeft, merged.toRight, merged.conflicts]).toEqual([{}, {}, []]);
  expect(mergePair(rules, null, { p: '10.00 EUR' }, { r: '10.0 EUR' }).toRight).toEqual({});
  expect(mergePair(rules, null, { p: '10.00 EUR' }, { r: '9.00 EUR' }).toRight).toEqual({ r: '10.00 EUR' });
});
