import type Stripe from 'stripe';
import type { VendorDesk } from '../core/simulator.ts';
import { movementOf, newDispute } from './dispute-object.ts';
import { emit } from './events.ts';
import { matches, readOperations } from './listing.ts';
import { stripeTables } from './rows.ts';

/** What Stripe takes for a dispute, in minor units. */
const FEE = 1_500;

/** https://docs.stripe.com/api/disputes */
export const disputeOperations = readOperations<Stripe.Dispute>({
  path: '/v1/disputes',
  noun: 'dispute',
  table: (desk) => stripeTables(desk).disputes,
  filters: { charge: 'text', payment_intent: 'text' },
  keeps: (dispute, values) => matches(dispute, values, ['charge', 'payment_intent']),
});

export type DisputeTurn = 'withdrawn' | 'reinstated' | 'won' | 'lost';

export interface Disputed {
  readonly dispute: Stripe.Dispute;
  readonly events: readonly string[];
}

/**
 * A cardholder disputes a charge with the bank; event `charge.dispute.created`.
 *
 * @throws Error for an unknown charge, or more than it was.
 */
export function dispute(
  desk: VendorDesk,
  wish: { readonly charge: string; readonly amountMinor?: number },
): Disputed {
  const { charges, disputes } = stripeTables(desk);
  const charge = charges.get(wish.charge);
  if (!charge) throw new Error(`Stripe has no charge ${wish.charge}.`);
  const amount = wish.amountMinor ?? charge.amount;
  if (!Number.isSafeInteger(amount) || amount <= 0 || amount > charge.amount)
    throw new Error(`Of charge ${charge.id} at most ${charge.amount} can be disputed.`);
  const made = newDispute(desk, charge, amount);
  disputes.put(made.id, made);
  charges.put(charge.id, { ...charge, disputed: true });
  return { dispute: made, events: [emit(desk, { type: 'charge.dispute.created', object: made })] };
}

/**
 * A dispute goes on: its money is taken from the balance or given back, or it is decided.
 *
 * @throws Error for an unknown dispute.
 */
export function turnDispute(
  desk: VendorDesk,
  wish: { readonly dispute: string; readonly turn: DisputeTurn },
): Disputed {
  const { disputes } = stripeTables(desk);
  const before = disputes.get(wish.dispute);
  if (!before) throw new Error(`Stripe has no dispute ${wish.dispute}.`);
  const { changed, type } = after(desk, before, wish.turn);
  disputes.put(changed.id, changed);
  return { dispute: changed, events: [emit(desk, { type, object: changed })] };
}

function after(
  desk: VendorDesk,
  before: Stripe.Dispute,
  turn: DisputeTurn,
): { changed: Stripe.Dispute; type: string } {
  if (turn === 'won' || turn === 'lost')
    return { changed: { ...before, status: turn }, type: 'charge.dispute.closed' };
  const money =
    turn === 'withdrawn' ? { amount: -before.amount, fee: FEE } : { amount: before.amount, fee: -FEE };
  const balance_transactions = [...before.balance_transactions, movementOf(desk, before, money)];
  return { changed: { ...before, balance_transactions }, type: `charge.dispute.funds_${turn}` };
}
