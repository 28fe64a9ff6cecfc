import fc from 'fast-check';
import { openShop, type Shop } from './rig.ts';
import { type Deed, SHOPS } from './shops.ts';

/** What may happen to one of two orders, told of or not. */
const step = fc.record({
  order: fc.constantFrom(0, 1),
  what: fc.constantFrom('money-came', 'goods-went', 'gave-back', 'tell', 'tell twice'),
  told: fc.boolean(),
});
const cart = fc.record({
  quantity: fc.integer({ min: 1, max: 40 }),
  sku: fc.constantFrom('AFF-A2', 'CAR-LUM', 'LIV-TYP'),
  percentOff: fc.constantFrom(null, 20, 25),
  fee: fc.integer({ min: 0, max: 999 }),
  shipping: fc.integer({ min: 0, max: 1_299 }),
});
type Cart = typeof cart extends fc.Arbitrary<infer One> ? One : never;

const decimal = (minor: number): string => (minor / 100).toFixed(2);
let people = 0;

function place(shop: Shop, { percentOff, fee, shipping, ...goods }: Cart): Promise<string> {
  people += 1;
  return shop.order({
    ...goods,
    first: 'Suite',
    last: `Nº ${people}`,
    email: `suite${people}@exemple.example`,
    pays: 'by-transfer',
    shipping: decimal(shipping),
    ...(percentOff === null ? {} : { percentOff }),
    ...(fee === 0 ? {} : { fee: decimal(fee) }),
  });
}

const DEEDS: Readonly<Record<string, Deed>> = {
  'money-came': { is: 'money-came' },
  'goods-went': { is: 'goods-went' },
  'gave-back': { is: 'gave-back', amount: '0.50' },
};

describe.each(SHOPS.map((under) => [under.connector.id, under] as const))('%s', (_id, under) => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop({}, under);
  });
  afterAll(() => shop.close());

  const [MADE, CHANGED] = under.topics;

  it('whatever happens to orders, told of in time, late, twice or not: in the end each is booked once and to the cent', async () => {
    await fc.assert(
      fc.asyncProperty(fc.tuple(cart, cart), fc.array(step, { maxLength: 8 }), async (carts, steps) => {
        const ids = [await place(shop, carts[0]), await place(shop, carts[1])];
        for (const { order, what, told } of steps) {
          const id = ids[order] ?? '';
          const deed = DEEDS[what];
          const { isPaid } = await shop.truth(id);
          // What the shop refuses (to be paid twice, to give more back than it got) did not happen.
          if (deed !== undefined && (deed.is !== 'gave-back' || isPaid))
            await shop.deed(id, deed).catch(() => {});
          if (what === 'tell twice') await shop.accept(id, CHANGED, MADE);
          else if (told) await shop.accept(id, CHANGED);
        }
        for (const id of ids) await shop.accept(id, CHANGED);
        await shop.rig.settled();
        const booked = await shop.booked();
        for (const id of ids) {
          const { total, isPaid, isTaken, refunds } = await shop.truth(id);
          const own = booked.filter(({ reference }) => reference === shop.reference(id));
          expect(own).toHaveLength(isTaken ? 1 : 0);
          const [invoice] = own;
          if (invoice === undefined) continue;
          expect([invoice.total, invoice.paid]).toEqual([total, isPaid ? total : 0]);
          expect(Math.abs(invoice.adjustment)).toBeLessThanOrEqual(4);
          expect(invoice.comments).toHaveLength(refunds);
        }
      }),
      { numRuns: 30 },
    );
  }, 120_000);
});
