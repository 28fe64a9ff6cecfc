/**
 * What flows may ask of Stripe's objects: plain payments and refunds, from every shape that is still alive.
 * Pure: objects come from an event's body or from the client.
 */
export { type Payment, paymentFrom } from './payment.ts';
export { type CarriedRefunds, type Refund, refundsFrom } from './refund.ts';
