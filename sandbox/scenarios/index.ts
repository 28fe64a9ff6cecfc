import type { Scenario } from '../core/scenario.ts';
import { dealWon } from './deal-won.ts';
import { duplicateDelivery } from './duplicate-delivery.ts';
import { googleContactEdited } from './google-contact.ts';
import { googleMeetingDeclined, googleMeetingMoved } from './google-meeting.ts';
import { mailchimpCampaignSent } from './mailchimp-campaign-sent.ts';
import { mailchimpCleaned } from './mailchimp-cleaned.ts';
import { mailchimpClick } from './mailchimp-click.ts';
import { mailchimpUnsubscribe } from './mailchimp-unsubscribe.ts';
import { sheetBadRow } from './sheet-bad-row.ts';
import { sheetRow } from './sheet-row.ts';
import { sheetRowEdit } from './sheet-row-edit.ts';
import { slackDown } from './slack-down.ts';
import { stripeDispute } from './stripe-dispute.ts';
import { stripeInvoicePaid } from './stripe-invoice-paid.ts';
import { stripeInvoiceTwoPayments } from './stripe-invoice-two-payments.ts';
import { stripePayment } from './stripe-payment.ts';
import { stripePaymentJpy } from './stripe-payment-jpy.ts';
import { stripePaymentNewCustomer } from './stripe-payment-new-customer.ts';
import { stripeRefund } from './stripe-refund.ts';
import { stripeRefundFails } from './stripe-refund-fails.ts';

/** What can be played, in the order in which the page shows it. One line per scenario. */
export const scenarios: readonly Scenario[] = [
  dealWon,
  stripePayment,
  stripePaymentNewCustomer,
  stripePaymentJpy,
  stripeRefund,
  stripeRefundFails,
  stripeDispute,
  stripeInvoicePaid,
  stripeInvoiceTwoPayments,
  sheetRow,
  sheetRowEdit,
  sheetBadRow,
  googleMeetingMoved,
  googleMeetingDeclined,
  googleContactEdited,
  mailchimpUnsubscribe,
  mailchimpCleaned,
  mailchimpCampaignSent,
  mailchimpClick,
  duplicateDelivery,
  slackDown,
];
