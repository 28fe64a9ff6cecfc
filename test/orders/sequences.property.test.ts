import fc from 'fast-check';
import { endSessions } from '../postgres/trouble.ts';
import { holdForSequences, wrongWith } from '../sequences/sequences.ts';
import { idsIn, sumsOfBooks, sumsOfShop } from './currency-sums.ts';
import { openShop, type Shop } from './rig.ts';
import { type Deed, SHOPS, type Story } from './shops.ts';
import { KEEPINGS, type Keeping, soldBy } from './sold-pieces.ts';

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
/** What is counted in Inventory of what is sold. */
const CODES = ['AFF-A2', 'CAR-LUM', 'LIV-TYP'] as const;

const step = fc.record({
  what: fc.constantFrom(
    ...[
      'money-came',
      'money-came',
      'goods-went',
      'gave-back',
      'sent-back',
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
        sku: fc.constantFrom(...CODES),
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
  /** What its lot is played with, where it is the first one of it. */
  lot: fc.record({
    keeping: fc.constantFrom<Keeping>('none', 'none', 'documents', 'shop'),
    /** Each step is over before the next one: what must have been booked by then is known. */
    isCalm: fc.constantFrom(false, false, false, true),
  }),
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
function deedOf({ what, back }: Step, { goods }: Order, truth: Truth): Deed | null {
  const { isTaken, isPaid, total, lines, returned } = truth;
  if (what === 'gave-back' || what === 'sent-back') {
    if (!isPaid || total <= 0) return null;
    const amount = 'currency' in goods && goods.currency === 'JPY' ? String(back) : decimal(back * 37);
    const line = lines.find(({ sku, quantity }) => quantity > (returned[sku] ?? 0));
    return what === 'sent-back' && line !== undefined
      ? { is: 'sent-back', amount, line: line.id }
      : { is: 'gave-back', amount };
  }
  // What stands in another currency has no price list that an edit takes prices from.
  if (what === 'one-more' && (isTaken || 'currency' in goods)) return null;
  return DEEDS[what] ?? null;
}

describe.each(SHOPS.map((under) => [under.connector.id, under] as const))('%s', (id, under) => {
  let shop: Shop;
  let known: ReadonlySet<string>;
  beforeAll(async () => {
    shop = await openShop({ refunds: 'refund', account: BANK }, under);
    known = idsIn(await shop.books());
  });
  afterAll(() => shop.close());

  const [MADE, CHANGED] = under.topics;

  /** What happens at the shop in one step of each, and the deliveries that the step makes arrive. */
  async function happen(
    at: number,
    ids: readonly string[],
    { orders, truths }: { orders: readonly Order[]; truths: Truths },
  ): Promise<readonly string[]> {
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
    return deliveries.map(([order]) => order);
  }

  const stock = async () =>
    Object.fromEntries(await Promise.all(CODES.map(async (sku) => [sku, await shop.stock(sku)] as const)));

  /**
   * Which orders must have been booked by what was told of them, and which may have been: told of is what an order is
   * when its delivery arrives, or what it became before all that was told is over.
   */
  function bookable() {
    const [must, may] = [new Set<string>(), new Set<string>()];
    let told = new Map<string, boolean[]>();
    return {
      must,
      may,
      tell(ids: readonly string[], truths: Truths): void {
        for (const id of ids) told.set(id, told.get(id) ?? []);
        for (const [id, states] of told) {
          const { isTaken, isCancelled } = truths(id);
          states.push(isTaken && !isCancelled);
        }
      },
      over(): void {
        for (const [id, states] of told) {
          if (states.includes(true)) may.add(id);
          if (!states.includes(false)) must.add(id);
        }
        told = new Map();
      },
    };
  }

  async function play(orders: readonly Order[]): Promise<(Error | null)[]> {
    const { keeping, isCalm } = orders[0]?.lot ?? { keeping: 'none', isCalm: false };
    shop.set(KEEPINGS[keeping]);
    const stockBefore = await stock();
    const ids: string[] = [];
    for (const one of orders) ids.push(await shop.order(storyOf(one)));
    const longest = Math.max(...orders.map(({ steps }) => steps.length));
    const bookings = bookable();
    let truths = await shop.truths();
    for (let at = 0; at <= longest; at += 1) {
      // What gives money back must have had some by then, and what is edited none.
      const told = await happen(at, ids, { orders, truths });
      truths = await shop.truths();
      bookings.tell(told, truths);
      // In the midst of what the last deliveries began.
      if (at === 2) await endSessions(shop.rig.database);
      if (at === 3 || isCalm) {
        await shop.rig.settled();
        bookings.over();
      }
    }
    // As the look finds them that lost webhooks did not announce.
    await shop.acceptAll(ids.map((id) => [id, CHANGED]));
    bookings.tell(ids, truths);
    await shop.rig.settled();
    bookings.over();
    const booked = Map.groupBy(await shop.booked(), ({ reference }) => reference);
    const books = await shop.books();
    const { creditNotes = [] } = books;
    const wentBack = (id: string): number =>
      creditNotes
        .filter((row) => String(row.reference_number).startsWith(`${shop.reference(id)} refund `))
        .flatMap((row) => (row.refunds ?? []) as { amountMinor: number }[])
        .reduce((sum, { amountMinor }) => sum + amountMinor, 0);
    const ended = ids.map((id, place) => {
      const goods = orders[place]?.goods ?? {};
      const currency = 'currency' in goods ? String(goods.currency) : 'EUR';
      return { truth: truths(id), currency, isInvoiced: booked.has(shop.reference(id)) };
    });
    const stockAfter = await stock();
    const together = wrongWith(() => {
      const invoiced = ended.filter(({ isInvoiced }) => isInvoiced);
      expect(sumsOfBooks(books, known)).toEqual(
        sumsOfShop(invoiced.map(({ truth, currency }) => ({ ...truth, currency }))),
      );
      const moved = CODES.map((sku) => {
        const [before, after] = [stockBefore[sku], stockAfter[sku]];
        return [
          sku,
          {
            hand: Number(after?.hand) - Number(before?.hand),
            free: Number(after?.free) - Number(before?.free),
          },
        ];
      });
      expect([keeping, Object.fromEntries(moved)]).toEqual([keeping, soldBy(keeping, ended, CODES)]);
    });
    known = idsIn(books);
    const wrong = ids.map((id, place) =>
      wrongWith(() => {
        const { truth, currency } = ended[place] ?? { truth: truths(id), currency: '' };
        const { total, isPaid, isCancelled, refunds, refunded } = truth;
        const own = booked.get(shop.reference(id)) ?? [];
        // What was cancelled is booked where it was told of before, and not otherwise.
        expect(own.length).toBeGreaterThanOrEqual(bookings.must.has(id) ? 1 : 0);
        expect(own.length).toBeLessThanOrEqual(bookings.may.has(id) ? 1 : 0);
        const [invoice] = own;
        if (invoice === undefined) return;
        expect([invoice.currency, invoice.total, invoice.paid]).toEqual([
          currency,
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
    return wrong.map((one) => one ?? together);
  }

  it(
    'whatever happens to orders, told of in time, late, twice or not: in the end each is booked once and to the cent',
    () =>
      holdForSequences({ list: 'steps', arbitrary: order, count: COUNTS[id] ?? 0, together: TOGETHER, play }),
    3_600_000,
  );
});
