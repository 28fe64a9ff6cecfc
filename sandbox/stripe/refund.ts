import type Stripe from 'stripe';
import type { VendorDesk } from '../core/simulator.ts';
import { move } from './balance.ts';
import { emit } from './events.ts';
import { secondsNow, stripeTables } from './rows.ts';

export interface RefundWish {
  /** Id of the charge. */
  readonly charge: string;
  /** Part of the charge in minor units; all that is left when absent. */
  readonly amountMinor?: number;
  /** Most succeed at once; those to a bank account are pending for days. */
  readonly status?: 'succeeded' | 'pending';
}

export interface Refunded {
  readonly refund: Stripe.Refund;
  readonly charge: Stripe.Charge;
  readonly events: readonly string[];
}

/**
 * Money given back by a person in Stripe's dashboard: a refund, the charge with its sum, and the events
 * `refund.created` and `charge.refunded`.
 *
 * @throws Error for an unknown charge, or more than is left of it.
 */
export function refund(desk: VendorDesk, wish: RefundWish): Refunded {
  const { charges, refunds } = stripeTables(desk);
  const before = charges.get(wish.charge);
  if (!before) throw new Error(`Stripe has no charge ${wish.charge}.`);
  const left = before.amount - before.amount_refunded;
  const amount = wish.amountMinor ?? left;
  if (!Number.isSafeInteger(amount) || amount <= 0 || amount > left)
    throw new Error(`Of charge ${before.id} ${left} are left to refund.`);
  const made = newRefund(desk, before, { amount, status: wish.status ?? 'succeeded' });
  const given = before.amount_refunded + amount;
  const charge = { ...before, amount_refunded: given, refunded: given === before.amount };
  refunds.put(made.id, made);
  charges.put(charge.id, charge);
  const previous = {
    amount_refunded: before.amount_refunded,
    ...(charge.refunded ? { refunded: false } : {}),
  };
  const events = [
    emit(desk, { type: 'refund.created', object: made }),
    emit(desk, { type: 'charge.refunded', object: charge, previous }),
  ];
  return { refund: made, charge, events };
}

/**
 * A refund ends: a pending one succeeds, or it fails, days after it seemed to have succeeded too (a closed
 * account, a card that expired): then the money is back on the balance and the charge is not refunded by it.
 * Events `refund.updated` and `charge.refund.updated`, and `refund.failed` before them.
 * https://docs.stripe.com/refunds#failed-refunds
 *
 * @throws Error for an unknown refund, or one that failed already.
 */
export function endRefund(
  desk: VendorDesk,
  wish: { readonly refund: string; readonly status: 'succeeded' | 'failed'; readonly reason?: string },
): Refunded {
  const { charges, refunds } = stripeTables(desk);
  const before = refunds.get(wish.refund);
  const held = charges.get(String(before?.charge));
  if (!before || !held || before.status === 'failed')
    throw new Error(`Stripe has no refund ${wish.refund} that could end.`);
  const failed = wish.status === 'failed';
  const made: Stripe.Refund = {
    ...before,
    status: wish.status,
    ...(failed
      ? {
          failure_balance_transaction: move(desk, {
            type: 'refund_failure',
            category: 'refund_failure',
            amount: before.amount,
            currency: before.currency,
            fee: 0,
            source: before.id,
            description: `REFUND FAILURE FOR ${held.id}`,
          }).id,
          failure_reason: wish.reason ?? 'expired_or_canceled_card',
        }
      : {}),
  };
  refunds.put(made.id, made);
  const given = held.amount_refunded - (failed ? made.amount : 0);
  const charge = { ...held, amount_refunded: given, refunded: given === held.amount };
  charges.put(charge.id, charge);
  const previous = { status: before.status };
  const events = [
    ...(failed ? [emit(desk, { type: 'refund.failed', object: made })] : []),
    emit(desk, { type: 'refund.updated', object: made, previous }),
    emit(desk, { type: 'charge.refund.updated', object: made, previous }),
  ];
  return { refund: made, charge, events };
}

function newRefund(
  desk: VendorDesk,
  charge: Stripe.Charge,
  { amount, status }: { amount: number; status: string },
): Stripe.Refund {
  const id = desk.id('re_', 24);
  // What Stripe took for the charge it keeps. https://docs.stripe.com/refunds
  const { id: balance_transaction } = move(desk, {
    type: 'refund',
    category: 'refund',
    amount: -amount,
    currency: charge.currency,
    fee: 0,
    source: id,
    description: `REFUND FOR CHARGE`,
  });
  return {
    id,
    object: 'refund',
    amount,
    balance_transaction,
    charge: charge.id,
    created: secondsNow(desk),
    currency: charge.currency,
    customer: charge.customer,
    customer_account: null,
    destination_details: {
      card: { reference_status: 'pending', reference_type: 'acquirer_reference_number', type: 'refund' },
      type: 'card',
    },
    metadata: {},
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    reason: 'requested_by_customer',
    receipt_number: null,
    source_transfer_reversal: null,
    status,
    transfer_reversal: null,
  };
}
