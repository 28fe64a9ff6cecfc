/**
 * A payment is announced as an intent, once more as an invoice when it pays one, and as a visit to the checkout
 * when it was made there: all name the same payment, so whichever comes second finds it booked. A charge
 * announces itself only where it has no intent. A refund is announced on the charge and as itself, and again
 * when its state changes; so is a dispute.
 */
export const PAYMENT_TOPICS = [
  'payment_intent.succeeded',
  'invoice.paid',
  'invoice.payment_succeeded',
  'checkout.session.completed',
  'checkout.session.async_payment_succeeded',
  'charge.succeeded',
  'charge.captured',
  'charge.refunded',
  'charge.refund.updated',
  'refund.created',
  'refund.updated',
  'refund.failed',
  'charge.dispute.created',
  'charge.dispute.updated',
  'charge.dispute.funds_withdrawn',
  'charge.dispute.funds_reinstated',
  'charge.dispute.closed',
] as const;

/** The fee of a payment that was not known when it was made. https://docs.stripe.com/api/events/types#event_types-charge.updated */
export const FEE_TOPICS = ['charge.updated'] as const;

/** Money that goes to the bank. https://docs.stripe.com/api/events/types#event_types-payout.paid */
export const PAYOUT_TOPICS = ['payout.paid', 'payout.failed'] as const;

/**
 * What becomes of a subscription; `updated` tells of its price, its quantity, its trial, its pauses and its end alike.
 * https://docs.stripe.com/billing/subscriptions/webhooks
 */
export const SUBSCRIPTION_TOPICS = [
  'customer.subscription.created',
  'customer.subscription.updated',
  'customer.subscription.deleted',
  'customer.subscription.paused',
  'customer.subscription.resumed',
  // Of a customer, whose subscriptions without a discount of their own have it.
  'customer.discount.created',
  'customer.discount.updated',
  'customer.discount.deleted',
] as const;
