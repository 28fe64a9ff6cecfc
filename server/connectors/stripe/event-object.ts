import type { FlowEvent, RecordRef } from '../../core/flow.ts';
import { idOf, type Loose, numberOf, objectOf, textOf, timeOf } from './object-reader.ts';

type Told = Pick<FlowEvent, 'body'>;

/** The object that an event carries; empty where it carries none. */
export const carriedBy = ({ body }: Told): Loose => objectOf(objectOf(body.data)?.object) ?? {};

/** When Stripe says that it happened, as ISO 8601; null where it does not say. */
export const announcedAt = ({ body }: Told): string | null =>
  (numberOf(body.created) ?? 0) > 0 ? timeOf(body.created) : null;

/**
 * Whose events must be handled in order: the payer's, where the object says who that is, else those of one payment. Null:
 * nobody can tell.
 */
export function payerOrPayment(object: Loose): RecordRef | null {
  const customer = idOf(object.customer);
  const email = textOf(object.receipt_email) ?? textOf(object.customer_email);
  if (customer !== null) return { object: 'stripe.customers', id: customer };
  if (email !== null) return { object: 'stripe.payers', id: email.toLowerCase() };
  const id = idOf(object.payment_intent) ?? idOf(object.charge) ?? textOf(object.id);
  return id === null ? null : { object: 'stripe.payments', id };
}
