import { again } from './events.ts';
import { eventOf, type Money, openMoney } from './rig.ts';

/** Accounts in the sandbox's Books. */
const BANK = '48760000000000303';
const STRIPE = '48760000000000305';
const COSTS = '48760000000000313';
const WISHED = { payouts: true, account: STRIPE, bank: BANK };

let money: Money;
beforeAll(async () => {
  money = await openMoney(WISHED);
});
afterAll(() => money.close());
beforeEach(() => money.set({ refunds: 'comment', fees: 'none', ...WISHED }));

interface Payout {
  readonly id: string;
  readonly amount: number;
  readonly arrival_date: number;
}
/** Money that was paid a month ago goes to the bank. */
async function payOut(amountMinor: number): Promise<Payout> {
  const at = Math.floor(Date.now() / 1_000) - 30 * 86_400;
  await money.act({ act: 'pay', email: 'virement@exemple.example', amountMinor, currency: 'eur', at });
  const { payout } = await money.act<{ payout: Payout }>({ act: 'pay-out' });
  await money.announced();
  return payout;
}
const end = async (payout: Payout, status: 'paid' | 'failed') => {
  await money.act({ act: 'end-payout', payout: payout.id, status });
  return money.announced();
};

/** Transfers in Books that a payout became. */
async function transfersOf({ id }: Pick<Payout, 'id'>) {
  return ((await money.books()).transfers ?? [])
    .filter((row) => String(row.reference_number).startsWith(id))
    .map((row) => [row.from_account_id, row.to_account_id, row.amountMinor, row.date]);
}
const dayOf = (seconds: number): string => new Date(seconds * 1_000).toISOString().slice(0, 10);
const lastRun = async () => (await money.runs()).at(-1);

describe('a payout', () => {
  it('that reached the bank is a transfer to it, once, on its day', async () => {
    const payout = await payOut(10_000);
    const [told] = await end(payout, 'paid');
    if (told === undefined) throw new Error('nothing was told');
    await money.playTogether(told, again(told), again(told));
    expect(await transfersOf(payout)).toEqual([[STRIPE, BANK, payout.amount, dayOf(payout.arrival_date)]]);
    expect((await lastRun())?.label).toContain('€');
  });

  it('that fails afterwards goes back, once, and old news of it change nothing', async () => {
    const payout = await payOut(20_000);
    const paid = await end(payout, 'paid');
    await money.play(...paid);
    const failed = await end(payout, 'failed');
    await money.playTogether(...failed, ...failed.map(again));
    await money.play(...paid.map(again));
    const [there, back, ...more] = await transfersOf(payout);
    expect(there?.slice(0, 3)).toEqual([STRIPE, BANK, payout.amount]);
    expect(back?.slice(0, 3)).toEqual([BANK, STRIPE, payout.amount]);
    expect(more).toEqual([]);
  });

  it('that fails goes back also where its transfer was made and the answer was lost', async () => {
    const payout = await payOut(9_000);
    await end(payout, 'paid');
    await money.inBooks('POST', '/banktransactions', {
      transaction_type: 'transfer_fund',
      from_account_id: STRIPE,
      to_account_id: BANK,
      amount: payout.amount / 100,
      date: dayOf(payout.arrival_date),
      reference_number: payout.id,
    });
    const failed = await end(payout, 'failed');
    await money.playTogether(...failed, ...failed.map(again));
    expect((await transfersOf(payout)).map((row) => row.slice(0, 3))).toEqual([
      [STRIPE, BANK, payout.amount],
      [BANK, STRIPE, payout.amount],
    ]);
  });

  it('that fails is not taken back where somebody deleted its transfer, nor where no account is chosen', async () => {
    const payout = await payOut(6_000);
    await money.play(...(await end(payout, 'paid')));
    const { transfers = [] } = await money.books();
    const made = transfers.find(({ reference_number: reference }) => reference === payout.id);
    await money.sandbox.act('zoho-books', { act: 'delete-transfer', transfer: made?.transaction_id });
    const failed = await end(payout, 'failed');
    await money.play(...failed);
    expect(await transfersOf(payout)).toEqual([]);
    money.set({ account: '', bank: '' });
    await money.play(...failed.map(again));
    expect(await transfersOf(payout)).toEqual([]);
    expect(await money.unfinished()).toEqual([]);
  });

  it('played in the sandbox is one, or says that nothing is available yet', async () => {
    const play = async (body: object) => {
      const answer = await fetch(`${money.sandbox.url}/_sandbox/scenarios/stripe-payout`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
    };
    const at = Math.floor(Date.now() / 1_000) - 30 * 86_400;
    await money.act({
      act: 'pay',
      email: 'virement@exemple.example',
      amountMinor: 8_000,
      currency: 'eur',
      at,
    });
    await money.announced();
    const { body } = await play({ fails: true });
    await money.play(...(await money.announced()).toReversed());
    await money.play(...(await money.announced()));
    expect(await transfersOf({ id: String(body.payout) })).toEqual([]);
    await play({});
    const nothing = await play({});
    expect(nothing.status).toBeGreaterThanOrEqual(400);
    await money.announced();
  });

  it('that failed before anybody heard that it was paid makes nothing, in whatever order it is told', async () => {
    const payout = await payOut(5_000);
    const paid = await end(payout, 'paid');
    const failed = await end(payout, 'failed');
    await money.play(...failed, ...paid);
    expect(await transfersOf(payout)).toEqual([]);
  });

  it('by which Stripe takes money from the bank goes the other way', async () => {
    const taken = {
      id: 'po_taken',
      object: 'payout',
      amount: -1_234,
      currency: 'eur',
      status: 'paid',
      arrival_date: 1_793_577_600,
      created: 1_793_577_600,
    };
    await money.play(eventOf('payout.paid', taken));
    expect(await transfersOf(taken)).toEqual([[BANK, STRIPE, 1_234, '2026-11-02']]);
  });

  it('is there once where the answer is lost and lists lag behind', async () => {
    const payout = await payOut(7_000);
    const told = await end(payout, 'paid');
    await money.sandbox.fault('zoho-books', {
      commitThenFail: '500',
      methods: ['POST'],
      path: '/banktransactions$',
      count: 1,
    });
    await money.play(...told);
    await money.sandbox.fault('zoho-books', { lagMs: 600_000 });
    await money.play(...told.map(again));
    await money.sandbox.fault('zoho-books', null);
    expect(await transfersOf(payout)).toHaveLength(1);
  });

  it('waits until both accounts are chosen, and are two', async () => {
    money.set({ bank: STRIPE });
    const payout = await payOut(3_000);
    await money.play(...(await end(payout, 'paid')));
    expect(await lastRun()).toMatchObject({ state: 'shelved', error: { field: 'bank' } });
    money.set({ bank: BANK });
    await money.replayShelved();
    expect(await transfersOf(payout)).toHaveLength(1);
    expect(await money.unfinished()).toEqual([]);
  });
});

it('what nobody wished is not listened to', async () => {
  money.set({ payouts: false });
  const before = (await money.runs()).length;
  const payout = await payOut(4_000);
  await money.play(...(await end(payout, 'paid')));
  expect(await transfersOf(payout)).toEqual([]);
  expect(await money.runs()).toHaveLength(before);
});

it('payments come into the account of the money', async () => {
  await money.act({ act: 'pay', email: 'compte@exemple.example', amountMinor: 4_900, currency: 'eur' });
  await money.play(...(await money.announced()));
  const payment = (await money.books()).payments?.at(-1);
  expect(payment).toMatchObject({ account_id: STRIPE, amountMinor: 4_900 });
});

/** What lies in the account of the money, as Books has it. */
async function inAccount(): Promise<number> {
  const { payments = [], creditNotes = [], expenses = [], transfers = [] } = await money.books();
  const back = creditNotes.flatMap((note) => (note.refunds ?? []) as Record<string, unknown>[]);
  const sum = (rows: readonly Record<string, unknown>[], account: string, amount = 'amountMinor'): number =>
    rows.filter((row) => row[account] === STRIPE).reduce((all, row) => all + Number(row[amount]), 0);
  return (
    sum(payments, 'account_id') -
    sum(payments, 'account_id', 'bankChargesMinor') -
    sum(back, 'from_account_id') -
    sum(expenses, 'paid_through_account_id') -
    sum(transfers, 'from_account_id') +
    sum(transfers, 'to_account_id')
  );
}

it.each(['bankCharges', 'expense'] as const)(
  'a payout of payments, of their fees as %s, and of what went back of them leaves nothing in their account',
  async (fees) => {
    money.set({ refunds: 'refund', fees, feeAccount: COSTS });
    await payOut(1_000);
    const before = await inAccount();
    const at = Math.floor(Date.now() / 1_000) - 30 * 86_400;
    const pay = (amountMinor: number, feeLater: boolean) =>
      money.act<{ charge: { id: string } }>({
        act: 'pay',
        email: 'melange@exemple.example',
        amountMinor,
        currency: 'eur',
        feeLater,
        at,
      });
    const first = await pay(10_000, false);
    const second = await pay(7_777, true);
    const third = await pay(4_321, false);
    await money.act({ act: 'settle-charge', charge: second.charge.id, at });
    await money.act({ act: 'refund', charge: first.charge.id, amountMinor: 3_333, at });
    await money.act({ act: 'refund', charge: third.charge.id, at });
    const { refund } = await money.act({ act: 'refund', charge: second.charge.id, amountMinor: 2_000, at });
    await money.play(...(await money.announced()));
    await money.act({ act: 'end-refund', refund: refund?.id, status: 'failed', at });
    await money.play(...(await money.announced()));
    const left = (await inAccount()) - before;
    const { payout } = await money.act<{ payout: Payout }>({ act: 'pay-out' });
    expect(left).toBe(payout.amount);
    await money.play(...(await end(payout, 'paid')));
    expect(await inAccount()).toBe(before);
    expect(await money.unfinished()).toEqual([]);
  },
);
