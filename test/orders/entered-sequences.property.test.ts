import fc from 'fast-check';
import { holdForSequences, wrongWith } from '../sequences/sequences.ts';
import { openShop, type Shop } from './rig.ts';

const COUNT = process.env.LIAISON_TEST_SIZE === 'full' ? 800 : 100;
const TOGETHER = 100;

let shop: Shop;
beforeAll(async () => {
  shop = await openShop({ documents: 'order-and-invoice' });
});
afterAll(() => shop.close());

const STATUSES = ['pending', 'on-hold', 'processing', 'completed', 'cancelled'] as const;

/** What happens to an order at the shop, and whether Liaison is told, how often, and with a lost answer. */
const step = fc.record({
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
async function orders(): Promise<(id: string) => ShopOrder> {
  const { orders: rows = [] } = await shop.sandbox.state('woocommerce');
  const byId = new Map(rows.map((row) => [String(row.id), row]));
  return (id) => byId.get(id) as unknown as ShopOrder;
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

const order = fc.record({ steps: fc.array(step, { maxLength: 8 }) });
type Order = typeof order extends fc.Arbitrary<infer One> ? One : never;
type Step = Order['steps'][number];

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

async function happen(id: string, { what }: Step, isBinned: boolean): Promise<void> {
  const number = Number(id);
  if (what === 'bin') await shop.act({ act: 'bin', order: number });
  else if (what === 'refund')
    await shop.act({ act: 'refund', order: number, amount: '0.50' }).catch(() => {});
  // What is in the bin is taken out of it before it is edited.
  else if ('quantity' in what && isBinned) return;
  else if ('quantity' in what)
    await shop.act({
      act: 'change',
      order: number,
      fields: { line_items: [{ product_id: 10, quantity: what.quantity }] },
    });
  else await shop.act({ act: 'change', order: number, fields: what });
}

/** An order, what there must be of it, and how it stands when Liaison hears of it. */
interface Played {
  readonly id: string;
  expected: Expected;
}

async function tell(told: readonly { order: Played; times: number }[]): Promise<void> {
  await shop.acceptAll(
    told.flatMap(({ order, times }) =>
      Array.from({ length: times }, () => [order.id, 'order.updated'] as const),
    ),
  );
  await shop.rig.settled();
  const now = await orders();
  for (const { order } of told) order.expected = seen(order.expected, now(order.id));
}

/** One step of each, then what is told of it; where one is to lose an answer, the first one that is answered does. */
async function turn(at: number, played: readonly Played[], drawn: readonly Order[]): Promise<void> {
  const before = await orders();
  const told: { order: Played; times: number }[] = [];
  const losing = new Set<string>();
  for (const [place, order] of played.entries()) {
    const one = drawn[place]?.steps[at];
    if (one === undefined) continue;
    await happen(order.id, one, before(order.id).status === 'trash');
    // An edit of what is in the bin does not happen, and is not told.
    if (one.told > 0) told.push({ order, times: one.told });
    if (one.told > 0 && one.loses !== null) losing.add(one.loses);
  }
  for (const vendor of losing)
    await shop.sandbox.fault(vendor, { methods: ['POST'], count: 1, commitThenFail: 'reset' });
  await tell(told);
  for (const vendor of losing) await shop.sandbox.fault(vendor, null);
}

async function play(drawn: readonly Order[]): Promise<(Error | null)[]> {
  const start = await shop.stock('AFF-A2');
  const shelved = async () => (await shop.runs()).filter(({ state }) => state === 'shelved').length;
  const shelvedBefore = await shelved();
  const played: Played[] = [];
  for (const _ of drawn) played.push({ id: await place(), expected: { kept: 0, taken: 0, total: null } });
  for (let at = 0; at < Math.max(...drawn.map(({ steps }) => steps.length)); at += 1)
    await turn(at, played, drawn);
  await tell(played.map((order) => ({ order, times: 1 })));

  const entered = Map.groupBy(await shop.entered(), ({ reference }) => reference);
  const booked = Map.groupBy(await shop.booked(), ({ reference }) => reference);
  const wrong = played.map(({ id, expected: { kept, taken, total } }) =>
    wrongWith(() => {
      const own = entered.get(shop.reference(id)) ?? [];
      expect(own.map(({ status }) => status).filter((status) => status !== 'void')).toEqual(
        kept + taken === 0 ? [] : ['confirmed'],
      );
      const invoices = booked.get(shop.reference(id)) ?? [];
      expect(invoices.map((invoice) => [invoice.status, invoice.total])).toEqual(
        total === null ? [] : [['sent', total]],
      );
    }),
  );
  // What all of them took: it is one pile.
  const sum = (of: 'kept' | 'taken'): number => played.reduce((all, { expected }) => all + expected[of], 0);
  const now = await shop.stock('AFF-A2');
  const pile = wrongWith(() => {
    expect(now).toEqual({
      hand: start.hand - sum('taken'),
      free: start.free - sum('taken') - sum('kept'),
    });
  });
  const isShelved = (await shelved()) > shelvedBefore ? new Error('a run stands on the shelf') : null;
  return wrong.map((one) => one ?? pile ?? isShelved);
}

it(
  'whatever happens to orders: one sales order that stands, one invoice, and the stock is what was sold',
  () => holdForSequences({ list: 'steps', arbitrary: order, count: COUNT, together: TOGETHER, play }),
  900_000,
);
