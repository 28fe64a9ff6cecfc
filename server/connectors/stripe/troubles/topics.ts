import type { FlowEvent, RecordRef } from '../../../core/flow.ts';
import { carriedBy, payerOrPayment } from '../event-object.ts';
import { idOf } from '../object-reader.ts';

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

/** The names that an event of a payment which was made gives it; null: it tells of something else. */
export function mended(event: FlowEvent): readonly string[] | null {
  if (!MENDED_TOPICS.some((topic) => topic === event.topic)) return null;
  const object = carriedBy(event);
  const names = [object, object.invoice, object.payment_intent].map(idOf);
  return names.filter((name) => name !== null);
}

/** The payer's events in order, where the event says who that is; else those of one payment. */
export function recordOf(event: FlowEvent): RecordRef | null {
  const object = carriedBy(event);
  // Its intent announces it.
  if (event.topic === 'charge.failed' && idOf(object.payment_intent) !== null) return null;
  return payerOrPayment(object);
}
