import { carriedBy, payerOrPayment } from '../../connectors/stripe/event-object.ts';
import { idOf, objectOf, textOf } from '../../connectors/stripe/object-reader.ts';
import type { FlowEvent, RecordRef } from '../../core/flow.ts';

/**
 * Whose events must be handled in order: the payer's, where the event says who that is, so that the first
 * payment of a new customer creates it in Books before the second one looks. Else those of one payment: its
 * refund finds it booked.
 */
export function recordOf(event: FlowEvent): RecordRef | null {
  const object = carriedBy(event);
  const isOfIntent = event.topic === 'charge.succeeded' || event.topic === 'charge.captured';
  // Its intent announces it.
  if (isOfIntent && idOf(object.payment_intent) !== null) return null;
  if (object.object === 'payout') {
    const payout = textOf(object.id);
    return payout === null ? null : { object: 'stripe.payouts', id: payout };
  }
  return payerOrPayment(object);
}

/** What people know the payer by, as far as the event's object tells; null where it does not. */
export function payerOf(event: FlowEvent): string | null {
  const object = carriedBy(event);
  const details = objectOf(object.billing_details);
  return textOf(details?.name) ?? textOf(details?.email) ?? textOf(object.receipt_email);
}
