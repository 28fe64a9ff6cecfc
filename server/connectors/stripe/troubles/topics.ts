import type { FlowEvent, RecordRef } from '../../../core/flow.ts';
import { idOf, type Loose, objectOf, textOf, timeOf } from '../object-reader.ts';

/** What tells that money did not come, or goes back. */
export const WRONG_TOPICS = [
  'payment_intent.payment_failed',
  'invoice.payment_failed',
  'charge.failed',
  'charge.dispute.created',
  'charge.dispute.closed',
  'refund.created',
  'refund.failed',
] as const;

/** And that it came after all. */
export const MENDED_TOPICS = ['payment_intent.succeeded', 'invoice.paid'] as const;

export const TROUBLE_TOPICS = [...WRONG_TOPICS, ...MENDED_TOPICS] as const;

/** The object that an event carries; empty where it carries none. */
export const carriedBy = ({ body }: Pick<FlowEvent, 'body'>): Loose =>
  objectOf(objectOf(body.data)?.object) ?? {};

/** The names that an event of a payment which was made gives it; null: it tells of something else. */
export function mended(event: FlowEvent): readonly string[] | null {
  if (!MENDED_TOPICS.some((topic) => topic === event.topic)) return null;
  const object = carriedBy(event);
  const names = [object, object.invoice, object.payment_intent].map(idOf);
  return names.filter((name) => name !== null);
}

/** When Stripe says that it happened; null where it does not say. */
export const announcedAt = ({ body }: Pick<FlowEvent, 'body'>): string | null => timeOf(body.created);

/** The payer's events in order, where the event says who that is; else those of one payment. */
export function recordOf(event: FlowEvent): RecordRef | null {
  const object = carriedBy(event);
  // Its intent announces it.
  if (event.topic === 'charge.failed' && idOf(object.payment_intent) !== null) return null;
  const customer = idOf(object.customer);
  const email = textOf(object.receipt_email) ?? textOf(object.customer_email);
  if (customer !== null) return { object: 'stripe.customers', id: customer };
  if (email !== null) return { object: 'stripe.payers', id: email.toLowerCase() };
  const id = idOf(object.payment_intent) ?? idOf(object.charge) ?? textOf(object.id);
  return id === null ? null : { object: 'stripe.payments', id };
}
