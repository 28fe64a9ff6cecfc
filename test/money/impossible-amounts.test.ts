import { disputed, invoicePaid, paid, refundOf } from './events.ts';
import { eventOf, type Money, openMoney, type StripeEvent } from './rig.ts';

let money: Money;
beforeAll(async () => {
  money = await openMoney();
});
afterAll(() => money.close());

/** As it stands in the body: JSON can say what JavaScript cannot. */
const raw = (event: StripeEvent, amount: string): string =>
  JSON.stringify({ object: 'event', ...event }).replaceAll('"AMOUNT"', amount);

async function acceptRaw(event: StripeEvent, body: string): Promise<void> {
  const [row] = await money.rig.database.query<{ id: string }>('select id from organisations');
  await money.engine.accept([
    {
      organisationId: row?.id ?? '',
      connectionId: null,
      connector: 'stripe',
      eventKey: event.id,
      topic: event.type,
      recordId: null,
      contentType: 'application/json',
      body,
    },
  ]);
}

const AMOUNTS = [
  '1e400',
  '49.5',
  '"4900"',
  '12345678901234567890',
  '-4900',
  'true',
  '{"value":4900}',
  '9007199254740993',
];

describe('an amount that cannot be', () => {
  it.each(AMOUNTS)('goes to the shelf at its first try, and is told as what it is: %s', async (amount) => {
    const members = { amount: 'AMOUNT', amount_received: 'AMOUNT' };
    for (const event of [
      paid('pi_wrong', members),
      invoicePaid('in_wrong', { amount_paid: 'AMOUNT' }),
      eventOf('refund.created', refundOf('pi_wrong', 're_wrong', { amount: 'AMOUNT' })),
      disputed('created', 'pi_wrong', 'dp_wrong', { amount: 'AMOUNT' }),
      eventOf('checkout.session.completed', {
        id: 'cs_wrong',
        object: 'checkout.session',
        payment_intent: 'pi_wrong',
        amount_total: 'AMOUNT',
        currency: 'eur',
        payment_status: 'paid',
      }),
    ]) {
      await acceptRaw(event, raw(event, amount));
      await money.rig.settled();
      expect([event.type, (await money.runs()).at(-1)]).toEqual([
        event.type,
        expect.objectContaining({
          state: 'shelved',
          attempt: 1,
          error: expect.objectContaining({ kind: 'rejected', field: 'amount' }),
        }),
      ]);
    }
    expect(await money.payments()).toEqual([]);
  });

  it('holds up none of the payments behind it', async () => {
    const payer = { customer: 'cus_behind', receipt_email: 'derriere@exemple.example' };
    const wrong = paid('pi_first', { ...payer, amount: 'AMOUNT', amount_received: 'AMOUNT' });
    await acceptRaw(wrong, raw(wrong, '1e400'));
    const before = performance.now();
    await money.playTogether(...Array.from({ length: 7 }, (_, index) => paid(`pi_behind${index}`, payer)));
    expect(performance.now() - before).toBeLessThan(20_000);
    expect(
      (await money.payments()).filter(({ reference }) => reference.startsWith('pi_behind')),
    ).toHaveLength(7);
  });

  it('nor does a currency or a moment that is none', async () => {
    for (const members of [{ currency: 'euro' }, { currency: '€' }]) {
      await money.play(paid('pi_odd', members));
      expect((await money.runs()).at(-1)).toMatchObject({
        state: 'shelved',
        attempt: 1,
        error: { kind: 'rejected', field: 'currency' },
      });
    }
    const event = paid('pi_when', { created: 'AMOUNT' });
    await acceptRaw(event, raw(event, '1e400'));
    await money.rig.settled();
    expect((await money.payments()).find(({ reference }) => reference === 'pi_when')).toMatchObject({
      amount: 49,
      date: '2026-11-02',
    });
  });
});
