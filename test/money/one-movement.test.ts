import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { again, invoicePaid, orders, paid, payments } from './events.ts';
import { eventOf, type Money, openMoney } from './rig.ts';

let money: Money;
beforeAll(async () => {
  money = await openMoney();
});
afterAll(() => money.close());

const booked = async (...references: string[]) =>
  (await money.payments()).filter(({ reference }) => references.includes(reference));
const sum = (all: readonly { amount: number }[]) => all.reduce((total, { amount }) => total + amount, 0);
const lastRun = async () => (await money.runs()).at(-1);

describe('one movement of money is booked once', () => {
  it('for an invoice of several payments, in every order of its announcements', async () => {
    for (const [index, order] of orders([0, 1, 2]).entries()) {
      const [one, two, invoice] = [`pi_${index}a`, `pi_${index}b`, `in_${index}`];
      const events = [
        invoicePaid(invoice, { amount_paid: 10_000, payments: payments([one, 6_000], [two, 4_000]) }),
        paid(one, { amount: 6_000, amount_received: 6_000 }),
        paid(two, { amount: 4_000, amount_received: 4_000 }),
      ];
      await money.play(...order.flatMap((place) => events[place] ?? []));
      const all = await booked(one, two, invoice);
      expect([order, all.map(({ amount }) => amount).sort()]).toEqual([order, [40, 60]]);
      await money.playTogether(...events.map(again));
      expect(sum(await booked(one, two, invoice))).toBe(100);
    }
  }, 120_000);

  it('for three payments of one invoice that are announced side by side, twice each', async () => {
    const parts = [
      ['pi_s1', 1_000],
      ['pi_s2', 2_500],
      ['pi_s3', 999],
    ] as const;
    const events = [
      invoicePaid('in_s', { amount_paid: 4_499, payments: payments(...parts) }),
      ...parts.map(([id, amount]) => paid(id, { amount, amount_received: amount })),
    ];
    await money.playTogether(...events, ...events.map(again));
    const all = await booked('pi_s1', 'pi_s2', 'pi_s3', 'in_s');
    expect(all.map(({ amount }) => amount).sort()).toEqual([10, 25, 9.99].sort());
  });

  it.each(['first', 'last'])('for a checkout whose receipt invoice is announced %s', async (when) => {
    const id = `pi_receipt_${when}`;
    const payment = paid(id, { amount: 49_900, amount_received: 49_900, currency: 'usd', customer: 'cus_9' });
    const receipt = invoicePaid(`in_receipt_${when}`, {
      amount_paid: 49_900,
      currency: 'usd',
      customer: 'cus_9',
      attempted: false,
      attempt_count: 0,
      payments: { object: 'list', data: [] },
    });
    const session = eventOf('checkout.session.completed', {
      id: `cs_${when}`,
      object: 'checkout.session',
      payment_intent: id,
      invoice: `in_receipt_${when}`,
      amount_total: 49_900,
      currency: 'usd',
      payment_status: 'paid',
      customer: 'cus_9',
      created: 1_793_610_000,
    });
    await money.play(...(when === 'first' ? [receipt, session, payment] : [payment, session, receipt]));
    expect(await booked(id, `in_receipt_${when}`, `cs_${when}`)).toMatchObject([
      { amount: 499, currency: 'USD' },
    ]);
  });

  it('for a payment that Stripe knows to settle more than one invoice: the whole of it, by either', async () => {
    const { intent } = await money.act<{ intent: { id: string } }>({
      act: 'pay',
      email: 'deux.factures@exemple.example',
      amountMinor: 9_000,
      currency: 'eur',
    });
    await money.announced();
    await money.play(
      invoicePaid('in_half_1', { amount_paid: 5_000, payments: payments([intent.id, 5_000]) }),
      invoicePaid('in_half_2', { amount_paid: 4_000, payments: payments([intent.id, 4_000]) }),
    );
    expect(await booked(intent.id, 'in_half_1', 'in_half_2')).toMatchObject([{ amount: 90 }]);
  });

  it('for an invoice of more payments than it carries itself, announced by the invoice alone', async () => {
    const wish = {
      act: 'invoice',
      email: 'douze.fois@exemple.example',
      amountMinor: 12_000,
      currency: 'eur',
    };
    const { id: invoice } = await money.act<{ id: string }>(wish);
    const intents: string[] = [];
    for (let part = 0; part < 12; part += 1) {
      const { intent } = await money.act({ act: 'pay-invoice', invoice, amountMinor: 1_000 });
      intents.push(intent?.id ?? '');
    }
    const announced = (await money.announced()).filter(({ type }) => type === 'invoice.paid');
    await money.play(...announced);
    expect(announced).toHaveLength(1);
    expect(sum(await booked(...intents))).toBe(120);
    expect((await lastRun())?.summary?.fr).toMatch(/^120,00 € de .+ enregistrés\u00a0: factures /);
  });

  it('for an invoice of which nobody could tell the payments, and then its payment', async () => {
    const invoice = invoicePaid('in_blind', { customer: 'cus_blind' });
    const payment = paid('pi_blind', {
      customer: 'cus_blind',
      payment_details: { customer_reference: null, order_reference: 'in_blind' },
    });
    await money.play(invoice, payment);
    expect(await booked('in_blind', 'pi_blind')).toHaveLength(1);
    const other = invoicePaid('in_seen', {});
    await money.play(paid('pi_seen', { payment_details: { order_reference: 'in_seen' } }), other);
    expect(await booked('in_seen', 'pi_seen')).toMatchObject([{ reference: 'pi_seen' }]);
  });

  it('for a charge without an intent', async () => {
    const charge = {
      id: 'ch_alone',
      object: 'charge',
      amount: 1_500,
      amount_captured: 1_500,
      currency: 'eur',
    };
    const event = eventOf('charge.succeeded', {
      ...charge,
      paid: true,
      captured: true,
      created: 1_793_610_000,
    });
    await money.play(event, again(event));
    expect(await booked('ch_alone')).toMatchObject([{ amount: 15 }]);
  });

  it('not at all for a charge that its intent announces', async () => {
    const runs = (await money.runs()).length;
    await money.play(
      eventOf('charge.succeeded', {
        id: 'ch_of',
        object: 'charge',
        amount: 1_500,
        currency: 'eur',
        payment_intent: 'pi_of',
      }),
    );
    expect((await money.runs()).length).toBe(runs);
  });
});

describe('what brought no money through Stripe', () => {
  const file = join(
    import.meta.dirname,
    '../../../shared/payloads/stripe/recorded-invoice-paid-elsewhere.json',
  );

  it.each([
    ['one of today, which says so nowhere', { attempted: false, attempt_count: 0 }],
    ['one whose payments are an empty list', { payments: { object: 'list', data: [] } }],
    ['one of old', { paid: true, paid_out_of_band: true, charge: null, payment_intent: null }],
    [
      'one of old whose intent was given up',
      { paid: true, paid_out_of_band: true, payment_intent: 'pi_given_up' },
    ],
    [
      'one that was paid by a payment record',
      {
        payments: {
          object: 'list',
          data: [
            {
              status: 'paid',
              amount_paid: 4_900,
              payment: { type: 'payment_record', payment_record: 'pr_1' },
            },
          ],
        },
      },
    ],
    ...(existsSync(file) ? [['a recorded one', JSON.parse(readFileSync(file, 'utf8'))] as const] : []),
  ] as const)('is not booked: an invoice that was marked as paid elsewhere, %s', async (name, members) => {
    const [before, contacts] = [await money.payments(), await money.contacts()];
    await money.play(invoicePaid(`in_elsewhere_${name.length}`, members as object));
    expect(await money.payments()).toEqual(before);
    expect(await money.contacts()).toEqual(contacts);
    expect(await lastRun()).toMatchObject({
      state: 'skipped',
      summary: {
        en: expect.stringContaining('paid elsewhere'),
        fr: expect.stringContaining('payée ailleurs'),
      },
    });
  });

  it('is not booked when Stripe itself plays it, while the parts that came through it are', async () => {
    const wish = { act: 'invoice', email: 'partie@exemple.example', amountMinor: 10_000, currency: 'eur' };
    const { id: invoice } = await money.act<{ id: string }>(wish);
    const part = await money.act<{ intent: { id: string } }>({
      act: 'pay-invoice',
      invoice,
      amountMinor: 3_000,
    });
    await money.act({ act: 'mark-paid', invoice });
    await money.play(...(await money.announced()).toReversed());
    expect(await booked(part.intent.id, invoice)).toMatchObject([{ amount: 30 }]);
  });

  it.each([
    ['an invoice of nothing', invoicePaid('in_free', { amount_paid: 0 })],
    ['an intent of nothing', paid('pi_free', { amount: 0, amount_received: 0 })],
    [
      'a checkout of nothing',
      eventOf('checkout.session.completed', {
        id: 'cs_free',
        object: 'checkout.session',
        amount_total: 0,
        currency: 'eur',
        payment_status: 'no_payment_required',
        customer_details: { email: 'gratuit@exemple.example' },
        created: 1_793_610_000,
      }),
    ],
  ])('is not booked, and makes no customer: %s', async (_name, event) => {
    const [before, contacts] = [await money.payments(), await money.contacts()];
    await money.play(event);
    expect(await money.payments()).toEqual(before);
    expect(await money.contacts()).toEqual(contacts);
    expect(await lastRun()).toMatchObject({
      state: 'skipped',
      summary: { fr: expect.stringContaining('nul') },
    });
  });
});

describe('a payment that was booked before this version', () => {
  it('is recognised by its reference and never doubled', async () => {
    const event = paid('pi_carried', { receipt_email: 'ancien@exemple.example' });
    await money.play(event);
    // What the version before did not write.
    await money.rig.database.query(`delete from links`);
    await money.play(again(event), invoicePaid('in_carried', { payments: payments(['pi_carried', 4_900]) }));
    expect(await booked('pi_carried', 'in_carried')).toHaveLength(1);
    expect((await money.invoices()).filter((row) => row.reference_number === 'pi_carried')).toHaveLength(1);
  });
});

describe('what is announced again', () => {
  it('says that nothing had to be done, and marks as found what it did not make', async () => {
    const event = paid('pi_again', { receipt_email: 'encore@exemple.example' });
    await money.play(event, again(event));
    const [first, second] = (await money.runs()).slice(-2);
    const found = (run: typeof first) => run?.steps.filter((step) => step.found).map(({ name }) => name);
    expect(found(first)).toEqual([]);
    expect(found(second)).toEqual(['invoice', 'settlement']);
    expect(second?.summary).toMatchObject({
      en: expect.stringContaining('Already recorded, nothing to do'),
      fr: expect.stringContaining('Déjà enregistré, rien à faire'),
    });
  });
});
