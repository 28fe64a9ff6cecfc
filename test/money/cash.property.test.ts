import fc from 'fast-check';
import { holdForSequences, wrongWith } from '../sequences/sequences.ts';
import { movedAtStripe, movedInBooks, news, stripeTables } from './balance-sums.ts';
import { again } from './events.ts';
import { type Money, openMoney, type StripeEvent } from './rig.ts';

const STRIPE = '48760000000000305';
const COSTS = '48760000000000313';
const DISPUTED = '48760000000000315';
const BANK = '48760000000000303';
const COUNT = process.env.LIAISON_TEST_SIZE === 'full' ? 400 : 25;
/** Payments that happen beside each other, as those of many payers do. */
const TOGETHER = 13;
/** What Books may lose the answer of, in each lot of payments: the first of it draws which. */
const LOST = [
  '/creditnotes',
  '/customerpayments',
  '/expenses',
  '/refunds',
  '/banktransactions',
  null,
] as const;

const ACCOUNTS = { money: STRIPE, fees: COSTS, disputed: DISPUTED, bank: BANK };

let money: Money;
const [newAtStripe, newInBooks] = [news(), news()];
beforeAll(async () => {
  money = await openMoney({
    ...{ refunds: 'refund', fees: 'bankCharges', account: STRIPE, feeAccount: COSTS },
    ...{ disputes: 'transfer', disputed: DISPUTED, payouts: true, bank: BANK },
  });
  newAtStripe(await stripeTables(money));
  newInBooks(await money.books());
});
afterAll(() => money.close());

/** A payment, what goes back of it and what is disputed in tenths, and in which order all of it is told. */
const story = fc.record({
  currency: fc.constantFrom('eur', 'usd', 'jpy', 'kwd', 'chf'),
  amountMinor: fc.integer({ min: 1_000, max: 99_999 }),
  feeLater: fc.boolean(),
  isSettled: fc.boolean(),
  refunds: fc.array(
    fc.record({
      tenths: fc.integer({ min: 1, max: 3 }),
      status: fc.constantFrom('succeeded', 'pending'),
      end: fc.constantFrom(null, 'succeeded', 'failed'),
    }),
    { maxLength: 3 },
  ),
  /** What becomes of a dispute of what was paid, in tenths of it. */
  dispute: fc.oneof(
    { weight: 2, arbitrary: fc.constant(null) },
    {
      weight: 1,
      arbitrary: fc.record({
        tenths: fc.integer({ min: 1, max: 10 }),
        turns: fc.constantFrom([], ['withdrawn'], ['withdrawn', 'lost'], ['withdrawn', 'reinstated', 'won']),
      }),
    },
  ),
  order: fc.array(fc.integer(), { minLength: 20, maxLength: 20 }),
  atOnce: fc.integer({ min: 1, max: 4 }),
});
type Story = typeof story extends fc.Arbitrary<infer One> ? One : never;

interface Played {
  readonly intent: string;
  readonly charge: string;
  readonly dispute: string | null;
  readonly events: readonly StripeEvent[];
  readonly atOnce: number;
}

const MONTH = 30 * 86_400;
let lots = 0;
let payers = 0;
async function played(one: Story): Promise<Played> {
  payers += 1;
  const { currency, amountMinor, feeLater } = one;
  const email = `caisse${payers}@exemple.example`;
  const { intent, charge } = await money.act<{ intent: { id: string }; charge: { id: string } }>({
    act: 'pay',
    email,
    amountMinor,
    currency,
    feeLater,
    // Long enough ago that it is paid out.
    at: Math.floor(Date.now() / 1_000) - MONTH,
  });
  if (feeLater && one.isSettled) await money.act({ act: 'settle-charge', charge: charge.id });
  for (const { tenths, status, end } of one.refunds) {
    const wish = {
      act: 'refund',
      charge: charge.id,
      amountMinor: Math.floor((amountMinor * tenths) / 10),
      status,
    };
    const { refund } = await money.act(wish);
    if (end !== null && !(status === 'succeeded' && end === 'succeeded'))
      await money.act({ act: 'end-refund', refund: refund?.id, status: end });
  }
  const dispute = one.dispute === null ? null : await disputed(charge.id, amountMinor, one.dispute);
  const events = (await money.announced()).flatMap((event) => [event, again(event)]);
  const told = events
    .map((event, index) => ({ event, key: one.order[index % one.order.length] ?? 0 }))
    .toSorted((a, b) => a.key - b.key)
    .map(({ event }) => event);
  return { intent: intent.id, charge: charge.id, dispute, events: told, atOnce: one.atOnce };
}

async function disputed(
  charge: string,
  amountMinor: number,
  { tenths, turns }: NonNullable<Story['dispute']>,
): Promise<string> {
  const wish = { act: 'dispute', charge, amountMinor: Math.floor((amountMinor * tenths) / 10) };
  const { dispute } = await money.act<{ dispute: { id: string } }>(wish);
  for (const turn of turns) await money.act({ act: 'turn-dispute', dispute: dispute.id, turn });
  return dispute.id;
}

/** What is there by now goes to the bank, which may send it back. */
async function paidOut(isBack: boolean): Promise<{ id: string; amount: number; events: StripeEvent[] }> {
  const { payout } = await money.act<{ payout: { id: string; amount: number } }>({ act: 'pay-out' });
  await money.act({ act: 'end-payout', payout: payout.id, status: 'paid' });
  const events = (await money.announced()).flatMap((event) => [event, again(event)]);
  return { id: payout.id, amount: isBack ? 0 : payout.amount, events };
}

async function deliver(stories: readonly Pick<Played, 'events' | 'atOnce'>[]): Promise<void> {
  const left = stories.map(({ events, atOnce }) => ({ events: [...events], atOnce }));
  while (left.some(({ events }) => events.length > 0)) {
    await money.accept(left.flatMap(({ events, atOnce }) => events.splice(0, atOnce)));
    await money.rig.settled();
  }
}

type Row = Record<string, unknown>;
const sum = (rows: readonly Row[], of: (row: Row) => unknown): number =>
  rows.reduce((all, row) => all + Number(of(row)), 0);

/** What transfers brought to an account, less what they took from it. */
const moved = (transfers: readonly Row[], account: string): number =>
  sum(transfers, (row) => (row.to_account_id === account ? 1 : -1) * Number(row.amountMinor));

/** What is left of a payment, and what was kept of it, as Stripe has it and as Books has it. */
async function cashOf(stories: readonly Played[]) {
  const {
    charges = [],
    refunds = [],
    balance_transactions: balance = [],
  } = await money.sandbox.state('stripe', 'charges', 'refunds', 'balance_transactions');
  const { payments = [], creditNotes = [], expenses = [], transfers = [] } = await money.books();
  return stories.map(({ intent, charge, dispute }) => {
    const own = refunds.filter((row) => row.charge === charge);
    const paid = charges.find(({ id }) => id === charge);
    const transaction = balance.find(({ id }) => id === paid?.balance_transaction);
    const movements = dispute === null ? [] : balance.filter(({ source }) => source === dispute);
    const ids = own.map(({ id }) => id);
    const booked = payments.filter((row) => row.reference_number === intent);
    const notes = creditNotes.filter((row) => ids.includes(row.reference_number as never));
    const back = notes.flatMap((row) => (row.refunds ?? []) as Row[]);
    const spent = expenses.filter((row) => row.reference_number === transaction?.id);
    return {
      stripe: {
        left:
          Number(paid?.amount) -
          sum(
            own.filter(({ status }) => status === 'succeeded'),
            (row) => row.amount,
          ),
        kept: Number(transaction?.fee ?? 0),
        disputed: sum(movements, ({ net }) => -Number(net)),
        documents: 1,
      },
      books: {
        left: sum(booked, (row) => row.amountMinor) - sum(back, (row) => row.amountMinor),
        kept: sum(booked, (row) => row.bankChargesMinor) + sum(spent, (row) => row.amountMinor),
        disputed: moved(
          transfers.filter((row) => movements.some(({ id }) => id === row.reference_number)),
          DISPUTED,
        ),
        documents: booked.length,
      },
      notes: notes.length - new Set(notes.map((row) => row.reference_number)).size,
    };
  });
}

async function play(stories: readonly Story[]): Promise<(Error | null)[]> {
  const all: Played[] = [];
  for (const one of stories) all.push(await played(one));
  const lost = LOST[Math.abs(stories[0]?.order[0] ?? 0) % LOST.length] ?? null;
  if (lost !== null)
    await money.sandbox.fault('zoho-books', {
      commitThenFail: '500',
      methods: ['POST'],
      path: `${lost}$`,
      count: 2,
    });
  lots += 1;
  const isBack = lots % 2 === 0;
  // Told of it is the other way round: that it failed, and then that it had been paid.
  const isTurned = isBack && (stories[0]?.order[1] ?? 0) % 2 === 0;
  const payout = await paidOut(isBack);
  await deliver([...all, { events: isTurned ? [] : payout.events, atOnce: 2 }]);
  if (isBack) {
    await money.act({ act: 'end-payout', payout: payout.id, status: 'failed' });
    const failed = (await money.announced()).flatMap((one) => [one, again(one)]);
    await deliver([{ events: isTurned ? [...failed, ...payout.events] : failed, atOnce: 1 }]);
  }
  await money.sandbox.fault('zoho-books', null);
  const unfinished = await money.unfinished();
  const [atStripe, books] = [await stripeTables(money), await money.books()];
  const { transfers = [] } = books;
  const toBank = transfers.filter((row) => String(row.reference_number).startsWith(payout.id));
  const stripe = movedAtStripe(atStripe, newAtStripe(atStripe));
  const inBooks = movedInBooks(newInBooks(books), ACCOUNTS);
  const others = wrongWith(() => {
    expect(unfinished).toEqual([]);
    expect(moved(toBank, BANK)).toBe(payout.amount);
    expect(inBooks).toEqual(stripe);
  });
  return (await cashOf(all)).map(
    ({ stripe, books, notes }) =>
      wrongWith(() => {
        expect(books).toEqual(stripe);
        expect(notes).toBe(0);
      }) ?? others,
  );
}

it(
  'what is left of every payment, and what was kept of it, is the same in Books as at Stripe, to the unit',
  () => holdForSequences({ list: 'refunds', arbitrary: story, count: COUNT, together: TOGETHER, play }),
  3_600_000,
);
