import fc from 'fast-check';
import { openShop, type Shop } from './rig.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

/** What may happen to one of two orders, told of or not. */
const step = fc.record({
  order: fc.constantFrom(0, 1),
  what: fc.constantFrom('pay', 'complete', 'hold', 'refund', 'tell', 'tell twice'),
  told: fc.boolean(),
});
const cart = fc.record({
  quantity: fc.integer({ min: 1, max: 40 }),
  product: fc.constantFrom(10, 11, 12),
  coupon: fc.constantFrom(null, 'noël20', 'bienvenue25'),
  fee: fc.integer({ min: -150, max: 999 }),
  shipping: fc.integer({ min: 0, max: 1_299 }),
});

let people = 0;

type Cart = typeof cart extends fc.Arbitrary<infer One> ? One : never;

async function place({ quantity, product, coupon, fee, shipping }: Cart): Promise<string> {
  people += 1;
  return shop.place({
    status: 'pending',
    payment_method: 'stripe',
    billing: { first_name: 'Suite', last_name: `Nº ${people}`, email: `suite${people}@exemple.example` },
    line_items: [{ product_id: product, quantity }],
    fee_lines: fee === 0 ? [] : [{ name: 'Frais', total: (fee / 100).toFixed(2) }],
    shipping_lines: [{ method_title: 'Colissimo', total: (shipping / 100).toFixed(2) }],
    coupon_lines: coupon === null ? [] : [{ code: coupon }],
  });
}

const STATUSES: Readonly<Record<string, string>> = {
  pay: 'processing',
  complete: 'completed',
  hold: 'on-hold',
};

interface ShopOrder {
  readonly total: string;
  readonly date_paid_gmt: string | null;
  readonly refunds: readonly object[];
}
async function orderOf(id: string): Promise<ShopOrder> {
  const { orders = [] } = await shop.sandbox.state('woocommerce');
  return orders.find((row) => String(row.id) === id) as unknown as ShopOrder;
}

it('whatever happens to orders, told of in time, late, twice or not: in the end each is booked once and to the cent', async () => {
  await fc.assert(
    fc.asyncProperty(fc.tuple(cart, cart), fc.array(step, { maxLength: 8 }), async (carts, steps) => {
      const ids = [await place(carts[0]), await place(carts[1])];
      for (const { order, what, told } of steps) {
        const id = ids[order] ?? '';
        const status = STATUSES[what];
        if (status !== undefined) await shop.act({ act: 'change', order: Number(id), fields: { status } });
        else if (what === 'refund') {
          // What was paid in full gives no more back: the shop refuses it, and nothing happened.
          const { date_paid_gmt: paid } = await orderOf(id);
          if (paid !== null)
            await shop.act({ act: 'refund', order: Number(id), amount: '0.50' }).catch(() => {});
        }
        if (what === 'tell twice') await shop.accept(id, 'order.updated', 'order.created');
        else if (told) await shop.accept(id, 'order.updated');
      }
      for (const id of ids) await shop.accept(id, 'order.updated');
      await shop.rig.settled();
      const booked = await shop.booked();
      for (const id of ids) {
        const { total, date_paid_gmt: paid, refunds } = await orderOf(id);
        const own = booked.filter(({ reference }) => reference === shop.reference(id));
        expect(own).toHaveLength(paid === null ? 0 : 1);
        const [invoice] = own;
        if (invoice === undefined) continue;
        const minor = Math.round(Number(total) * 100);
        expect([invoice.total, invoice.paid]).toEqual([minor, minor]);
        expect(Math.abs(invoice.adjustment)).toBeLessThanOrEqual(4);
        expect(invoice.comments).toHaveLength(refunds.length);
      }
    }),
    { numRuns: 60 },
  );
}, 120_000);
