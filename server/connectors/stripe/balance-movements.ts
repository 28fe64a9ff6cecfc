import type Stripe from 'stripe';
import type { OwnFee, Span, StatedMovement } from '../../core/reconciliation/statement.ts';
import { idOf, timeOf } from './object-reader.ts';

/** Methods whose money moves when the charge is captured; of others Stripe only says when they were begun. */
const AT_ONCE = new Set(['card', 'card_present', 'link']);
/** How long a debit may take. https://docs.stripe.com/payments/bank-debits */
const LONGEST_DEBIT_MS = 45 * 86_400_000;

const secondsOf = (iso: string): number => Math.floor(Date.parse(iso) / 1_000);

/** The movement that a balance transaction, with its source, is; null for fees, payouts, transfers and whatever never came. */
export function movementFrom(transaction: Stripe.BalanceTransaction): StatedMovement | null {
  const { source } = transaction;
  if (source === null || typeof source === 'string') return null;
  const settled = {
    minor: transaction.amount,
    currency: transaction.currency.toUpperCase(),
    feeMinor: transaction.fee,
  };
  const about = { id: transaction.id, movedAt: timeOf(transaction.created) ?? '', settled };
  if (about.movedAt === '') return null;
  switch (transaction.reporting_category) {
    case 'charge':
      return source.object === 'charge' && hasCome(source) ? ofCharge(source, about) : null;
    case 'refund':
    case 'refund_failure':
      // Money of a debit that never came goes back under this name, too: nothing moved.
      return source.object === 'refund' ? ofRefund(source, about, transaction.amount < 0 ? -1 : 1) : null;
    case 'dispute':
    case 'dispute_reversal':
      return source.object === 'dispute' ? ofDispute(source, about, transaction.amount < 0 ? -1 : 1) : null;
    default:
      return null;
  }
}

/** What Stripe keeps of no movement. https://docs.stripe.com/reports/reporting-categories */
const OWN_FEES = new Set(['fee', 'tax', 'network_cost']);

/** The fee that a balance transaction is of itself; null for any other. */
export function ownFeeFrom(transaction: Stripe.BalanceTransaction): OwnFee | null {
  const at = timeOf(transaction.created);
  if (!OWN_FEES.has(transaction.reporting_category) || at === null || transaction.net === 0) return null;
  return {
    id: transaction.id,
    at,
    minor: -transaction.net,
    currency: transaction.currency.toUpperCase(),
    description: transaction.description ?? '',
  };
}

/** A payment that succeeded and whose fee Stripe does not know yet; null for any other charge. */
export function unsettledPayment(charge: Stripe.Charge): StatedMovement | null {
  const movedAt = timeOf(charge.created);
  if (charge.balance_transaction !== null || movedAt === null || !hasCome(charge)) return null;
  return ofCharge(charge, { id: `unsettled ${charge.id}`, movedAt, settled: null });
}

const hasCome = ({ status, captured }: Stripe.Charge): boolean => status === 'succeeded' && captured;

type About = Pick<StatedMovement, 'id' | 'movedAt'> & {
  readonly settled: (StatedMovement['settled'] & {}) | null;
};

function ofCharge(charge: Stripe.Charge, about: About): StatedMovement {
  const intent = idOf(charge.payment_intent);
  const payment = intent ?? charge.id;
  const method = charge.payment_method_details?.type ?? 'card';
  const object =
    intent === null ? { id: charge.id, object: 'charge' } : { id: intent, object: 'payment_intent' };
  return {
    ...about,
    kind: 'payment',
    payment,
    alsoKnownAs: intent === null ? [] : [charge.id],
    credit: null,
    toldBy: [payment, charge.id],
    minor: charge.amount_captured,
    currency: charge.currency.toUpperCase(),
    between: spanOf(charge, about.movedAt, AT_ONCE.has(method)),
    who: charge.billing_details.name ?? charge.billing_details.email ?? charge.receipt_email,
    object: 'stripe.payments',
    recordId: payment,
    event: {
      topic: intent === null ? 'charge.succeeded' : 'payment_intent.succeeded',
      recordId: payment,
      body: asEvent(intent === null ? 'charge.succeeded' : 'payment_intent.succeeded', about.movedAt, object),
    },
    feeEvent: {
      topic: 'charge.updated',
      recordId: charge.id,
      body: asEvent('charge.updated', about.movedAt, {
        id: charge.id,
        object: 'charge',
        payment_intent: intent,
        amount: charge.amount,
        amount_captured: charge.amount_captured,
        currency: charge.currency,
        status: charge.status,
        paid: charge.paid,
        captured: charge.captured,
        created: charge.created,
      }),
    },
  };
}

/** A payment succeeds after its charge was made, and before, or when, it reaches the balance. */
function spanOf({ created }: Stripe.Charge, movedAt: string, isAtOnce: boolean): Span {
  const begun = timeOf(created) ?? movedAt;
  const from = begun < movedAt ? begun : movedAt;
  return { from, to: isAtOnce ? movedAt : new Date(Date.parse(from) + LONGEST_DEBIT_MS).toISOString() };
}

function ofRefund(refund: Stripe.Refund, about: About, sign: 1 | -1): StatedMovement {
  const charge = idOf(refund.charge);
  const payment = idOf(refund.payment_intent) ?? charge ?? refund.id;
  return {
    ...about,
    kind: 'refund',
    payment,
    alsoKnownAs: [],
    // What came home again takes nothing back of the credit: the customer is still owed it.
    credit: sign < 0 ? refund.id : null,
    // A payment's own run takes its refunds with it.
    toldBy: [refund.id, ...(charge === null ? [] : [charge]), payment],
    minor: sign * refund.amount,
    currency: refund.currency.toUpperCase(),
    who: null,
    object: 'stripe.payments',
    recordId: payment,
    event: {
      topic: 'refund.updated',
      recordId: refund.id,
      body: asEvent('refund.updated', about.movedAt, {
        id: refund.id,
        object: 'refund',
        amount: refund.amount,
        currency: refund.currency,
        charge,
        payment_intent: idOf(refund.payment_intent),
        status: refund.status,
        reason: refund.reason,
        created: refund.created,
      }),
    },
  };
}

function ofDispute(dispute: Stripe.Dispute, about: About, sign: 1 | -1): StatedMovement {
  const charge = idOf(dispute.charge);
  const payment = idOf(dispute.payment_intent) ?? charge ?? dispute.id;
  const topic = sign < 0 ? 'charge.dispute.funds_withdrawn' : 'charge.dispute.funds_reinstated';
  return {
    ...about,
    kind: 'dispute',
    payment,
    alsoKnownAs: [],
    credit: null,
    transfer: about.id,
    toldBy: [dispute.id],
    minor: sign * dispute.amount,
    currency: dispute.currency.toUpperCase(),
    who: null,
    object: 'stripe.payments',
    recordId: payment,
    event: {
      topic,
      recordId: dispute.id,
      body: asEvent(topic, about.movedAt, {
        id: dispute.id,
        object: 'dispute',
        amount: dispute.amount,
        currency: dispute.currency,
        charge,
        payment_intent: idOf(dispute.payment_intent),
        reason: dispute.reason,
        status: dispute.status,
        created: dispute.created,
        balance_transactions: dispute.balance_transactions.map((one) => ({ ...one })),
      }),
    },
  };
}

/** In the form in which Stripe tells of it: flows read the object again by its id. */
export const asEvent = (
  type: string,
  at: string,
  object: Record<string, unknown>,
): Record<string, unknown> => ({
  object: 'event',
  type,
  created: secondsOf(at),
  data: { object },
});
