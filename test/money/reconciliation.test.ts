import { decimalOf } from '../../server/core/money.ts';
import { cancelCheck, moneyAccountsOf } from '../../server/store/money-accounts.ts';
import { ORGANISATION } from '../engine/rig.ts';
import { until } from '../system/liaison-process.ts';
import { apart, check, told } from './checked.ts';
import { type Money, openMoney } from './rig.ts';

const FULL = process.env.LIAISON_TEST_SIZE === 'full';
const EVENTS = FULL ? 500 : 120;
const CURRENCIES = ['eur', 'usd', 'jpy', 'kwd', 'chf'] as const;
const DAY = 86_400;
/** The clearing account in the sandbox's Books. */
const CLEARING = '48760000000000305';

let money: Money;
beforeAll(async () => {
  money = await openMoney();
});
afterAll(() => money.close());
beforeEach(async () => {
  await money.reset();
  money.change({ enabled: true, filter: null });
  money.set({ refunds: 'comment', account: '' });
});

/** Park and Miller's generator: one seed, one story. */
function drawing(seed: number) {
  let drawn = seed;
  const next = (below: number): number => {
    drawn = (drawn * 48_271) % 2_147_483_647;
    return drawn % below;
  };
  return { next, of: <Item>(items: readonly Item[]): Item => items[next(items.length)] as Item };
}

interface Paid {
  readonly charge: string;
  left: number;
  disputed: boolean;
  readonly at: number;
}

/** Random days of a merchant: payments, refunds in part, some of which fail, disputes that go on, payouts. */
async function play(events: number, seed: number): Promise<void> {
  const { next, of } = drawing(seed);
  const now = Math.floor(Date.now() / 1_000);
  const paid: Paid[] = [];
  let at = now - 30 * DAY;
  for (let count = 0; count < events; count += 1) {
    at = Math.min(now - 3_600, at + next(Math.floor((60 * DAY) / events)));
    const open = paid.filter(({ left, disputed }) => left > 0 && !disputed);
    const what = open.length === 0 ? 0 : next(10);
    if (what < 6) {
      const amountMinor = (1 + next(900)) * 100;
      const who = next(12);
      const { charge } = await money.act({
        act: 'pay',
        email: `client${who}@exemple.example`,
        amountMinor,
        currency: of(CURRENCIES),
        at,
        begunAt: at - of([0, 0, 3 * DAY]),
      });
      paid.push({ charge: charge?.id ?? '', left: amountMinor, disputed: false, at });
    } else if (what < 8) {
      const one = of(open);
      const amountMinor = Math.max(100, Math.floor((one.left * (1 + next(4))) / 400) * 100);
      const { refund } = await money.act({ act: 'refund', charge: one.charge, amountMinor, at });
      if (next(4) === 0)
        await money.act({ act: 'end-refund', refund: refund?.id, status: 'failed', at: at + 60 });
      else one.left -= amountMinor;
    } else if (what === 8) {
      const one = of(open);
      one.disputed = true;
      const { dispute } = await money.act({ act: 'dispute', charge: one.charge, at });
      await money.act({ act: 'turn-dispute', dispute: dispute?.id, turn: 'withdrawn', at: at + 60 });
      if (next(2) === 0)
        await money.act({ act: 'turn-dispute', dispute: dispute?.id, turn: 'reinstated', at: at + 120 });
    } else await money.act({ act: 'pay-out', at }).catch(() => null);
  }
}

/** All that was announced reaches Liaison, some of it twice and not in order. */
async function deliver(seed: number): Promise<void> {
  const { next } = drawing(seed);
  const events = await money.announced();
  const twice = events.flatMap((event) =>
    next(5) === 0 ? [event, { ...event, id: `${event.id}again` }] : [event],
  );
  const mixed = twice
    .map((event) => ({ event, key: next(1_000_000) }))
    .sort((one, other) => one.key - other.key);
  await money.playTogether(...mixed.map(({ event }) => event));
}

const pay = (more: object = {}) =>
  money.act({
    act: 'pay',
    email: 'claire@exemple.example',
    amountMinor: 4_900,
    currency: 'eur',
    at: Math.floor(Date.now() / 1_000) - 2 * DAY,
    ...more,
  });

async function bookedId(): Promise<string> {
  const { payments = [] } = (await money.sandbox.state('zoho-books')) as {
    payments?: { payment_id: string }[];
  };
  return payments.at(-1)?.payment_id ?? '';
}
const inBooks = (wish: object): Promise<unknown> => money.sandbox.act('zoho-books', wish);

it(`says 0.00 after ${EVENTS} random events in five currencies, and nothing of it is asked for record by record`, async () => {
  await play(EVENTS, 20_261_129);
  await deliver(7);
  expect(await money.unfinished()).toEqual([]);
  money.asked();
  const account = await check(money);
  expect(account.error).toBeNull();
  expect(told(account)).toEqual([]);
  const sums = apart(account);
  expect(Object.keys(sums).sort()).toEqual(CURRENCIES.map((code) => code.toUpperCase()).sort());
  for (const [currency, minor] of Object.entries(sums))
    expect(decimalOf({ minor, currency })).toBe(decimalOf({ minor: 0, currency }));
  expect(account.openDifferences).toBe(0);
  const { result } = account;
  for (const payout of result?.payouts ?? [])
    expect(payout.minor).toBe(
      payout.paymentsMinor +
        payout.refundsMinor +
        payout.disputesMinor +
        payout.otherMinor -
        payout.feesMinor,
    );
  const movements = result?.movements ?? 0;
  const payouts = result?.payouts.length ?? 0;
  const calls = money.asked();
  // A page of 100 transactions, one of the latest charges, one of payouts, and what each payout consists of.
  expect(calls.stripe).toBeLessThanOrEqual(
    Math.ceil((movements + payouts) / 100) + 3 + 2 * payouts + EVENTS / 100,
  );
  // Currencies, payments and invoices: 200 at once.
  expect(calls['zoho-books']).toBeLessThanOrEqual(1 + 2 * (Math.floor((result?.documents ?? 0) / 200) + 2));
}, 600_000);

it('names what somebody edited in Books, and what was taken back of it', async () => {
  await pay();
  await deliver(1);
  await inBooks({ act: 'edit-payment', payment: await bookedId(), amountMinor: 4_000 });
  const account = await check(money);
  expect(told(account)).toEqual(['edited 900 EUR']);
  expect(account.openDifferences).toBe(1);
  expect(account.result?.differences[0]?.document).toMatchObject({ object: 'zohoBooks.payments' });
  await inBooks({ act: 'edit-payment', payment: await bookedId(), amountMinor: 4_900 });
  expect(told(await check(money))).toEqual([]);
});

it('names a day that was edited to long before, with one call more', async () => {
  await pay();
  await deliver(1);
  await inBooks({ act: 'edit-payment', payment: await bookedId(), date: '2026-01-05' });
  money.asked();
  const account = await check(money);
  expect(told(account)).toEqual(['edited 0 EUR']);
  expect(apart(account)).toEqual({ EUR: 4_900 });
  expect(money.asked()['zoho-books']).toBe(4);
});

it('names a payment that was deleted, and the one whose invoice was voided', async () => {
  await pay();
  await deliver(1);
  await inBooks({ act: 'delete-payment', payment: await bookedId() });
  expect(told(await check(money))).toEqual(['deleted 4900 EUR']);
  const invoice = (await money.invoices()).at(-1)?.invoice_id;
  await inBooks({ act: 'void-invoice', invoice });
  const account = await check(money);
  expect(told(account)).toEqual(['voided 4900 EUR']);
  expect(account.result?.differences[0]?.document).toEqual({ object: 'zohoBooks.invoices', id: invoice });
});

it('names what somebody booked once more by hand', async () => {
  await pay();
  await deliver(1);
  await inBooks({ act: 'book-again', payment: await bookedId() });
  const account = await check(money);
  expect(told(account)).toEqual(['twice -4900 EUR']);
  expect(apart(account)).toEqual({ EUR: -4_900 });
});

it('names what is not booked yet: it is nobody’s concern for some minutes, and somebody’s afterwards', async () => {
  await pay({ at: Math.floor(Date.now() / 1_000) - 60 });
  const young = await check(money);
  expect(told(young)).toEqual(['not-booked 4900 EUR']);
  expect(young.openDifferences).toBe(0);
  await pay({ email: 'other@exemple.example' });
  expect((await check(money)).openDifferences).toBe(1);
});

it('names a refund that nobody carried over, also where an earlier one was', async () => {
  const { charge } = await pay();
  await deliver(1);
  const runsEnded = () =>
    money.rig.database.query(`update runs set finished_at = finished_at - interval '1 hour'`);
  await runsEnded();
  await money.act({ act: 'refund', charge: charge?.id, amountMinor: 1_000 });
  expect(told(await check(money))).toEqual(['refund-not-carried -1000 EUR']);
  await deliver(1);
  const carried = await check(money);
  expect(told(carried)).toEqual([]);
  expect(carried.result?.days.find(({ notedMinor }) => notedMinor !== 0)).toMatchObject({
    notedMinor: -1_000,
  });
  await runsEnded();
  await money.act({ act: 'refund', charge: charge?.id, amountMinor: 500 });
  const again = told(await check(money));
  expect(again).toContain('refund-not-carried -500 EUR');
});

it('a refund that became a credit note is said by it, and named where somebody deleted that', async () => {
  money.set({ refunds: 'refund', account: CLEARING });
  const { charge } = await pay();
  await money.act({
    act: 'refund',
    charge: charge?.id,
    amountMinor: 1_000,
    at: Math.floor(Date.now() / 1_000) - DAY,
  });
  await deliver(1);
  const carried = await check(money);
  expect(told(carried)).toEqual([]);
  expect(carried.result?.days.find(({ books }) => books.refunds !== 0)).toMatchObject({
    books: { payments: 0, refunds: -1_000, disputes: 0 },
    notedMinor: 0,
    differenceMinor: 0,
  });
  const { creditNotes = [] } = await money.sandbox.state('zoho-books');
  await inBooks({ act: 'delete-credit', credit: creditNotes.at(-1)?.creditnote_id });
  expect(told(await check(money))).toEqual(['deleted -1000 EUR']);
});

it('names a currency that Books lacks, with what the run says', async () => {
  await pay({ currency: 'sek', amountMinor: 50_000 });
  await deliver(1);
  const account = await check(money);
  expect(told(account)).toEqual(['currency-missing 50000 SEK']);
  expect(account.result?.differences[0]?.says?.en).toContain('SEK');
  expect(account.result?.differences[0]?.run?.state).toBe('shelved');
});

it('names a fee that Stripe does not know yet, and the payment is no difference', async () => {
  const { charge } = await pay({ feeLater: true });
  await deliver(1);
  const account = await check(money);
  expect(told(account)).toEqual(['fee-unknown 0 EUR']);
  expect([apart(account), account.openDifferences]).toEqual([{ EUR: 0 }, 0]);
  await money.act({ act: 'settle-charge', charge: charge?.id, at: Math.floor(Date.now() / 1_000) - DAY });
  expect(told(await check(money))).toEqual([]);
});

it('names a payment that the filter left out, and one of a time when the integration was off: nobody has to look', async () => {
  money.change({
    filter: {
      filter: { all: [{ field: 'amount', is: 'at-least', value: 100 }] },
      fields: [{ name: 'amount', kind: 'money', titles: { en: 'Amount', fr: 'Montant' } }],
      takes: 'each',
    },
  });
  await pay();
  await deliver(1);
  const account = await check(money);
  expect(told(account)).toEqual(['left-out 4900 EUR']);
  expect(account.result?.differences[0]?.says?.en).toContain('Amount');
  expect(account.openDifferences).toBe(0);
  await money.rig.database.query(`update integration_changes set at = at + interval '89 days'`);
  await pay({ email: 'other@exemple.example' });
  const off = await check(money);
  expect(told(off)).toEqual(['left-out 4900 EUR', 'off 4900 EUR']);
  expect(off.openDifferences).toBe(0);
  await money.rig.database.query(`update integration_changes set at = at - interval '89 days'`);
});

it('Books that do not answer end the check with a sentence, and what was found before stays with its time', async () => {
  await pay();
  await deliver(1);
  const before = await check(money);
  await money.sandbox.fault('zoho-books', { hang: true });
  const after = await check(money, { patienceMs: 300 });
  await money.sandbox.fault('zoho-books', null);
  expect(after.error).toMatchObject({
    side: 'books',
    sentence: { en: 'Zoho Books could not be read: it did not answer in time.' },
  });
  expect([after.checkedAt, after.result]).toEqual([before.checkedAt, before.result]);
  expect([after.begunAt, after.progress]).toEqual([null, null]);
  expect((await check(money)).error).toBeNull();
});

it('a check is cancelled also while a vendor does not answer, and what was found before stays', async () => {
  await pay();
  await deliver(1);
  const before = await check(money);
  await money.sandbox.fault('stripe', { hang: true });
  const checking = check(money);
  await until(async () => (await accountNow()).begunAt !== null);
  await cancelCheck(money.rig.database, ORGANISATION.id, before.id);
  const after = await checking;
  await money.sandbox.fault('stripe', null);
  expect(after.error).toMatchObject({ kind: 'cancelled' });
  expect(after.checkedAt).toEqual(before.checkedAt);
});

it('a process that stops at a check leaves it to the next one', async () => {
  const before = await check(money);
  const stopping = new AbortController();
  await money.sandbox.fault('stripe', { hang: true });
  const checking = check(money, { ending: stopping.signal });
  await until(async () => (await accountNow()).begunAt !== null);
  stopping.abort();
  const left = await checking;
  await money.sandbox.fault('stripe', null);
  expect([left.error, left.checkedAt, left.begunAt === null]).toEqual([null, before.checkedAt, false]);
  expect((await check(money)).begunAt).toBeNull();
});

async function accountNow() {
  const [account] = await moneyAccountsOf(money.rig.database, ORGANISATION.id);
  if (account === undefined) throw new Error('no account');
  return account;
}
