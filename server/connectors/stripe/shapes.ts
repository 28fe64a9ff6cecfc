/**
 * What flows may ask of Stripe's objects: plain payments, refunds and disputes, from every shape that is still
 * alive. Pure: objects come from an event's body or from the client.
 */
export {
  type Dispute,
  type DisputeFact,
  type DisputeMovement,
  type DisputeTurn,
  disputeFrom,
  inOrder,
} from './dispute.ts';
export { type Fee, feeFrom } from './fee.ts';
export { type InvoiceDocument, invoiceDocumentFrom } from './invoice-lines.ts';
export { type InvoicePayments, invoicePaymentsFrom, type NoPayment } from './invoice-payments.ts';
export { type Payment, paymentFrom } from './payment.ts';
export { type Payout, payoutFrom } from './payout.ts';
export { type CarriedRefunds, type Refund, refundsFrom, returnState } from './refund.ts';
export { type BilledPeriod, billedPeriodFrom, subscriptionFrom } from './subscription.ts';
