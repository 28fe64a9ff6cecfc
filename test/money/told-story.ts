import { disputed, invoicePaid, paid, refundOf } from './events.ts';
import { eventOf, type Money, type StripeEvent } from './rig.ts';
import type { PaymentPlan, RefundPath, Story, Turn } from './sequence.ts';

/** The first moment of every story: the night of 1 November 2026 in Paris. */
const BEGIN = 1_793_572_200;
const WEEK = 7 * 86_400;

/** What must stand in Books in the end. */
export interface Expected {
  readonly identity: string;
  readonly amountMinor: number;
  readonly currency: string;
  /** Epoch seconds. */
  readonly movedAt: number;
  /** By refund, the state that it ended in. */
  readonly refunds: ReadonlyMap<string, string>;
  readonly disputes: ReadonlyMap<string, readonly Turn[]>;
}

export interface Told {
  readonly events: readonly StripeEvent[];
  readonly expected: readonly Expected[];
  /** Ids under which nothing may stand. */
  readonly never: readonly string[];
}

const refundAmount = ({ amount, refunds }: PaymentPlan): number =>
  Math.max(100, Math.floor(amount / 100 / (refunds.length + 1)) * 100);

/** The refunds that fit into the payment, each with its part. */
const partsOf = (plan: PaymentPlan): RefundPath[] =>
  plan.refunds.slice(0, Math.floor(plan.amount / refundAmount(plan)));

/** A story of which only its events tell: Stripe, when asked, does not know any of it. */
export function believed(story: Story, name: string): Told {
  const email = story.hasEmail ? `${name}@exemple.example` : null;
  const plans = story.kind === 'receipt' ? story.payments.slice(0, 1) : story.payments;
  const expected: Expected[] = [];
  const events: StripeEvent[] = [];
  if (story.kind !== 'elsewhere')
    for (const [index, plan] of plans.entries()) {
      const id = `pi_${name}_${index}`;
      const movedAt = BEGIN + plan.movedAfter;
      const refunds = new Map<string, string>();
      events.push(
        paid(
          id,
          {
            amount: plan.amount,
            amount_received: plan.amount,
            currency: story.currency,
            created: movedAt - plan.begunBefore,
            receipt_email: email,
            latest_charge: { id: `ch_${id}`, object: 'charge', created: movedAt - plan.begunBefore },
          },
          movedAt,
        ),
      );
      for (const [place, path] of partsOf(plan).entries()) {
        const refund = `re_${name}_${index}_${place}`;
        events.push(...refundEvents(id, refund, { path, story, amount: refundAmount(plan), movedAt }));
        refunds.set(refund, path.at(-1) ?? '');
      }
      const disputes = new Map<string, readonly Turn[]>();
      if (plan.dispute !== null) {
        disputes.set(`dp_${name}_${index}`, plan.dispute);
        events.push(
          ...disputeEvents(id, `dp_${name}_${index}`, { turns: plan.dispute, story, amount: plan.amount }),
        );
      }
      expected.push({
        identity: id,
        amountMinor: plan.amount,
        currency: story.currency.toUpperCase(),
        movedAt,
        refunds,
        disputes,
      });
    }
  const invoice = `in_${name}`;
  if (story.kind !== 'alone') events.push(invoiceEvent(invoice, { story, expected, plans, email }));
  return { events, expected, never: [invoice] };
}

function invoiceEvent(
  id: string,
  {
    story,
    expected,
    plans,
    email,
  }: { story: Story; expected: readonly Expected[]; plans: readonly PaymentPlan[]; email: string | null },
): StripeEvent {
  const total = plans.reduce((sum, { amount }) => sum + amount, 0);
  const paidAt = Math.max(BEGIN, ...expected.map(({ movedAt }) => movedAt));
  const isOwn = story.kind === 'invoice';
  const data = expected.map(({ identity, amountMinor, movedAt }) => ({
    object: 'invoice_payment',
    status: 'paid',
    amount_paid: amountMinor,
    payment: { type: 'payment_intent', payment_intent: identity },
    status_transitions: { canceled_at: null, paid_at: movedAt },
  }));
  return invoicePaid(
    id,
    {
      amount_paid: total,
      currency: story.currency,
      customer_email: email,
      attempted: isOwn,
      attempt_count: isOwn ? 1 : 0,
      status_transitions: { paid_at: paidAt },
      payments: { object: 'list', data: isOwn ? data : [], has_more: false },
    },
    paidAt,
  );
}

function refundEvents(
  payment: string,
  id: string,
  { path, story, amount, movedAt }: { path: RefundPath; story: Story; amount: number; movedAt: number },
): StripeEvent[] {
  return path.flatMap((status, step): StripeEvent[] => {
    const object = refundOf(payment, id, {
      amount,
      currency: story.currency,
      status,
      created: movedAt + WEEK,
      ...(status === 'failed' ? { failure_reason: 'expired_or_canceled_card' } : {}),
    });
    if (step > 0) return [eventOf(status === 'failed' ? 'refund.failed' : 'refund.updated', object)];
    const charge = {
      id: `ch_${payment}`,
      object: 'charge',
      payment_intent: payment,
      currency: story.currency,
      amount_refunded: amount,
      created: movedAt,
      refunds: { object: 'list', data: [object] },
    };
    return [eventOf('refund.created', object), eventOf('charge.refunded', charge)];
  });
}

function disputeEvents(
  payment: string,
  id: string,
  { turns, story, amount }: { turns: readonly Turn[]; story: Story; amount: number },
): StripeEvent[] {
  const members = { amount, currency: story.currency };
  return [
    disputed('created', payment, id, members),
    ...turns.map((turn) =>
      turn === 'won' || turn === 'lost'
        ? disputed('closed', payment, id, { ...members, status: turn })
        : disputed(`funds_${turn}`, payment, id, members),
    ),
  ];
}

/** The same story played at the sandbox's Stripe, which can be asked about all of it. */
export async function played(money: Money, story: Story, name: string): Promise<Told> {
  const payer = story.hasEmail ? { email: `${name}@exemple.example`, name: `Payeur ${name}` } : {};
  const plans = story.kind === 'receipt' ? story.payments.slice(0, 1) : story.payments;
  const expected: Expected[] = [];
  const never: string[] = [];
  const invoice =
    story.kind === 'invoice' || story.kind === 'elsewhere'
      ? await money.act<{ id: string }>({
          act: 'invoice',
          email: `${name}@exemple.example`,
          amountMinor: plans.reduce((sum, { amount }) => sum + amount, 0),
          currency: story.currency,
          at: BEGIN,
        })
      : null;
  if (invoice !== null) never.push(invoice.id);
  if (invoice !== null && story.kind === 'elsewhere')
    await money.act({ act: 'mark-paid', invoice: invoice.id, at: BEGIN });
  else
    for (const plan of plans) {
      const movedAt = BEGIN + plan.movedAfter;
      const made = await money.act<{
        intent: { id: string };
        charge: { id: string };
        invoice: { id: string } | null;
      }>(
        invoice !== null
          ? { act: 'pay-invoice', invoice: invoice.id, amountMinor: plan.amount, at: movedAt }
          : {
              act: 'pay',
              ...(story.kind === 'receipt' ? { email: `${name}@exemple.example` } : payer),
              amountMinor: plan.amount,
              currency: story.currency,
              at: movedAt,
              begunAt: movedAt - plan.begunBefore,
              receipt: story.kind === 'receipt',
            },
      );
      if (made.invoice !== null && invoice === null) never.push(made.invoice.id);
      const { id: charge } = made.charge;
      expected.push({
        identity: made.intent.id,
        amountMinor: plan.amount,
        currency: story.currency.toUpperCase(),
        movedAt,
        ...(await afterwards(money, plan, { charge, movedAt })),
      });
    }
  return { events: await money.announced(), expected, never };
}

async function afterwards(
  money: Money,
  plan: PaymentPlan,
  { charge, movedAt }: { charge: string; movedAt: number },
): Promise<Pick<Expected, 'refunds' | 'disputes'>> {
  const refunds = new Map<string, string>();
  const at = movedAt + WEEK;
  for (const path of partsOf(plan)) {
    const [status, ...rest] = path;
    const wish = { act: 'refund', charge, amountMinor: refundAmount(plan), status, at };
    const { refund } = await money.act<{ refund: { id: string } }>(wish);
    for (const next of rest) await money.act({ act: 'end-refund', refund: refund.id, status: next, at });
    refunds.set(refund.id, path.at(-1) ?? '');
  }
  const disputes = new Map<string, readonly Turn[]>();
  if (plan.dispute !== null) {
    const { dispute } = await money.act<{ dispute: { id: string } }>({ act: 'dispute', charge, at });
    for (const turn of plan.dispute) await money.act({ act: 'turn-dispute', dispute: dispute.id, turn, at });
    disputes.set(dispute.id, plan.dispute);
  }
  return { refunds, disputes };
}
