import { sumOf } from './document-lines.ts';
import type { OrderLine, OrderRefund } from './order.ts';
import { creditedRefunds, refundLines } from './refund-lines.ts';

const poster: OrderLine = {
  kind: 'product',
  name: 'Affiche',
  sku: 'AFF',
  quantity: '10',
  netMinor: 14_938,
  taxMinor: 2_988,
  taxPercent: 20,
};
const book: OrderLine = {
  ...poster,
  name: 'Livre',
  sku: 'LIV',
  netMinor: 1_000,
  taxMinor: 55,
  taxPercent: 5.5,
};
const all = () => true;

describe('what the credit note of a refund says', () => {
  it('is what was charged where all of it went back: 179.25, though its lines come to 179.26', () => {
    const lines = refundLines({ lines: [poster], totalMinor: 17_925 }, { lines: [poster] }, 17_925, all);
    expect(sumOf(lines)).toBe(17_925);
    expect(lines.map(({ kind, taxPercent }) => [kind, taxPercent])).toEqual([
      ['product', 20],
      ['rounding', null],
    ]);
  });

  it('is the lines of the refund, at the rates of the order', () => {
    const back = { ...book, netMinor: 500, taxMinor: 28, quantity: '1', taxPercent: null };
    const lines = refundLines({ lines: [poster, book], totalMinor: 18_981 }, { lines: [back] }, 528, all);
    expect(lines).toEqual([expect.objectContaining({ name: 'Livre', unitMinor: 528, taxPercent: 5.5 })]);
  });

  it('is a part of each tax where only an amount is told, to the unit', () => {
    const lines = refundLines({ lines: [poster, book], totalMinor: 18_981 }, {}, 1_001, all);
    expect(sumOf(lines)).toBe(1_001);
    expect(lines.map(({ kind, taxPercent, unitMinor }) => [kind, taxPercent, unitMinor])).toEqual([
      ['refund', 20, 945],
      ['refund', 5.5, 56],
    ]);
  });

  it('bears no tax that the books do not know, and counts whole pieces', () => {
    expect(refundLines({ lines: [poster], totalMinor: 17_926 }, {}, 100, () => false)).toEqual([
      expect.objectContaining({ taxPercent: null, unitMinor: 100 }),
    ]);
    const cloth = { ...poster, quantity: '0.5', netMinor: 1_000, taxMinor: 0, taxPercent: null };
    expect(refundLines({ lines: [cloth], totalMinor: 5_000 }, { lines: [cloth] }, 1_000, all)).toEqual([
      expect.objectContaining({ name: '0.5 × Affiche', quantity: '1', unitMinor: 1_000 }),
    ]);
  });

  it('comes to what went back also of a part of a piece: 2.3 at 0.25 are 0.58', () => {
    const cloth = { ...poster, quantity: '2.3', netMinor: 58, taxMinor: 0, taxPercent: null };
    const lines = refundLines({ lines: [cloth], totalMinor: 5_000 }, { lines: [cloth] }, 58, all, all);
    expect(lines).toEqual([expect.objectContaining({ name: '2.3 × Affiche', unitMinor: 58 })]);
  });

  it('names the pieces that cost nothing, where they come back to a stock, beside each tax’s part', () => {
    const gift = { ...book, quantity: '2', netMinor: 0, taxMinor: 0, taxPercent: null };
    const order = { lines: [poster, book, gift], totalMinor: 18_981 };
    const isGift = ({ quantity }: OrderLine) => quantity === '2';
    const lines = refundLines(order, { lines: [gift] }, 1_001, all, isGift);
    expect(sumOf(lines)).toBe(1_001);
    expect(
      lines.map(({ kind, quantity, unitMinor, isCounted }) => [kind, quantity, unitMinor, isCounted]),
    ).toEqual([
      ['refund', '1', 945, undefined],
      ['refund', '1', 56, undefined],
      ['product', '2', 0, true],
    ]);
    expect(refundLines(order, { lines: [gift] }, 1_001, all)).toHaveLength(2);
  });
});

it('no more is credited than was paid, by whichever refund came last', () => {
  const refund = (id: string, minor: number): OrderRefund => ({ id, minor, reason: '' });
  expect(
    creditedRefunds([refund('12', 5_001), refund('9', 12_925)], 17_925).map(({ minor }) => minor),
  ).toEqual([12_925, 5_000]);
  expect(creditedRefunds([refund('1', 17_926), refund('2', 10)], 17_925).map(({ minor }) => minor)).toEqual([
    17_925, 0,
  ]);
});
