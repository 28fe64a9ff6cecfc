import { currencyCode, minorUnits, type ReturnState } from '../../core/movement.ts';
import { idOf, type Loose, listOf, objectOf, textOf, timeOf } from './object-reader.ts';

/** Money that went back, as flows see it. Plain data. */
export interface Refund {
  readonly id: string;
  /** In Stripe's whole units of the currency. */
  readonly amountMinor: number;
  /** ISO 4217, upper case. */
  readonly currency: string;
  /** Identity of the payment, as `Payment` has it. */
  readonly paymentIdentity: string;
  readonly chargeId: string | null;
  readonly status: string | null;
  readonly reason: string | null;
  /** Why nothing went back, in Stripe's word, where it failed. */
  readonly failureReason?: string;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  /** All that went back of a charge by then, where nobody can tell the refunds that it is made of. */
  readonly isInAll?: true;
}

/**
 * How far a refund is. https://docs.stripe.com/api/refunds/object#refund_object-status; very old ones have no
 * status and went through.
 */
export function returnState(status: string | null): ReturnState {
  if (status === 'failed' || status === 'canceled') return 'failed';
  return status === 'pending' || status === 'requires_action' ? 'pending' : 'moved';
}

export interface CarriedRefunds {
  /** Of which charge: its refunds can be asked for by it. */
  readonly chargeId: string | null;
  readonly refunds: readonly Refund[];
}

/**
 * The refunds that an object tells of: a refund tells of itself, a charge of what it carries. Since
 * 2022-11-15 a charge carries no refunds; how much went back in all then stands for them, under an id of its
 * own, for whoever cannot ask Stripe.
 */
export function refundsFrom(object: unknown): CarriedRefunds {
  const source = objectOf(object);
  if (source?.object === 'refund')
    return { chargeId: idOf(source.charge), refunds: present([read(source, null)]) };
  if (source?.object !== 'charge') return { chargeId: null, refunds: [] };
  const carried = listOf(source.refunds);
  const refunds = carried === null ? [inAll(source)] : carried.map((refund) => read(refund, source));
  return { chargeId: idOf(source), refunds: present(refunds) };
}

function read(refund: Loose, charge: Loose | null): Refund | null {
  const id = idOf(refund);
  const amountMinor = minorUnits(refund.amount);
  const currency = currencyCode(refund.currency) ?? currencyCode(charge?.currency);
  const failureReason = textOf(refund.failure_reason);
  const chargeId = idOf(refund.charge) ?? idOf(charge);
  const paymentIdentity = idOf(refund.payment_intent) ?? idOf(charge?.payment_intent) ?? chargeId;
  const createdAt = timeOf(refund.created) ?? timeOf(charge?.created);
  if (id === null || amountMinor === null || currency === null) return null;
  if (paymentIdentity === null || createdAt === null) return null;
  return {
    id,
    amountMinor,
    currency,
    paymentIdentity,
    chargeId,
    status: textOf(refund.status),
    reason: textOf(refund.reason),
    ...(failureReason === null ? {} : { failureReason }),
    createdAt,
  };
}

function inAll(charge: Loose): Refund | null {
  const amount = minorUnits(charge.amount_refunded) ?? 0;
  if (amount === 0) return null;
  const refund = read({ id: `${idOf(charge)}:${amount}`, amount, status: 'succeeded' }, charge);
  return refund === null ? null : { ...refund, isInAll: true };
}

const present = (refunds: readonly (Refund | null)[]): Refund[] =>
  refunds.filter((refund) => refund !== null);
