import type { Payment } from '../../connectors/stripe/shapes.ts';
import type { Payer } from '../../connectors/zoho-books/booking/find-customer.ts';
import { emailFor } from '../../connectors/zoho-books/lengths.ts';
import type { Subscription } from '../../core/subscription/subscription.ts';
import { keys } from './keys.ts';

/** Who paid: known by the e-mail, else by Stripe's customer, else by the payment alone. */
export function asPayer(payment: Payment): Payer {
  const { currency } = payment;
  const email = emailFor(payment.email);
  const ownId = payment.customerId ?? payment.identity;
  return {
    name: payment.name ?? payment.email ?? `Stripe ${ownId}`,
    personName: payment.name,
    email,
    of: 'Stripe',
    ownId,
    currency,
    key: keys.customer(email?.toLowerCase() ?? ownId, currency),
  };
}

/** Who subscribed: the same customer as whoever pays. */
export function asSubscriber({ subscriber, currency }: Subscription): Payer {
  const email = emailFor(subscriber.email);
  return {
    name: subscriber.name ?? subscriber.email ?? `Stripe ${subscriber.id}`,
    personName: subscriber.name,
    email,
    of: 'Stripe',
    ownId: subscriber.id,
    currency,
    key: keys.customer(email?.toLowerCase() ?? subscriber.id, currency),
  };
}
