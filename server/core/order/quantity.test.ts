import fc from 'fast-check';
import { millionthsOf, quantityText } from './quantity.ts';

it.each([
  ['2', '2'],
  ['-0.75', '-0.75'],
  ['0.10', '0.1'],
  ['12.', '12'],
  ['-0', '0'],
  ['1.23456789', '1.234567'],
])('%s is written %s', (text, written) => {
  expect(quantityText(millionthsOf(text))).toBe(written);
});

it.each(['', 'two', '1e3', '1,5'])('%j is no quantity', (text) => {
  expect(() => millionthsOf(text)).toThrow(RangeError);
});

it('sums are exact (0.1 and 0.2 are 0.3)', () => {
  expect(quantityText(millionthsOf('0.1') + millionthsOf('0.2'))).toBe('0.3');
  const amount = fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n });
  fc.assert(
    fc.property(amount, amount, (one, other) => {
      const sum = millionthsOf(quantityText(one)) + millionthsOf(quantityText(other));
      expect(sum).toBe(one + other);
    }),
    { numRuns: 200 },
  );
});
