import { DAY, MONDAY, paid } from './events.ts';
import { type Money, openMoney, type StripeEvent } from './rig.ts';

/** Accounts in the sandbox's Books. */
const STRIPE = '48760000000000305';
const COSTS = '48760000000000313';
const CHARGES = { fees: 'bankCharges', account: STRIPE, feeAccount: COSTS };

let money: Money;
beforeAll(async () => {
  money = await openMoney(CHARGES);
});
afterAll(() => money.close());
beforeEach(() => money.set(CHARGES));

interface Paid {
  readonly intent: { readonly id: string };
  readonly charge: { readonly id: string; readonly balance_transaction: string | null };
}
let payers = 0;
async function pay(amountMinor: number, more: object = {}): Promise<Paid> {
  payers += 1;
  return money.act<Paid>({
    act: 'pay',
    email: `frais${payers}@exemple.example`,
    amountMinor,
    currency: 'eur',
    ...more,
  });
}

/** What Books says of the payment's fee: its bank charges, and expenses, in minor units. */
async function feeOf({ intent, charge }: Paid) {
  const { payments = [], expenses = [], invoices = [] } = await money.books();
  const own = payments.filter(({ reference_number: reference }) => reference === intent.id);
  const { charges = [] } = await money.sandbox.state('stripe');
  const transaction = charges.find(({ id }) => id === charge.id)?.balance_transaction;
  return {
    charges: own.map(({ bankChargesMinor }) => bankChargesMinor),
    into: own.map(({ account_id }) => account_id),
    spent: expenses
      .filter(({ reference_number: reference }) => reference === transaction)
      .map(({ amountMinor, account_id, paid_through_account_id }) => [
        amountMinor,
        account_id,
        paid_through_account_id,
      ]),
    isPaid: invoices
      .filter(({ reference_number: reference }) => reference === intent.id)
      .every(({ paidMinor, totalMinor }) => paidMinor === totalMinor),
  };
}
const charged = (...minor: number[]) => ({ charges: minor, into: [STRIPE], spent: [], isPaid: true });
const spent = (minor: number) => ({
  charges: [0],
  into: [STRIPE],
  spent: [[minor, COSTS, STRIPE]],
  isPaid: true,
});

/** Somebody writes bank charges on the payment in Books. */
async function chargeByHand({ intent }: Paid, bankCharges: number): Promise<void> {
  const { payments = [] } = await money.books();
  const id = payments.find(({ reference_number: reference }) => reference === intent.id)?.payment_id;
  const { payment } = await money.inBooks('GET', `/customerpayments/${id}`);
  await money.inBooks('PUT', `/customerpayments/${id}`, {
    ...payment,
    account_id: STRIPE,
    bank_charges: bankCharges,
  });
}

/** Days on which expenses of the payment's fee stand. */
async function daysOf({ charge }: Paid) {
  const { charges = [] } = await money.sandbox.state('stripe');
  const transaction = charges.find(({ id }) => id === charge.id)?.balance_transaction;
  const { expenses = [] } = await money.books();
  return expenses
    .filter(({ reference_number: reference }) => reference === transaction)
    .map(({ date }) => date);
}

/** Each event again, under another number. */
const doubled = (events: readonly StripeEvent[]) =>
  events.flatMap((event) => [event, { ...event, id: `${event.id}_again` }]);

describe('the fee of a payment', () => {
  it('is its bank charges, in the call that makes the payment', async () => {
    const made = await pay(10_000);
    const before = (await money.ledger('zoho-books')).length;
    await money.playTogether(...doubled(await money.announced()));
    expect(await feeOf(made)).toEqual(charged(175));
    const written = (await money.ledger('zoho-books')).slice(before).map(({ object }) => object);
    expect(written.filter((object) => object === 'customerpayment')).toHaveLength(1);
    expect((await money.runs()).map(({ summary }) => summary?.fr)).toContainEqual(
      expect.stringContaining('Frais de 1,75 €\u00a0: frais bancaires du règlement.'),
    );
  });

  it('that is told later is added to the payment, once', async () => {
    const made = await pay(10_000, { feeLater: true });
    await money.play(...(await money.announced()));
    expect(await feeOf(made)).toEqual(charged(0));
    expect((await money.runs()).at(-1)?.summary?.en).toContain('not known yet');
    await money.act({ act: 'settle-charge', charge: made.charge.id });
    const [told] = await money.announced();
    if (told === undefined) throw new Error('nothing was told');
    await money.playTogether(told, { ...told, id: `${told.id}_1` }, { ...told, id: `${told.id}_2` });
    expect(await feeOf(made)).toEqual(charged(175));
    // What somebody wrote there since stays.
    await chargeByHand(made, 2.5);
    await money.play({ ...told, id: `${told.id}_3` });
    expect(await feeOf(made)).toEqual(charged(250));
  });

  it('that somebody wrote there before it is told stays as it was written', async () => {
    const made = await pay(10_000, { feeLater: true });
    await money.play(...(await money.announced()));
    await chargeByHand(made, 2.5);
    await money.act({ act: 'settle-charge', charge: made.charge.id });
    await money.play(...(await money.announced()));
    expect(await feeOf(made)).toEqual(charged(250));
  });

  it('that is told before its payment is recorded with it', async () => {
    const made = await pay(10_000, { feeLater: true });
    const booked = await money.announced();
    await money.act({ act: 'settle-charge', charge: made.charge.id });
    const told = await money.announced();
    await money.play(...told);
    expect(await feeOf(made)).toMatchObject({ charges: [] });
    await money.play(...booked);
    expect(await feeOf(made)).toEqual(charged(175));
  });

  it('in another currency than the payment is an expense in its own', async () => {
    const made = await pay(10_000, { currency: 'usd' });
    await money.play(...(await money.announced()));
    expect(await feeOf(made)).toEqual(spent(163));
    expect((await money.runs()).at(-1)?.summary?.fr).toContain('Frais de 1,63 €\u00a0: une dépense.');
  });

  it.each(['jpy', 'kwd', 'chf'])('of a payment in %s is known to the unit', async (currency) => {
    const made = await pay(20_000, { currency });
    await money.play(...(await money.announced()));
    const fee = await feeOf(made);
    const { balance_transactions: all = [] } = await money.sandbox.state('stripe');
    const transaction = all.find(({ source }) => source === made.charge.id);
    expect(fee).toEqual(spent(Number(transaction?.fee)));
  });

  it('is an expense where that is wished, once, though its answer is lost and lists lag behind', async () => {
    money.set({ fees: 'expense' });
    const made = await pay(10_000);
    const events = await money.announced();
    await money.sandbox.fault('zoho-books', {
      commitThenFail: '500',
      methods: ['POST'],
      path: '/expenses$',
      count: 1,
    });
    await money.play(...doubled(events));
    await money.sandbox.fault('zoho-books', null);
    expect(await feeOf(made)).toEqual(spent(175));
  });

  it.each(['after', 'before'] as const)(
    'of a debit stands on the day on which Stripe took it, be it told %s its payment',
    async (order) => {
      money.set({ fees: 'expense' });
      const made = await pay(10_000, { feeLater: true, begunAt: MONDAY - 7 * DAY, at: MONDAY });
      const booked = await money.announced();
      await money.act({ act: 'settle-charge', charge: made.charge.id, at: MONDAY + DAY });
      const told = await money.announced();
      await money.play(...(order === 'after' ? [...booked, ...told] : [...told, ...booked]));
      expect(await daysOf(made)).toEqual(['2026-11-03']);
    },
  );

  it('that was kept without its day, as earlier versions did, stands on the day of the payment', async () => {
    money.set({ fees: 'expense' });
    const made = await pay(10_000, { feeLater: true });
    await money.announced();
    await money.act({ act: 'settle-charge', charge: made.charge.id });
    await money.play(...(await money.announced()));
    // Of a payment that Stripe does not know any more, so that the fee is known from there alone.
    await money.rig.database.query(
      `update early_facts set subject = 'pi_kept_before', fact = jsonb_build_object(
         'kind', 'fee', 'currency', 'EUR', 'movedAt', '2026-10-26T09:00:00.000Z', 'fee', (fact->'fee') - 'at')
       where subject = $1`,
      [made.intent.id],
    );
    await money.play(paid('pi_kept_before'));
    expect(await daysOf(made)).toEqual(['2026-11-02']);
  });

  it('is not demanded any more once fees are switched off', async () => {
    money.set({ fees: 'expense', feeAccount: '' });
    const made = await pay(10_000);
    await money.play(...(await money.announced()));
    expect((await money.runs()).at(-1)?.state).toBe('shelved');
    money.set({ fees: 'none' });
    await money.replayShelved();
    expect(await money.unfinished()).toEqual([]);
    expect(await feeOf(made)).toMatchObject({ isPaid: true, charges: [0], spent: [] });
  });

  it('waits on the shelf where no account is chosen for it, and the payment is booked all the same', async () => {
    money.set({ fees: 'expense', feeAccount: '' });
    const made = await pay(10_000);
    await money.play(...(await money.announced()));
    expect(await feeOf(made)).toMatchObject({ isPaid: true, spent: [] });
    expect((await money.runs()).filter(({ state }) => state === 'shelved')).toHaveLength(1);
    money.set({ feeAccount: COSTS });
    await money.replayShelved();
    expect(await feeOf(made)).toEqual(spent(175));
  });
});

describe('a fee that nobody asked for', () => {
  it('is not recorded for payments of before, whatever is told of them', async () => {
    money.set({ fees: 'none' });
    const made = await pay(10_000, { feeLater: true });
    await money.play(...(await money.announced()));
    money.set({ fees: 'bankCharges' });
    await money.act({ act: 'settle-charge', charge: made.charge.id });
    await money.play(...(await money.announced()));
    expect(await feeOf(made)).toEqual(charged(0));
  });
});
