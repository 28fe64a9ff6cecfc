import { ORGANISATION } from '../engine/rig.ts';
import { check, told } from './checked.ts';
import { type Money, openMoney } from './rig.ts';
import { shownOver } from './shown-over.ts';

/** Accounts in the sandbox's Books. */
const BANK = '48760000000000303';
const STRIPE = '48760000000000305';
const COSTS = '48760000000000313';
const DISPUTED = '48760000000000315';
const BOOKED = {
  refunds: 'refund',
  disputes: 'transfer',
  fees: 'bankCharges',
  payouts: true,
  account: STRIPE,
  feeAccount: COSTS,
  disputed: DISPUTED,
  bank: BANK,
};
const DAY = 86_400;
const FULL = process.env.LIAISON_TEST_SIZE === 'full';
const EVENTS = FULL ? 500 : 60;
const CURRENCIES = ['eur', 'usd', 'jpy', 'kwd', 'chf'] as const;

let money: Money;
beforeAll(async () => {
  money = await openMoney();
});
afterAll(() => money.close());
beforeEach(async () => {
  await money.reset();
  await money.setSince(BOOKED);
  await money.rig.database.query('delete from money_accounts');
});

const seconds = () => Math.floor(Date.now() / 1_000);
const deliver = async () => money.play(...(await money.announced()));
const inBooks = (wish: object): Promise<unknown> => money.sandbox.act('zoho-books', wish);
const last = async (table: string, id: string): Promise<string> =>
  String((await money.books())[table]?.at(-1)?.[id] ?? '');

interface Paid {
  readonly intent: { readonly id: string };
  readonly charge: { readonly id: string; readonly balance_transaction: string };
}
let payers = 0;
function pay(more: object = {}): Promise<Paid> {
  payers += 1;
  const email = `frais.${payers}@exemple.example`;
  const at = seconds() - 20 * DAY;
  return money.act<Paid>({ act: 'pay', email, amountMinor: 10_000, currency: 'eur', at, ...more });
}
/** All that is available goes to the bank, and is there two days later. */
async function payOut(at = seconds() - 8 * DAY): Promise<{ id: string; amount: number }> {
  const { payout } = await money.act<{ payout: { id: string; amount: number } }>({ act: 'pay-out', at });
  return payout;
}
const end = (payout: { id: string }, status: 'paid' | 'failed', at = seconds() - 6 * DAY) =>
  money.act({ act: 'end-payout', payout: payout.id, status, at });

/** Somebody presses the button of the only difference. */
async function takeUp(): Promise<void> {
  const { id, result } = await check(money);
  await shownOver(money).takeUp(ORGANISATION.id, id, result?.differences[0]?.key ?? '');
  await money.rig.settled();
}
async function totals(): Promise<string[]> {
  const [account] = await shownOver(money).list(ORGANISATION.id);
  return (account?.totals ?? []).map(
    ({ of, currency, differenceMinor }) => `${of} ${currency} ${differenceMinor}`,
  );
}

it(`says 0.00 of what moved, of fees and of payouts after ${EVENTS} random events`, async () => {
  let drawn = 20_261_130;
  const next = (below: number): number => {
    drawn = (drawn * 48_271) % 2_147_483_647;
    return drawn % below;
  };
  const paid: { charge: string; left: number; disputed: boolean }[] = [];
  let at = seconds() - 28 * DAY;
  for (let count = 0; count < EVENTS; count += 1) {
    at = Math.min(seconds() - 3 * DAY, at + next(Math.floor((50 * DAY) / EVENTS)));
    const open = paid.filter(({ left, disputed }) => left > 1_000 && !disputed);
    const one = open[next(Math.max(1, open.length))];
    const what = one === undefined ? 0 : next(10);
    if (one === undefined || what < 5) {
      const amountMinor = (20 + next(900)) * 100;
      const feeLater = next(4) === 0;
      const { charge } = await pay({ amountMinor, currency: CURRENCIES[next(5)], at, feeLater });
      if (feeLater && next(3) > 0) await money.act({ act: 'settle-charge', charge: charge.id, at: at + 60 });
      paid.push({ charge: charge.id, left: amountMinor, disputed: feeLater });
    } else if (what < 7) {
      const amountMinor = Math.floor((one.left * (1 + next(3))) / 400) * 100;
      one.left -= amountMinor;
      if (amountMinor > 0) await money.act({ act: 'refund', charge: one.charge, amountMinor, at });
    } else if (what === 7) {
      one.disputed = true;
      const { dispute } = await money.act({ act: 'dispute', charge: one.charge, at });
      await money.act({ act: 'turn-dispute', dispute: dispute?.id, turn: 'withdrawn', at: at + 60 });
    } else {
      const payout = await payOut(at).catch(() => null);
      if (payout !== null) await end(payout, 'paid', at + 2 * DAY);
      if (payout !== null && next(3) === 0) await end(payout, 'failed', at + 3 * DAY);
    }
  }
  const events = await money.announced();
  const mixed = events.map((event) => ({ event, key: next(1_000_000) }));
  await money.playTogether(...mixed.sort((a, b) => a.key - b.key).map(({ event }) => event));
  expect(await money.unfinished()).toEqual([]);
  money.asked();
  const account = await check(money);
  expect(account.error).toBeNull();
  expect(told(account).filter((one) => !one.startsWith('fee-unknown 0'))).toEqual([]);
  for (const total of await totals()) expect(total).toMatch(/ 0$/);
  const of = (await shownOver(money).list(ORGANISATION.id))[0]?.totals.map((total) => total.of);
  expect(new Set(of)).toEqual(new Set(['movements', 'fees', 'payouts']));
  const { result } = account;
  // Beside the lists: a payment or a transfer by its id, as many as may have been changed, and at most a hundred of each.
  const asked = money.asked()['zoho-books'] ?? 0;
  expect(asked).toBeLessThanOrEqual(6 + paid.length + 2 * (result?.payouts.length ?? 0) + EVENTS);
}, 600_000);

describe('a fee', () => {
  it.each([
    ['edited', { act: 'edit-charges', amountMinor: 100 }, 'edited -75 EUR'],
    ['taken out', { act: 'edit-charges', amountMinor: 0 }, 'deleted -175 EUR'],
  ])('that is bank charges and was %s by hand is named', async (_what, wish, difference) => {
    await pay();
    await deliver();
    expect(told(await check(money))).toEqual([]);
    await inBooks({ ...wish, payment: await last('payments', 'payment_id') });
    const account = await check(money);
    expect(told(account)).toEqual([difference]);
    expect(account.openDifferences).toBe(1);
    expect(account.result?.differences[0]).toMatchObject({ kind: 'fee' });
    expect(account.result?.differences[0]?.document?.object).toBe('zohoBooks.payments');
  });

  it.each([
    ['edited', { act: 'edit-expense', amountMinor: 100 }, ['edited -75 EUR']],
    ['put on another day', { act: 'edit-expense', date: '2026-01-05' }, ['edited 0 EUR']],
    ['deleted', { act: 'delete-expense' }, ['deleted -175 EUR']],
  ])('that is an expense and was %s by hand is named', async (_what, wish, differences) => {
    await money.setSince({ fees: 'expense' });
    await pay();
    await deliver();
    expect(told(await check(money))).toEqual([]);
    await inBooks({ ...wish, expense: await last('expenses', 'expense_id') });
    expect(told(await check(money))).toEqual(differences);
  });

  it.each(['expense', 'bankCharges'])(
    'that was deleted, as %s, is booked again where somebody asks, once',
    async (fees) => {
      await money.setSince({ fees });
      await pay();
      await deliver();
      if (fees === 'expense')
        await inBooks({ act: 'delete-expense', expense: await last('expenses', 'expense_id') });
      else
        await inBooks({ act: 'edit-charges', payment: await last('payments', 'payment_id'), amountMinor: 0 });
      await takeUp();
      expect(told(await check(money))).toEqual([]);
      expect(await money.unfinished()).toEqual([]);
    },
  );

  it('that stands there twice, by hand under the vendor’s id, is named', async () => {
    const { charge } = await pay();
    await deliver();
    await money.inBooks('POST', '/expenses', {
      account_id: COSTS,
      paid_through_account_id: STRIPE,
      amount: 1.75,
      date: new Date(Date.now() - 20 * DAY * 1_000).toISOString().slice(0, 10),
      reference_number: charge.balance_transaction,
    });
    expect(told(await check(money))).toEqual(['twice 175 EUR']);
  });

  it('that nobody told of is booked by the button, and is nothing where no fees were wished', async () => {
    const { charge } = await pay({ feeLater: true, at: seconds() - 2 * DAY });
    await deliver();
    expect(told(await check(money))).toEqual(['fee-unknown 0 EUR']);
    await money.act({ act: 'settle-charge', charge: charge.id, at: seconds() - DAY });
    await money.announced();
    expect(told(await check(money))).toEqual(['not-booked -175 EUR']);
    await takeUp();
    expect(told(await check(money))).toEqual([]);
    await money.setSince({ fees: 'none' });
    await pay();
    await deliver();
    expect(told(await check(money))).toEqual([]);
    const detail = await shownOver(money).get(ORGANISATION.id, (await check(money)).id);
    const day = detail?.fees.find(({ unbookedMinor }) => unbookedMinor > 0);
    expect(day).toMatchObject({ unbookedMinor: 175, differenceMinor: 0, differences: 0 });
  });

  it('of no payment is named once a day until it is entered under its id, and is none of before fees were wished', async () => {
    const at = seconds() - 5 * DAY;
    const fee = (amountMinor: number) =>
      money.act<{ transaction: { id: string } }>({ act: 'own-fee', amountMinor, description: 'Radar', at });
    const { transaction } = await fee(700);
    await fee(300);
    const account = await check(money);
    expect(told(account)).toEqual(['own-fee -1000 EUR']);
    expect(account.openDifferences).toBe(1);
    expect(account.result?.differences[0]?.says?.en).toContain(`Radar ${transaction.id}`);
    await money.inBooks('POST', '/expenses', {
      account_id: COSTS,
      paid_through_account_id: STRIPE,
      amount: 7,
      date: new Date(at * 1_000).toISOString().slice(0, 10),
      reference_number: transaction.id,
    });
    expect(told(await check(money))).toEqual(['own-fee -300 EUR']);
    await money.setSince({ ...BOOKED, fees: 'none' });
    await money.setSince(BOOKED, new Date(Date.now() - 2 * DAY * 1_000));
    expect(told(await check(money))).toEqual([]);
  });

  it('that nobody changed since it was recorded is not asked for', async () => {
    await pay();
    await deliver();
    await check(money);
    money.asked();
    await check(money);
    const withRead = money.asked()['zoho-books'] ?? 0;
    const { query } = money.rig.database;
    await query(`update links set created_at = created_at - interval '30 hours'`);
    await check(money);
    // It was changed after that.
    expect(money.asked()['zoho-books']).toBe(withRead);
    await query(`update links set created_at = now() + interval '1 minute'`);
    await check(money, { now: Date.now() + 2 * DAY * 1_000 });
    expect(money.asked()['zoho-books']).toBe(withRead - 1);
  });
});

describe('a payout', () => {
  const transfer = () => last('transfers', 'transaction_id');

  async function arrived(): Promise<{ id: string; amount: number }> {
    // What the company had on its balance before goes another way, and is not there yet.
    await payOut(seconds() - 9 * DAY);
    await pay();
    const payout = await payOut();
    await end(payout, 'paid');
    return payout;
  }

  it.each([
    ['edited', { act: 'edit-transfer', amountMinor: 9_000 }, 'edited -825 EUR'],
    ['put on another day', { act: 'edit-transfer', date: '2026-01-05' }, 'edited 0 EUR'],
    ['turned round', { act: 'edit-transfer', from: BANK, to: STRIPE }, 'edited -19650 EUR'],
    ['sent elsewhere', { act: 'edit-transfer', to: DISPUTED }, 'edited 0 EUR'],
    ['deleted', { act: 'delete-transfer' }, 'deleted -9825 EUR'],
  ])('whose transfer was %s by hand is named', async (_what, wish, difference) => {
    await arrived();
    await deliver();
    expect(told(await check(money))).toEqual([]);
    await inBooks({ ...wish, transfer: await transfer() });
    const account = await check(money);
    expect(told(account)).toEqual([difference]);
    expect(account.openDifferences).toBe(1);
  });

  it('whose transfer was deleted is booked again where somebody asks, and by nothing else', async () => {
    await arrived();
    const events = await money.announced();
    await money.play(...events);
    await inBooks({ act: 'delete-transfer', transfer: await transfer() });
    await money.play(...events.map((event) => ({ ...event, id: `${event.id}_again` })));
    expect(told(await check(money))).toEqual(['deleted -9825 EUR']);
    await takeUp();
    expect(told(await check(money))).toEqual([]);
  });

  it('that nobody told of is named, and booked by the button', async () => {
    await arrived();
    await money.play(...(await money.announced()).filter(({ type }) => !type.startsWith('payout.')));
    expect(told(await check(money))).toEqual(['not-booked -9825 EUR']);
    await takeUp();
    expect(told(await check(money))).toEqual([]);
  });

  it('that was booked once more by hand is named', async () => {
    const { amount } = await arrived();
    await deliver();
    await money.inBooks('POST', '/banktransactions', {
      transaction_type: 'transfer_fund',
      from_account_id: STRIPE,
      to_account_id: BANK,
      amount: amount / 100,
      date: new Date(Date.now() - 5 * DAY * 1_000).toISOString().slice(0, 10),
    });
    expect(told(await check(money))).toEqual(['twice 9825 EUR']);
  });

  it('that failed is back: no difference, until the way back is deleted; one whose transfer was taken out is none', async () => {
    const payout = await arrived();
    await deliver();
    await end(payout, 'failed', seconds() - 4 * DAY);
    const failed = await money.announced();
    expect(told(await check(money))).toEqual(['not-booked 9825 EUR']);
    await money.play(...failed);
    expect(told(await check(money))).toEqual([]);
    await inBooks({ act: 'delete-transfer', transfer: await transfer() });
    expect(told(await check(money))).toEqual(['deleted 9825 EUR']);
    await inBooks({ act: 'delete-transfer', transfer: await transfer() });
    expect(told(await check(money))).toEqual([]);
  });

  it('that was made before the days that are read and fails within them is looked at: both ways stand in the books', async () => {
    await pay({ at: seconds() - 60 * DAY });
    const payout = await payOut(seconds() - 45 * DAY);
    await end(payout, 'paid', seconds() - 43 * DAY);
    await deliver();
    expect(told(await check(money))).toEqual([]);
    await end(payout, 'failed', seconds() - 4 * DAY);
    const failed = await money.announced();
    expect(told(await check(money))).toEqual([`not-booked ${payout.amount} EUR`]);
    await money.play(...failed);
    expect(told(await check(money))).toEqual([]);
    await inBooks({ act: 'delete-transfer', transfer: await transfer() });
    expect(told(await check(money))).toEqual([`deleted ${payout.amount} EUR`]);
    await takeUp();
    expect(told(await check(money))).toEqual([]);
  });

  it('of before they were wished is no difference, nor one while they are not; nobody is asked for any', async () => {
    await arrived();
    await money.play(...(await money.announced()).filter(({ type }) => !type.startsWith('payout.')));
    await money.setSince({ ...BOOKED, payouts: false });
    await money.setSince(BOOKED, new Date(Date.now() - 2 * DAY * 1_000));
    expect(told(await check(money))).toEqual([]);
    await money.setSince({ ...BOOKED, payouts: false });
    const account = await check(money);
    expect(told(account)).toEqual([]);
    expect((await totals()).filter((total) => total.startsWith('payouts'))).toEqual([]);
  });
});
