import { disputeFrom, invoicePaymentsFrom, paymentFrom, returnState } from './shapes.ts';

const created = 1_793_610_000;
const iso = (seconds: number) => new Date(seconds * 1_000).toISOString();
const list = (...data: object[]) => ({ object: 'list', data, has_more: false });

describe('the payments of an invoice', () => {
  const invoice = {
    id: 'in_1',
    object: 'invoice',
    status: 'paid',
    amount_paid: 10_000,
    currency: 'eur',
    created,
  };
  const part = (id: string, amount: number, paidAt?: number) => ({
    status: 'paid',
    amount_paid: amount,
    payment: { type: 'payment_intent', payment_intent: id },
    ...(paidAt === undefined ? {} : { status_transitions: { paid_at: paidAt } }),
  });

  it('are each a movement of its own, with its amount and its moment', () => {
    const payments = list(part('pi_1', 6_000, created + 60), part('pi_2', 4_000), {
      ...part('pi_3', 1),
      status: 'canceled',
    });
    const status_transitions = { paid_at: created + 120 };
    expect(invoicePaymentsFrom({ ...invoice, payments, status_transitions })).toMatchObject({
      none: null,
      payments: [
        { identity: 'pi_1', amountMinor: 6_000, movedAt: iso(created + 60), invoiceId: 'in_1' },
        { identity: 'pi_2', amountMinor: 4_000, movedAt: iso(created + 120) },
      ],
    });
  });

  it('are the one of old that it names itself, also expanded', () => {
    for (const payment_intent of ['pi_1', { id: 'pi_1', object: 'payment_intent' }])
      expect(invoicePaymentsFrom({ ...invoice, payment_intent, charge: 'ch_1' })).toMatchObject({
        payments: [{ identity: 'pi_1', alsoKnownAs: ['ch_1'], amountMinor: 10_000 }],
      });
  });

  it.each([
    ['zero', { amount_paid: 0, payments: list(part('pi_1', 0)) }],
    ['elsewhere', { payments: list() }],
    ['elsewhere', { paid_out_of_band: true, payment_intent: 'pi_1' }],
    ['elsewhere', { payment_intent: null, charge: null }],
    ['elsewhere', { attempted: false, attempt_count: 0 }],
    [
      'elsewhere',
      { payments: list({ status: 'paid', payment: { type: 'payment_record', payment_record: 'pr_1' } }) },
    ],
  ] as const)('are none, and why: %s', (none, members) => {
    expect(invoicePaymentsFrom({ ...invoice, ...members })).toEqual({ payments: [], none });
  });

  it('are not told of anything else', () => {
    expect(
      invoicePaymentsFrom({ id: 'pi_1', object: 'payment_intent', amount: 1, currency: 'eur', created }),
    ).toBeNull();
  });
});

describe('when money moved', () => {
  const intent = { id: 'pi_1', object: 'payment_intent', amount: 1, currency: 'eur', created };

  it('is when Stripe said so, else when it was charged, else when it was asked for', () => {
    const charged = { ...intent, latest_charge: { id: 'ch_1', object: 'charge', created: created + 60 } };
    expect(paymentFrom(charged, iso(created + 120))?.movedAt).toBe(iso(created + 120));
    expect(paymentFrom(charged)?.movedAt).toBe(iso(created + 60));
    expect(paymentFrom({ ...intent, latest_charge: 'ch_1' })?.movedAt).toBe(iso(created));
  });

  it('is no moment that cannot be', () => {
    expect(paymentFrom({ ...intent, created: Number.POSITIVE_INFINITY })).toBeNull();
  });
});

describe('a dispute', () => {
  const dispute = { id: 'dp_1', object: 'dispute', amount: 25_000, currency: 'usd', charge: 'ch_1', created };
  const turns = (object: object, topic: string) =>
    disputeFrom({ ...dispute, ...object }, `charge.dispute.${topic}`, iso(created + 60))?.facts.map(
      ({ turn }) => turn,
    );

  it('tells all that happened by then, whichever event carries it', () => {
    const both = {
      balance_transactions: [
        { amount: -25_000, fee: 1_500 },
        { amount: 25_000, fee: -1_500 },
      ],
    };
    expect(turns({}, 'created')).toEqual(['opened']);
    expect(turns({}, 'funds_withdrawn')).toEqual(['opened', 'withdrawn']);
    expect(turns({ ...both, status: 'won' }, 'updated')).toEqual([
      'opened',
      'withdrawn',
      'reinstated',
      'won',
    ]);
    expect(turns({ status: 'warning_closed' }, 'closed')).toEqual(['opened', 'closed']);
  });

  it('has its money in the currency in which it was taken, and its fee', () => {
    const taken = { balance_transactions: [{ amount: -23_100, fee: 1_500, currency: 'eur' }] };
    expect(
      disputeFrom({ ...dispute, ...taken }, 'charge.dispute.funds_withdrawn', null)?.facts.at(-1),
    ).toMatchObject({
      amountMinor: 23_100,
      feeMinor: 1_500,
      currency: 'EUR',
    });
  });

  it('is not read from what names no payment, nor from anything else', () => {
    expect(disputeFrom({ ...dispute, charge: null }, 'charge.dispute.created', null)).toBeNull();
    expect(disputeFrom({ id: 'ch_1', object: 'charge' }, 'charge.dispute.created', null)).toBeNull();
  });
});

it('a refund is on its way, back, or failed', () => {
  expect(['pending', 'requires_action', 'succeeded', null, 'failed', 'canceled'].map(returnState)).toEqual([
    'pending',
    'pending',
    'moved',
    'moved',
    'failed',
    'failed',
  ]);
});
