import fc from 'fast-check';
import { endSessions } from '../postgres/trouble.ts';
import { holdForSequences, wrongWith } from '../sequences/sequences.ts';
import { openShop, type Shop } from './rig.ts';
import { type Deed, SHOPS, type Story } from './shops.ts';

const FULL = process.env.LIAISON_TEST_SIZE === 'full';
/** By shop: one that answers by REST is asked with less work than one that answers by GraphQL. */
const COUNTS: Readonly<Record<string, number>> = FULL
  ? { woocommerce: 4_200, shopify: 3_000 }
  : { woocommerce: 615, shopify: 200 };
const TOGETHER = 50;
/** An account in the sandbox's Books that money lies in. */
const BANK = '48760000000000303';
/** How many things happen to an order at most. */
const STEPS = 8;

const step = fc.record({
  what: fc.constantFrom(
    ...[
      'money-came',
      'money-came',
      'goods-went',
      'gave-back',
      'gave-back',
      'one-more',
      'cancelled',
      'nothing',
    ],
  ),
  /** What goes back, in hundredths of the currency, where money does. */
  back: fc.integer({ min: 1, max: 20 }),
  /** Whether, how often and when its webhook arrives: what is late comes with the next ones. */
  told: fc.constantFrom('not', 'once', 'once', 'twice', 'late'),
});
const order = fc.record({
  goods: fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        quantity: fc.integer({ min: 1, max: 40 }),
        sku: fc.constantFrom('AFF-A2', 'CAR-LUM', 'LIV-TYP'),
        percentOff: fc.constantFrom(null, 20, 25),
        taxes: fc.constantFrom('included', 'added'),
      }),
    },
    // Sold abroad, and in each way of taxes.
    {
      weight: 3,
      arbitrary: fc.record({
        currency: fc.constantFrom('EUR', 'USD', 'CHF', 'HUF', 'GBP', 'JPY'),
        price: fc.integer({ min: 1, max: 900 }).map(String),
        taxes: fc.constantFrom('none', 'included', 'added'),
      }),
    },
  ),
  fee: fc.integer({ min: 0, max: 999 }),
  shipping: fc.integer({ min: 0, max: 1_299 }),
  pays: fc.constantFrom('by-transfer', 'authorised', 'at-once'),
  steps: fc.array(step, { maxLength: STEPS }),
});
type Truths = Awaited<ReturnType<Shop['truths']>>;
type Truth = ReturnType<Truths>;
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;
type Order = typeof order extends fc.Arbitrary<infer One> ? One : never;

function decimal(minor: number): string {
  return (minor / 100).toFixed(2);
}

let people = 0;
function storyOf({ goods, fee, shipping, pays }: Order): Story {
  people += 1;
  const person = { first: 'Suite', last: `Nº ${people}`, email: `suite${people}@exemple.example`, pays };
  // What a plugin of currencies wrote has no other lines than its own.
  if ('currency' in goods) return { ...person, foreign: goods };
  const { percentOff, ...own } = goods;
  return {
    ...person,
    ...own,
    shipping: decimal(shipping),
    ...(percentOff === null ? {} : { percentOff }),
    ...(fee === 0 ? {} : { fee: decimal(fee) }),
  };
}

const DEEDS: Readonly<Record<string, Deed>> = {
  'money-came': { is: 'money-came' },
  'goods-went': { is: 'goods-went' },
  'one-more': { is: 'one-more' },
  cancelled: { is: 'cancelled' },
};

/** What somebody does in a step; null where it cannot be done: only what is not sold yet is edited, only what came goes back. */
function deedOf({ what, back }: Step, { goods }: Order, { isTaken, isPaid, total }: Truth): Deed | null {
  if (what === 'gave-back') {
    const minor = 'currency' in goods && goods.currency === 'JPY' ? String(back) : decimal(back * 37);
    return isPaid && total > 0 ? { is: 'gave-back', amount: minor } : null;
  }
  // What stands in another currency has no price list that an edit takes prices from.
  if (what === 'one-more' && (isTaken || 'currency' in goods)) return null;
  return DEEDS[what] ?? null;
}

describe.each(SHOPS.map((under) => [under.connector.id, under] as const))('%s', (id, under) => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop({ refunds: 'refund', account: BANK }, under);
  });
  afterAll(() => shop.close());

  const [MADE, CHANGED] = under.topics;

  /** What happens at the shop in one step of each, and the deliveries that the step makes arrive. */
  async function happen(
    at: number,
    ids: readonly string[],
    { orders, truths }: { orders: readonly Order[]; truths: Truths },
  ): Promise<void> {
    const deliveries: (readonly [string, string])[] = [];
    for (const [place, one] of orders.entries()) {
      const { steps } = one;
      const [step, before] = [steps[at], steps[at - 1]];
      const order = ids[place] ?? '';
      if (before?.told === 'late') deliveries.push([order, CHANGED]);
      if (step === undefined) continue;
      const deed = deedOf(step, one, truths(order));
      // What the shop refuses (to be paid twice, to give more back than it got) did not happen.
      if (deed !== null) await shop.deed(order, deed).catch(() => {});
      if (step.told === 'once' || step.told === 'twice') deliveries.push([order, CHANGED]);
      if (step.told === 'twice') deliveries.push([order, MADE]);
    }
    await shop.acceptAll(deliveries);
  }

  async function play(orders: readonly Order[]): Promise<(Error | null)[]> {
    const ids: string[] = [];
    for (const one of orders) ids.push(await shop.order(storyOf(one)));
    const longest = Math.max(...orders.map(({ steps }) => steps.length));
    let truths = await shop.truths();
    for (let at = 0; at <= longest; at += 1) {
      // What gives money back must have had some by then, and what is edited none.
      truths = await shop.truths();
      await happen(at, ids, { orders, truths });
      // In the midst of what the last deliveries began.
      if (at === 2) await endSessions(shop.rig.database);
      if (at === 3) await shop.rig.settled();
    }
    // As the look finds them that lost webhooks did not announce.
    await shop.acceptAll(ids.map((id) => [id, CHANGED]));
    await shop.rig.settled();
    truths = await shop.truths();
    const booked = Map.groupBy(await shop.booked(), ({ reference }) => reference);
    const { creditNotes = [] } = await shop.books();
    const wentBack = (id: string): number =>
      creditNotes
        .filter((row) => String(row.reference_number).startsWith(`${shop.reference(id)} refund `))
        .flatMap((row) => (row.refunds ?? []) as { amountMinor: number }[])
        .reduce((sum, { amountMinor }) => sum + amountMinor, 0);
    return ids.map((id, place) =>
      wrongWith(() => {
        const goods = orders[place]?.goods ?? {};
        const { total, isPaid, isTaken, isCancelled, refunds, refunded } = truths(id);
        const own = booked.get(shop.reference(id)) ?? [];
        // What was cancelled is booked only where it was told of before.
        if (isCancelled) expect(own.length).toBeLessThanOrEqual(1);
        else expect(own).toHaveLength(isTaken ? 1 : 0);
        const [invoice] = own;
        if (invoice === undefined) return;
        expect([invoice.currency, invoice.total, invoice.paid]).toEqual([
          'currency' in goods ? goods.currency : 'EUR',
          total,
          isPaid ? total : 0,
        ]);
        expect(wentBack(id)).toBe(refunded);
        expect(Math.abs(invoice.adjustment)).toBeLessThanOrEqual(4);
        const [over, others] = [
          invoice.comments.filter((text) => text.includes('(cancelled)')),
          invoice.comments.filter((text) => !text.includes('(cancelled)')),
        ];
        expect(others).toHaveLength(refunds);
        // One that was taken up again may have been told of while it was cancelled.
        if (isCancelled) expect(over).toHaveLength(1);
        else expect(over.length).toBeLessThanOrEqual(1);
      }),
    );
  }

  it(
    'whatever happens to orders, told of in time, late, twice or not: in the end each is booked once and to the cent',
    () =>
      holdForSequences({ list: 'steps', arbitrary: order, count: COUNTS[id] ?? 0, together: TOGETHER, play }),
    3_600_000,
  );
});
