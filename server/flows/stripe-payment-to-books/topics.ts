import type { FlowEvent, RecordRef } from '../../core/flow.ts';

type Loose = Readonly<Record<string, unknown>>;

const inside = (value: unknown): Loose =>
  typeof value === 'object' && value !== null ? (value as Loose) : {};

/** The object that an event carries. */
export function objectOf(event: FlowEvent): Loose {
  return inside(inside(event.body.data).object);
}

/** When Stripe says that it happened, as ISO 8601; null where it does not say. */
export function announcedAt(event: FlowEvent): string | null {
  const seconds = event.body.created;
  const isMoment = typeof seconds === 'number' && seconds > 0 && seconds <= LAST_SECOND;
  return isMoment ? new Date(seconds * 1_000).toISOString() : null;
}

/** The last second that a date can hold. */
const LAST_SECOND = 8.64e12;

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** The id of a member that is a bare id or, expanded, the object itself. */
const idOf = (value: unknown): string | null => text(value) ?? text(inside(value).id);

/**
 * Whose events must be handled in order: the payer's, where the event says who that is, so that the first
 * payment of a new customer creates it in Books before the second one looks. Else those of one payment: its
 * refund finds it booked.
 */
export function recordOf(event: FlowEvent): RecordRef | null {
  const object = objectOf(event);
  const isOfIntent = event.topic === 'charge.succeeded' || event.topic === 'charge.captured';
  // Its intent announces it.
  if (isOfIntent && idOf(object.payment_intent) !== null) return null;
  if (object.object === 'payout') {
    const payout = text(object.id);
    return payout === null ? null : { object: 'stripe.payouts', id: payout };
  }
  const customer = idOf(object.customer);
  const email = text(object.receipt_email) ?? text(object.customer_email);
  if (customer !== null) return { object: 'stripe.customers', id: customer };
  if (email !== null) return { object: 'stripe.payers', id: email.toLowerCase() };
  const id = idOf(object.payment_intent) ?? idOf(object.charge) ?? text(object.id);
  return id === null ? null : { object: 'stripe.payments', id };
}

/** What people know the payer by, as far as the event's object tells; null where it does not. */
export function payerOf(event: FlowEvent): string | null {
  const object = objectOf(event);
  const details = inside(object.billing_details);
  return text(details.name) ?? text(details.email) ?? text(object.receipt_email);
}
