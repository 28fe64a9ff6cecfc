import { withKnownRates } from './known-rates.ts';
import type { OrderLine } from './order.ts';

const line = (netMinor: number, taxMinor: number): OrderLine => ({
  kind: 'product',
  name: 'Abonnement',
  sku: null,
  quantity: '1',
  netMinor,
  taxMinor,
  taxPercent: null,
});
const FRENCH = [20, 10, 5.5, 0];
const rates = (...lines: OrderLine[]) => withKnownRates(lines, FRENCH).map(({ taxPercent }) => taxPercent);

it('a tax that is told as an amount is of the rate of the books that comes to it', () => {
  expect(rates(line(9_999, 2_000), line(333, 18), line(-500, -100), line(100, 10))).toEqual([
    20, 5.5, 20, 10,
  ]);
});

it('one of another rate, or none, has no rate', () => {
  expect(rates(line(10_000, 2_100), line(10_000, 0), line(0, 5))).toEqual([null, null, null]);
});
