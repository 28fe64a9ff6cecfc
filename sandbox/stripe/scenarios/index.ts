import type { Scenario } from '../../core/scenario.ts';
import { stripeDispute } from './dispute.ts';
import { duplicateDelivery } from './duplicate-delivery.ts';
import { stripeInvoicePaid } from './invoice-paid.ts';
import { stripeInvoiceTwoPayments } from './invoice-two-payments.ts';
import { stripePayment } from './payment.ts';
import { paidAfterAll, paymentFailed } from './payment-failed.ts';
import { stripePaymentJpy } from './payment-jpy.ts';
import { stripePaymentNewCustomer } from './payment-new-customer.ts';
import { stripePayout } from './payout.ts';
import { stripeRefund } from './refund.ts';
import { stripeRefundFails } from './refund-fails.ts';
import { subscriptionScenarios } from './subscriptions.ts';

/** In the order in which the page shows them. */
export const stripeScenarios: readonly Scenario[] = [
  stripePayment,
  stripePaymentNewCustomer,
  stripePaymentJpy,
  paymentFailed,
  paidAfterAll,
  stripeRefund,
  stripeRefundFails,
  stripeDispute,
  stripePayout,
  stripeInvoicePaid,
  stripeInvoiceTwoPayments,
  ...subscriptionScenarios,
  duplicateDelivery,
];
