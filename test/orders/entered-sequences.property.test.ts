import fc from 'fast-check';
import { openShop, type Shop } from './rig.ts';

const RUNS = process.env.LIAISON_TEST_SIZE === 'full' ? 400 : 15;

let shop: Shop;
beforeAll(async () => {
  shop = await openShop({ documents: 'order-and-invoice' });
});
afterAll(() => shop.close());

const STATUSES = ['pending', 'on-hold', 'processing', 'completed', 'cancelled'] as const;

/** What happens to one of two orders at the shop, and whether Liaison is told, how often, and with a lost answer. */
const step = fc.record({
  order: fc.constantFrom(0, 0, 0, 1),
  what: fc.oneof(
    fc.record({ status: fc.constantFrom(...STATUSES) }),
    fc.record({ quantity: fc.integer({ min: 1, max: 9 }) }),
    fc.constant('bin' as const),
    fc.constant('refund' as const),
  ),
  told: fc.constantFrom(0, 1, 1, 1, 3),
  loses: fc.constantFrom(null, null, null, 'zoho-books', 'zoho-inventory'),
});

interface ShopOrder {
  readonly status: string;
  readonly date_paid_gmt: string | null;
  readonly total: string;
  readonly line_items: readonly { readonly quantity: number }[];
}
async function orderOf(id: string): Promise<ShopOrder> {
  const { orders = [] } = await shop.sandbox.state('woocommerce');
  return orders.find((row) => String(row.id) === id) as unknown as ShopOrder;
}

/** What there must be of an order, by what Liaison was told of it. */
interface Expected {
  /** Pieces that a sales order keeps. */
  kept: number;
  /** Pieces that an invoice took, and its total. */
  taken: number;
  total: number | null;
}

function seen(
  before: Expected,
  { status, date_paid_gmt: paid, total, line_items: lines }: ShopOrder,
): Expected {
  if (before.total !== null) return before;
  const pieces = lines.reduce((all, { quantity }) => all + quantity, 0);
  const isOver = ['cancelled', 'failed', 'trash'].includes(status);
  if (isOver) return { kept: 0, taken: 0, total: null };
  if (['processing', 'completed'].includes(status) || paid !== null)
    return { kept: 0, taken: pieces, total: Math.round(Number(total) * 100) };
  if (status === 'on-hold' || before.kept > 0) return { kept: pieces, taken: 0, total: null };
  return before;
}

let people = 0;

async function place(): Promise<string> {
  people += 1;
  return shop.place({
    status: 'pending',
    payment_method: 'bacs',
    billing: { first_name: 'Pas', last_name: `Nº ${people}`, email: `pas${people}@exemple.example` },
    line_items: [{ product_id: 10, quantity: 1 + (people % 4) }],
    coupon_lines: people % 2 === 0 ? [] : [{ code: 'bienvenue25' }],
  });
}

it('whatever happens to orders: one sales order that stands, one invoice, and the stock is what was sold', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 8 }), async (steps) => {
      const start = await shop.stock('AFF-A2');
      const ids = [await place(), await place()];
      const expected: Expected[] = ids.map(() => ({ kept: 0, taken: 0, total: null }));
      const tell = async (at: number, times: number): Promise<void> => {
        const topics = Array.from({ length: times }, () => 'order.updated');
        await shop.accept(ids[at] ?? '', ...topics);
        await shop.rig.settled();
        expected[at] = seen(expected[at] as Expected, await orderOf(ids[at] ?? ''));
      };
      for (const { order, what, told, loses } of steps) {
        const number = Number(ids[order]);
        const isBinned = (await orderOf(String(number))).status === 'trash';
        if (what === 'bin') await shop.act({ act: 'bin', order: number });
        else if (what === 'refund')
          await shop.act({ act: 'refund', order: number, amount: '0.50' }).catch(() => {});
        // What is in the bin is taken out of it before it is edited.
        else if ('quantity' in what && isBinned) continue;
        else if ('quantity' in what)
          await shop.act({
            act: 'change',
            order: number,
            fields: { line_items: [{ product_id: 10, quantity: what.quantity }] },
          });
        else await shop.act({ act: 'change', order: number, fields: what });
        if (told === 0) continue;
        const fault = { methods: ['POST'], count: 1, commitThenFail: 'reset' as const };
        if (loses !== null) await shop.sandbox.fault(loses, fault);
        await tell(order, told);
        if (loses !== null) await shop.sandbox.fault(loses, null);
      }
      for (const at of ids.keys()) await tell(at, 1);

      expect((await shop.runs()).filter(({ state }) => state === 'shelved')).toEqual([]);
      const entered = await shop.entered();
      const booked = await shop.booked();
      for (const [at, id] of ids.entries()) {
        const { kept, taken, total } = expected[at] as Expected;
        const standing = entered.filter(
          ({ reference, status }) => reference === shop.reference(id) && status !== 'void',
        );
        expect([standing.length, ...standing.map(({ status }) => status)]).toEqual(
          kept + taken === 0 ? [0] : [1, 'confirmed'],
        );
        const invoices = booked.filter(({ reference }) => reference === shop.reference(id));
        expect(invoices.map((invoice) => [invoice.status, invoice.total])).toEqual(
          total === null ? [] : [['sent', total]],
        );
      }
      const sum = (of: 'kept' | 'taken'): number => expected.reduce((all, one) => all + one[of], 0);
      expect(await shop.stock('AFF-A2')).toEqual({
        hand: start.hand - sum('taken'),
        free: start.free - sum('taken') - sum('kept'),
      });
    }),
    { numRuns: RUNS },
  );
}, 900_000);
