import fc from 'fast-check';
import { holdForSequences, wrongWith } from '../sequences/sequences.ts';
import { again } from './events.ts';
import { type Money, openMoney, type StripeEvent } from './rig.ts';

const STRIPE = '48760000000000305';
const COSTS = '48760000000000313';
const COUNT = process.env.LIAISON_TEST_SIZE === 'full' ? 400 : 25;
/** Payments that happen beside each other, as those of many payers do. */
const TOGETHER = 13;
/** What Books may lose the answer of, in each lot of payments: the first of it draws which. */
const LOST = ['/creditnotes', '/customerpayments', '/expenses', '/refunds', null] as const;

let money: Money;
beforeAll(async () => {
  money = await openMoney({ refunds: 'refund', fees: 'bankCharges', account: STRIPE, feeAccount: COSTS });
});
afterAll(() => money.close());

/** A payment, what goes back of it in tenths, and in which order all of it is told. */
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
  order: fc.array(fc.integer(), { minLength: 20, maxLength: 20 }),
  atOnce: fc.integer({ min: 1, max: 4 }),
});
type Story = typeof story extends fc.Arbitrary<infer One> ? One : never;

interface Played {
  readonly intent: string;
  readonly charge: string;
  readonly events: readonly StripeEvent[];
  readonly atOnce: number;
}

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
  const events = (await money.announced()).flatMap((event) => [event, again(event)]);
  const told = events
    .map((event, index) => ({ event, key: one.order[index % one.order.length] ?? 0 }))
    .toSorted((a, b) => a.key - b.key)
    .map(({ event }) => event);
  return { intent: intent.id, charge: charge.id, events: told, atOnce: one.atOnce };
}

async function deliver(stories: readonly Played[]): Promise<void> {
  const left = stories.map(({ events, atOnce }) => ({ events: [...events], atOnce }));
  while (left.some(({ events }) => events.length > 0)) {
    await money.accept(left.flatMap(({ events, atOnce }) => events.splice(0, atOnce)));
    await money.rig.settled();
  }
}

type Row = Record<string, unknown>;
const sum = (rows: readonly Row[], of: (row: Row) => unknown): number =>
  rows.reduce((all, row) => all + Number(of(row)), 0);

/** What is left of a payment, and what was kept of it, as Stripe has it and as Books has it. */
async function cashOf(stories: readonly Played[]) {
  const {
    charges = [],
    refunds = [],
    balance_transactions: balance = [],
  } = await money.sandbox.state('stripe', 'charges', 'refunds', 'balance_transactions');
  const { payments = [], creditNotes = [], expenses = [] } = await money.books();
  return stories.map(({ intent, charge }) => {
    const own = refunds.filter((row) => row.charge === charge);
    const paid = charges.find(({ id }) => id === charge);
    const transaction = balance.find(({ id }) => id === paid?.balance_transaction);
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
        documents: 1,
      },
      books: {
        left: sum(booked, (row) => row.amountMinor) - sum(back, (row) => row.amountMinor),
        kept: sum(booked, (row) => row.bankChargesMinor) + sum(spent, (row) => row.amountMinor),
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
  await deliver(all);
  await money.sandbox.fault('zoho-books', null);
  const unfinished = await money.unfinished();
  const others = wrongWith(() => expect(unfinished).toEqual([]));
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
