import fc from 'fast-check';
import { roundedMoneyOf } from '../money.ts';
import { documentLines, sumOf } from './document-lines.ts';
import type { OrderLine } from './order.ts';

const line = (about: Partial<OrderLine>): OrderLine => ({
  kind: 'product',
  name: 'Théière',
  sku: 'TH-001',
  quantity: '1',
  netMinor: 0,
  taxMinor: 0,
  taxPercent: null,
  ...about,
});
const known =
  (...rates: number[]) =>
  (percent: number) =>
    rates.includes(percent);

describe('an order as lines of a document', () => {
  it('is what the customer paid where its own lines are a cent more (10 × 23.90 with tax, 25 % off)', () => {
    const lines = [line({ quantity: '10', netMinor: 14_938, taxMinor: 2_988, taxPercent: 20 })];
    const made = documentLines({ lines, totalMinor: 17_925 }, known(20));
    expect(made).toMatchObject({
      lines: [{ name: '10 × Théière', quantity: '1', unitMinor: 17_926, taxPercent: 20 }],
      roundingMinor: -1,
    });
  });

  it('takes the discount before the tax (net 100, discount 20, tax 10 %)', () => {
    const lines = [line({ netMinor: 8_000, taxMinor: 800, taxPercent: 10 })];
    const made = documentLines({ lines, totalMinor: 8_800 }, known(10));
    expect(made).toMatchObject({ lines: [{ unitMinor: 8_800, taxPercent: 10 }], roundingMinor: 0 });
  });

  it('has fees and shipping, a discount written as a negative fee, and no shipping that costs nothing', () => {
    const lines = [
      line({ name: 'Box', netMinor: 4_500 }),
      line({ kind: 'fee', name: 'Expedite First Box', netMinor: 1_000 }),
      line({ kind: 'fee', name: 'Referral Discount', netMinor: -500 }),
      line({ kind: 'shipping', name: 'Free' }),
    ];
    const made = documentLines({ lines, totalMinor: 5_000 }, known());
    expect(made.lines.map(({ name, unitMinor }) => [name, unitMinor])).toEqual([
      ['Box', 4_500],
      ['Expedite First Box', 1_000],
      ['Referral Discount', -500],
    ]);
    expect(made.roundingMinor).toBe(0);
  });

  it('has a tax that the books do not know as a line of its own, rates that are not told together', () => {
    const lines = [
      line({ netMinor: 1_470, taxMinor: 133 }),
      line({ netMinor: 1_000, taxMinor: 150, taxPercent: 14.975 }),
      line({ netMinor: 1_000, taxMinor: 149, taxPercent: 14.975 }),
    ];
    const made = documentLines({ lines, totalMinor: 3_902 }, known(20));
    expect(made.lines.slice(3)).toMatchObject([
      { kind: 'tax', name: '', unitMinor: 133 },
      { kind: 'tax', name: '14.975', unitMinor: 299 },
    ]);
  });

  it('says in a line what the shop charged or took off and does not itemise', () => {
    const made = documentLines({ lines: [line({ netMinor: 5_000 })], totalMinor: 3_000 }, known());
    expect(made).toMatchObject({ lines: [{}, { kind: 'rest', unitMinor: -2_000 }], roundingMinor: 0 });
    expect(documentLines({ lines: [], totalMinor: 10_000 }, known()).lines).toMatchObject([
      { kind: 'rest', unitMinor: 10_000 },
    ]);
  });

  it('keeps a quantity whose price for one is whole, decimal ones too', () => {
    const lines = [line({ quantity: '0.75', netMinor: 900 }), line({ quantity: '3', netMinor: 1_000 })];
    expect(documentLines({ lines, totalMinor: 1_900 }, known()).lines).toMatchObject([
      { quantity: '0.75', unitMinor: 1_200 },
      { quantity: '1', unitMinor: 1_000, name: '3 × Théière' },
    ]);
  });

  const anyLine = fc.record({
    kind: fc.constantFrom('product', 'shipping', 'fee') as fc.Arbitrary<OrderLine['kind']>,
    name: fc.string(),
    sku: fc.constantFrom(null, 'A'),
    quantity: fc.oneof(
      fc.integer({ min: 0, max: 5_000 }).map(String),
      fc.constantFrom('0.5', '2.25', '1.333'),
    ),
    netMinor: fc.integer({ min: -100_000, max: 10_000_000 }),
    taxMinor: fc.integer({ min: -20_000, max: 2_000_000 }),
    taxPercent: fc.constantFrom(null, 0, 5.5, 20, 14.975),
  });

  it('sums with its rounding to the total, whatever the lines, and the rounding is never more than rounding', () => {
    fc.assert(
      fc.property(
        fc.array(anyLine, { maxLength: 12 }),
        fc.integer({ min: -200_000, max: 200_000 }),
        fc.array(fc.constantFrom(5.5, 20, 14.975)),
        (lines, apart, rates) => {
          const own = lines.reduce((sum, { netMinor, taxMinor }) => sum + netMinor + taxMinor, 0);
          const totalMinor = own + apart;
          const made = documentLines({ lines, totalMinor }, known(...rates));
          expect(sumOf(made.lines) + made.roundingMinor).toBe(totalMinor);
          expect(Math.abs(made.roundingMinor)).toBeLessThanOrEqual(lines.length + 1);
          for (const { taxPercent } of made.lines) expect([null, ...rates]).toContain(taxPercent);
        },
      ),
    );
  });
});

describe('amounts with more decimals than their currency', () => {
  it.each([
    ['149.375', 'EUR', 14_938],
    ['0.588', 'EUR', 59],
    ['-0.735', 'EUR', -74],
    ['-0.004', 'EUR', 0],
    ['1800.4', 'JPY', 1_800],
    ['12.3405', 'KWD', 12_341],
    ['0.99999', 'EUR', 100],
  ])('%s %s is %i', (decimal, currency, minor) => {
    expect(roundedMoneyOf(decimal, currency).minor).toBe(minor);
  });
});

describe('lines whose pieces are taken out of a stock', () => {
  const counted = () => true;

  it('keep their quantity where one costs no whole cent: in two lines a cent apart (10 for 179.25)', () => {
    const lines = [line({ quantity: '10', netMinor: 14_938, taxMinor: 2_988, taxPercent: 20 })];
    const made = documentLines({ lines, totalMinor: 17_925 }, known(20), counted);
    expect(made.lines.map(({ quantity, unitMinor }) => [quantity, unitMinor])).toEqual([
      ['4', 1_792],
      ['6', 1_793],
    ]);
    expect(made.roundingMinor).toBe(-1);
  });

  it('keep a part of a piece, what its price does not come to being rounding', () => {
    const lines = [line({ quantity: '0.75', netMinor: 1_000 })];
    const made = documentLines({ lines, totalMinor: 1_000 }, known(), counted);
    expect(made).toMatchObject({ lines: [{ quantity: '0.75', unitMinor: 1_333 }], roundingMinor: 0 });
  });

  it('come to the total with every piece counted, whatever it costs', () => {
    const anyLine = fc.record({
      pieces: fc.integer({ min: 1, max: 500 }),
      decimals: fc.constantFrom(0, 0, 1, 3),
      netMinor: fc.integer({ min: 0, max: 5_000_000 }),
    });
    fc.assert(
      fc.property(fc.array(anyLine, { minLength: 1, maxLength: 8 }), (asked) => {
        const lines = asked.map(({ pieces, decimals, netMinor }) =>
          line({ quantity: (pieces / 10 ** decimals).toFixed(decimals), netMinor }),
        );
        const totalMinor = asked.reduce((all, { netMinor }) => all + netMinor, 0);
        const made = documentLines({ lines, totalMinor }, known(), counted);
        expect(sumOf(made.lines) + made.roundingMinor).toBe(totalMinor);
        const goods = made.lines.filter(({ kind }) => kind === 'product');
        const count = (of: readonly { readonly quantity: string }[]) =>
          of.reduce((all, { quantity }) => all + Number(quantity), 0);
        expect(count(goods)).toBeCloseTo(count(lines), 6);
      }),
      { numRuns: 200 },
    );
  });
});
