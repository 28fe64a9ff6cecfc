import type { Scenario } from '../core/scenario.ts';
import { dealWon } from './deal-won.ts';
import { duplicateDelivery } from './duplicate-delivery.ts';
import { slackDown } from './slack-down.ts';
import { stripeInvoicePaid } from './stripe-invoice-paid.ts';
import { stripePayment, stripePaymentJpy } from './stripe-payment.ts';
import { stripePaymentNewCustomer } from './stripe-payment-new-customer.ts';
import { stripeRefund } from './stripe-refund.ts';

/** What can be played, in the order in which the page shows it. One line per scenario. */
export const scenarios: readonly Scenario[] = [
  dealWon,
  stripePayment,
  stripePaymentNewCustomer,
  stripePaymentJpy,
  stripeRefund,
  stripeInvoicePaid,
  duplicateDelivery,
  slackDown,
];
