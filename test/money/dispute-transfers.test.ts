import { ORGANISATION } from '../engine/rig.ts';
import { apart, check, told } from './checked.ts';
import { again, DAY, disputed, disputeMovement, MONDAY, orders, paid } from './events.ts';
import { type Money, openMoney, type StripeEvent } from './rig.ts';
import { shownOver } from './shown-over.ts';

const FULL = process.env.LIAISON_TEST_SIZE === 'full';
/** Accounts in the sandbox's Books. */
const STRIPE = '48760000000000305';
const DISPUTED = '48760000000000315';
const WISHED = { disputes: 'transfer', account: STRIPE, disputed: DISPUTED };

let money: Money;
beforeAll(async () => {
  money = await openMoney(WISHED);
});
afterAll(() => money.close());
beforeEach(() => money.set(WISHED));

const lastRun = async () => (await money.runs()).at(-1);
/** Transfers in Books, by what they are found by. */
async function transfers(...ids: readonly string[]) {
  return ((await money.books()).transfers ?? [])
    .filter((row) => ids.length === 0 || ids.includes(String(row.reference_number)))
    .map((row) => [row.from_account_id, row.to_account_id, row.amountMinor, row.date]);
}
/** What disputes took from the clearing account in Books so far, less what came back. */
async function taken(): Promise<number> {
  const rows = (await money.books()).transfers ?? [];
  const sum = (from: string, to: string) =>
    rows
      .filter((row) => row.from_account_id === from && row.to_account_id === to)
      .reduce((all, row) => all + Number(row.amountMinor), 0);
  return sum(STRIPE, DISPUTED) - sum(DISPUTED, STRIPE);
}

let disputes = 0;
interface Played {
  readonly intent: string;
  readonly dispute: string;
  readonly payment: readonly StripeEvent[];
  readonly events: readonly StripeEvent[];
  /** What the balance lost by it, by Stripe's own word. */
  readonly lost: number;
  readonly transactions: readonly { readonly id: string; readonly net: number; readonly created: number }[];
}

/** A payment at the sandbox's Stripe, and what becomes of it. */
async function play(
  turns: readonly string[],
  wish: { currency?: string; amountMinor?: number; at?: number; part?: number } = {},
): Promise<Played> {
  disputes += 1;
  const { currency = 'eur', amountMinor = 8_000, at = MONDAY, part } = wish;
  const email = `litige${disputes}@exemple.example`;
  const { intent, charge } = await money.act({ act: 'pay', email, amountMinor, currency, at });
  const payment = await money.announced();
  const { dispute } = await money.act({
    act: 'dispute',
    charge: charge?.id,
    at: at + DAY,
    ...(part === undefined ? {} : { amountMinor: part }),
  });
  for (const [step, turn] of turns.entries())
    await money.act({ act: 'turn-dispute', dispute: dispute?.id, turn, at: at + (step + 2) * DAY });
  const { balance_transactions: all = [] } = (await money.sandbox.state('stripe')) as Record<
    string,
    { id: string; net: number; created: number; source: string }[]
  >;
  const transactions = all.filter(({ source }) => source === dispute?.id);
  return {
    intent: intent?.id ?? '',
    dispute: dispute?.id ?? '',
    payment,
    events: await money.announced(),
    lost: transactions.reduce((sum, { net }) => sum - net, 0),
    transactions,
  };
}

describe('a dispute of a payment that is booked', () => {
  it('takes what Stripe withdrew out of the account, with the fee, on the day on which it moved', async () => {
    const { payment, events, transactions } = await play(['withdrawn']);
    await money.play(...payment, ...events);
    const ids = transactions.map(({ id }) => id);
    expect(await transfers(...ids)).toEqual([[STRIPE, DISPUTED, 9_500, '2026-11-04']]);
    // Whichever event came first: it is asked what moved by now.
    const said = (await money.runs()).slice(-events.length).map(({ summary }) => summary?.en ?? '');
    expect(said.filter((text) => text.includes('€95.00 went to the account of disputed money'))).toHaveLength(
      1,
    );
    // Nothing of it is made twice, however often it is told.
    await money.playTogether(...events.map(again), ...events.map(again));
    expect(await transfers(...ids)).toHaveLength(1);
  });

  it('that is won brings it back, with what Stripe gives back of the fee', async () => {
    const { payment, events, transactions, lost } = await play(['withdrawn', 'reinstated', 'won']);
    await money.play(...payment, ...events);
    expect(lost).toBe(0);
    expect(await transfers(...transactions.map(({ id }) => id))).toEqual([
      [STRIPE, DISPUTED, 9_500, '2026-11-04'],
      [DISPUTED, STRIPE, 9_500, '2026-11-05'],
    ]);
  });

  it('that is lost leaves it where it is, and the invoice as it was sent', async () => {
    const { intent, payment, events, transactions } = await play(['withdrawn', 'lost'], { part: 3_000 });
    await money.play(...payment, ...events);
    expect(await transfers(...transactions.map(({ id }) => id))).toEqual([
      [STRIPE, DISPUTED, 4_500, '2026-11-04'],
    ]);
    expect((await money.payments()).filter(({ reference }) => reference === intent)).toMatchObject([
      { amount: 80 },
    ]);
    expect(await money.creditNotes()).toEqual([]);
  });

  it('in another currency moves what it cost in the account’s', async () => {
    const { payment, events, transactions } = await play(['withdrawn'], {
      currency: 'usd',
      amountMinor: 10_000,
    });
    await money.play(...payment, ...events);
    const net = transactions[0]?.net ?? 0;
    expect(await transfers(...transactions.map(({ id }) => id))).toEqual([
      [STRIPE, DISPUTED, -net, '2026-11-04'],
    ]);
    expect(-net).not.toBe(11_500);
  });

  it('that only its events tell of, and in which the fee stays, moves each amount once in every order', async () => {
    for (const [index, order] of orders([0, 1, 2, 3]).entries()) {
      if (!FULL && index % 3 !== 0) continue;
      const [pi, dp] = [`pi_o${index}`, `dp_o${index}`];
      const out = disputeMovement(`txn_o${index}`, -5_000, 1_500, MONDAY + 2 * DAY);
      const back = disputeMovement(`txn_b${index}`, 5_000, 0, MONDAY + 9 * DAY);
      const base = { amount: 5_000, currency: 'eur' };
      const events = [
        paid(pi, { amount: 5_000, amount_received: 5_000 }),
        disputed('funds_withdrawn', pi, dp, { ...base, balance_transactions: [out] }),
        disputed('funds_reinstated', pi, dp, { ...base, balance_transactions: [out, back] }),
        disputed('closed', pi, dp, { ...base, status: 'won', balance_transactions: [out, back] }),
      ].map((event) =>
        event.type.startsWith('charge.dispute')
          ? { ...event, data: { object: { ...event.data.object, payment_intent: pi } } }
          : event,
      );
      const told = order.flatMap((at) => events[at] ?? []);
      await (index % 6 === 0 ? money.play(...told) : money.playTogether(...told, ...told.map(again)));
      expect(await transfers(out.id, back.id)).toHaveLength(2);
      expect((await transfers(out.id)).concat(await transfers(back.id))).toEqual([
        [STRIPE, DISPUTED, 6_500, '2026-11-04'],
        [DISPUTED, STRIPE, 5_000, '2026-11-11'],
      ]);
    }
    expect(await money.unfinished()).toEqual([]);
  });

  it('is there once where the answer is lost and lists lag behind', async () => {
    const { payment, events, transactions } = await play(['withdrawn', 'reinstated']);
    await money.play(...payment);
    await money.sandbox.fault('zoho-books', {
      commitThenFail: '500',
      methods: ['POST'],
      path: '/banktransactions$',
      count: 2,
    });
    await money.play(...events.toReversed());
    await money.sandbox.fault('zoho-books', { lagMs: 600_000 });
    await money.play(...events.map(again));
    await money.sandbox.fault('zoho-books', null);
    expect(await transfers(...transactions.map(({ id }) => id))).toHaveLength(2);
  });
});

describe('what is wished changes', () => {
  it('a dispute whose money was said in words stays so: somebody may have booked it by hand', async () => {
    money.set({ disputes: 'comment' });
    const { dispute, payment, events, transactions } = await play(['withdrawn', 'reinstated', 'won']);
    const until = events.findIndex(({ type }) => type.endsWith('funds_withdrawn')) + 1;
    await money.play(...payment, ...events.slice(0, until));
    money.set({ disputes: 'transfer' });
    await money.play(...events.slice(until), ...events.map(again));
    expect(await transfers(...transactions.map(({ id }) => id))).toEqual([]);
    expect((await lastRun())?.state).toBe('skipped');
    expect(dispute).not.toBe('');
  });

  it('what began as a transfer ends as one, between the accounts of then', async () => {
    const { payment, events, transactions } = await play(['withdrawn', 'reinstated']);
    const until = events.findIndex(({ type }) => type.endsWith('funds_reinstated'));
    // Only the withdrawal is told so far, and Stripe cannot be asked.
    await money.sandbox.fault('stripe', { status: 404, path: '/v1/disputes', methods: ['GET'] });
    await money.play(...payment, ...events.slice(0, until));
    await money.sandbox.fault('stripe', null);
    expect(await transfers(...transactions.map(({ id }) => id))).toHaveLength(1);
    money.set({ disputes: 'comment', account: '', disputed: '' });
    await money.play(...events.slice(until));
    expect(await transfers(...transactions.map(({ id }) => id))).toEqual([
      [STRIPE, DISPUTED, 9_500, '2026-11-04'],
      [DISPUTED, STRIPE, 9_500, '2026-11-05'],
    ]);
  });

  it('what somebody took out of the books by hand does not come back into them', async () => {
    const { payment, events, transactions } = await play(['withdrawn', 'reinstated', 'won']);
    const until = events.findIndex(({ type }) => type.endsWith('funds_reinstated'));
    await money.sandbox.fault('stripe', { status: 404, path: '/v1/disputes', methods: ['GET'] });
    await money.play(...payment, ...events.slice(0, until));
    await money.sandbox.fault('stripe', null);
    const transfer = ((await money.books()).transfers ?? []).at(-1)?.transaction_id;
    await money.sandbox.act('zoho-books', { act: 'delete-transfer', transfer });
    await money.play(...events.slice(until), ...events.map(again));
    expect(await transfers(...transactions.map(({ id }) => id))).toEqual([]);
  });

  it('it waits until both accounts are chosen, and are two', async () => {
    money.set({ disputed: STRIPE });
    const { payment, events, transactions } = await play(['withdrawn']);
    await money.play(...payment, ...events);
    expect(await lastRun()).toMatchObject({ state: 'shelved', error: { field: 'disputed' } });
    money.set({ disputed: DISPUTED });
    await money.replayShelved();
    expect(await transfers(...transactions.map(({ id }) => id))).toHaveLength(1);
    expect(await money.unfinished()).toEqual([]);
  });
});

describe('Money', () => {
  const NOW = Math.floor(Date.now() / 1_000);
  beforeEach(() => money.reset());

  it('says 0.00 of disputes in several currencies, and the clearing account lost what Stripe’s balance lost', async () => {
    const before = await taken();
    let lost = 0;
    for (const [index, turns] of [
      ['withdrawn'],
      ['withdrawn', 'reinstated', 'won'],
      ['withdrawn', 'lost'],
      [],
    ].entries())
      for (const currency of ['eur', 'usd', 'jpy']) {
        const at = NOW - (10 + index) * DAY;
        const one = await play(turns, { currency, at, amountMinor: 7_300 });
        lost += one.lost;
        await money.playTogether(...one.events, ...one.payment, ...one.events.map(again));
      }
    expect(await money.unfinished()).toEqual([]);
    expect((await taken()) - before).toBe(lost);
    const account = await check(money);
    expect(account.error).toBeNull();
    expect(told(account)).toEqual([]);
    for (const [currency, minor] of Object.entries(apart(account)))
      expect([currency, minor]).toEqual([currency, 0]);
    // Nothing of them is said in words only.
    expect((account.result?.days ?? []).map(({ notedMinor }) => notedMinor).filter(Boolean)).toEqual([]);
  });

  it.each([
    ['edited', { act: 'edit-transfer', amountMinor: 8_000 }, ['edited -800 EUR']],
    ['put on another day', { act: 'edit-transfer', date: '2026-01-01' }, ['edited 0 EUR']],
    ['turned round', { act: 'edit-transfer', from: DISPUTED, to: STRIPE }, ['edited -17600 EUR']],
    ['deleted', { act: 'delete-transfer' }, ['deleted -7300 EUR']],
  ])('says that a transfer was %s by hand', async (_what, wish, differences) => {
    const { payment, events } = await play(['withdrawn'], { at: NOW - 9 * DAY, amountMinor: 7_300 });
    await money.play(...payment, ...events);
    const transfer = ((await money.books()).transfers ?? []).at(-1)?.transaction_id;
    expect(told(await check(money))).toEqual([]);
    await money.sandbox.act('zoho-books', { ...wish, transfer });
    expect(told(await check(money))).toEqual(differences);
  });

  it.each([
    ['the way there', 0],
    ['the way back', 1],
  ])(
    'a transfer that somebody deleted, %s, is made anew by the button, once, and by nothing else',
    async (_, which) => {
      const { payment, events, transactions } = await play(['withdrawn', 'reinstated', 'won'], {
        at: NOW - 9 * DAY,
        amountMinor: 7_300,
      });
      await money.play(...payment, ...events);
      const ids = transactions.map(({ id }) => id);
      const before = await transfers(...ids);
      expect(before).toHaveLength(2);
      const gone = ((await money.books()).transfers ?? []).find((row) => row.reference_number === ids[which]);
      await money.sandbox.act('zoho-books', { act: 'delete-transfer', transfer: gone?.transaction_id });
      await money.play(...events.map(again));
      expect(await transfers(...ids)).toHaveLength(1);
      const { id, result } = await check(money);
      const [difference, ...others] = result?.differences ?? [];
      expect([difference?.reason, others.length]).toEqual(['deleted', 0]);
      for (const _press of [1, 2]) {
        await shownOver(money).takeUp(ORGANISATION.id, id, difference?.key ?? '');
        await money.rig.settled();
      }
      expect((await transfers(...ids)).toSorted()).toEqual(before.toSorted());
      expect(told(await check(money))).toEqual([]);
    },
  );
});
