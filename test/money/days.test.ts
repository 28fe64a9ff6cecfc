import { DAY, invoicePaid, MONDAY, paid, payments } from './events.ts';
import { eventOf, type Money, openMoney } from './rig.ts';

let money: Money;
beforeAll(async () => {
  money = await openMoney();
});
afterAll(() => money.close());

const dateOf = async (reference: string) =>
  (await money.payments()).find((one) => one.reference === reference)?.date;

describe('a payment is booked on the day on which its money moved, where the organisation is', () => {
  it('not on the one on which its intent was made: a debit takes a week', async () => {
    const members = { created: MONDAY, payment_method_types: ['sepa_debit'] };
    const charged = {
      ...members,
      latest_charge: { id: 'ch_S', object: 'charge', created: MONDAY + 7 * DAY },
    };
    await money.play(
      eventOf('payment_intent.succeeded', paid('pi_S', charged).data.object, MONDAY + 7 * DAY),
    );
    expect(await dateOf('pi_S')).toBe('2026-11-09');
    // As Stripe has it: the charge of a debit is made with the debit, and succeeds days later.
    const pending = { ...members, latest_charge: { id: 'ch_D', object: 'charge', created: MONDAY } };
    await money.play(
      eventOf('payment_intent.succeeded', paid('pi_D', pending).data.object, MONDAY + 9 * DAY),
    );
    expect(await dateOf('pi_D')).toBe('2026-11-11');
  });

  it('by the charge where nobody says when it was announced', async () => {
    const { id, type, data } = paid('pi_C', {
      latest_charge: { id: 'ch_C', object: 'charge', created: MONDAY + DAY },
    });
    await money.play({ id, type, data });
    expect(await dateOf('pi_C')).toBe('2026-11-03');
  });

  it('not on the one on which a draft of its invoice was made', async () => {
    const members = { amount_paid: 5_000, status_transitions: { paid_at: 1_795_161_600 } };
    await money.play(invoicePaid('in_draft', { ...members, created: 1_793_489_400 }, 1_795_161_700));
    expect(await dateOf('in_draft')).toBe('2026-11-20');
  });

  it('each payment of an invoice on its own', async () => {
    const list = payments(['pi_p1', 2_000], ['pi_p2', 2_900]);
    const data = list.data.map((part, index) => ({
      ...part,
      status_transitions: { paid_at: MONDAY + 3 * index * DAY },
    }));
    await money.play(
      invoicePaid('in_parts', {
        payments: { ...list, data },
        status_transitions: { paid_at: MONDAY + 3 * DAY },
      }),
    );
    expect([await dateOf('pi_p1'), await dateOf('pi_p2')]).toEqual(['2026-11-02', '2026-11-05']);
  });

  it('of either side of midnight, and of the hour that comes twice', async () => {
    for (const [id, moment, day] of [
      ['pi_before', '2026-11-09T22:59:59Z', '2026-11-09'],
      ['pi_after', '2026-11-09T23:00:00Z', '2026-11-10'],
      ['pi_summer', '2026-10-24T22:00:00Z', '2026-10-25'],
      ['pi_winter', '2026-10-25T22:59:59Z', '2026-10-25'],
    ] as const) {
      await money.play(paid(id, {}, Date.parse(moment) / 1_000));
      expect([id, await dateOf(id)]).toEqual([id, day]);
    }
  });

  it('the same whether the payment or its invoice is heard of first, for what Stripe knows', async () => {
    for (const turned of [false, true]) {
      const wish = {
        act: 'invoice',
        email: `jour.${turned}@exemple.example`,
        amountMinor: 7_000,
        currency: 'eur',
        at: MONDAY,
      };
      const { id: invoice } = await money.act<{ id: string }>(wish);
      const { intent } = await money.act({ act: 'pay-invoice', invoice, at: MONDAY + 4 * DAY });
      const events = await money.announced();
      await money.play(...(turned ? events.toReversed() : events));
      expect(await dateOf(intent?.id ?? '')).toBe('2026-11-06');
    }
  });
});
