import type { FlowEvent, RecordRef } from '../../core/flow.ts';

/**
 * A payment is announced as an intent, and once more as an invoice when it pays one: both name the same
 * payment, so whichever comes second finds it booked. A refund is announced on the charge, and as itself.
 */
export const TOPICS = [
  'payment_intent.succeeded',
  'invoice.paid',
  'invoice.payment_succeeded',
  'charge.refunded',
  'refund.created',
] as const;

type Loose = Readonly<Record<string, unknown>>;

const inside = (value: unknown): Loose =>
  typeof value === 'object' && value !== null ? (value as Loose) : {};

/** The object that an event carries. */
export function objectOf(event: FlowEvent): Loose {
  return inside(inside(event.body.data).object);
}

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
  const customer = idOf(object.customer);
  const email = text(object.receipt_email) ?? text(object.customer_email);
  if (customer !== null) return { object: 'stripe.customers', id: customer };
  if (email !== null) return { object: 'stripe.payers', id: email.toLowerCase() };
  const id = idOf(object.payment_intent) ?? idOf(object.charge) ?? text(object.id);
  return id === null ? null : { object: 'stripe.payments', id };
}
